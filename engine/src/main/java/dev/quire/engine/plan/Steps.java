package dev.quire.engine.plan;

import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * A function of one time that grows in steps: its year, its day. What is compared with it is a
 * range of the column, which sources know that know nothing of the function. Times are seen in UTC,
 * as the engine sees them. Immutable.
 *
 * @param isYear whether the function gives the year as a number, instead of a time
 */
record Steps(ColumnRef column, ChronoUnit unit, boolean isYear) {
  private static final int LAST_YEAR = 9_998;

  /** Where the step of a value begins and ends: the second is no longer in it. */
  private record Step(Object start, Object end) {}

  /** The function that an expression is; empty if it is none of this kind. */
  static Optional<Steps> of(
      RexNode node, java.util.function.Function<RexNode, Optional<ColumnRef>> columns) {
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (call.getKind()) {
      case EXTRACT ->
          unit(call.getOperands().get(0)) == TimeUnitRange.YEAR
              ? ofTime(call.getOperands().get(1), ChronoUnit.YEARS, true, columns)
              : Optional.empty();
      case FLOOR ->
          call.getOperands().size() == 1
              ? Optional.empty()
              : chronoUnit(unit(call.getOperands().get(1)))
                  .flatMap(unit -> ofTime(call.getOperands().get(0), unit, false, columns));
      case CAST ->
          call.getType().getSqlTypeName() == SqlTypeName.DATE
              ? ofTime(call.getOperands().get(0), ChronoUnit.DAYS, false, columns)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Steps> ofTime(
      RexNode node,
      ChronoUnit unit,
      boolean isYear,
      java.util.function.Function<RexNode, Optional<ColumnRef>> columns) {
    boolean dated =
        SqlTypeUtil.isDatetime(node.getType())
            && node.getType().getSqlTypeName() != SqlTypeName.TIME;
    return dated && node.getKind() != SqlKind.CAST
        ? columns.apply(node).map(column -> new Steps(column, unit, isYear))
        : Optional.empty();
  }

  private static @Nullable TimeUnitRange unit(RexNode node) {
    return node instanceof RexLiteral literal ? literal.getValueAs(TimeUnitRange.class) : null;
  }

  private static Optional<ChronoUnit> chronoUnit(@Nullable TimeUnitRange unit) {
    return unit == null
        ? Optional.empty()
        : Optional.ofNullable(
            switch (unit) {
              case YEAR -> ChronoUnit.YEARS;
              case MONTH -> ChronoUnit.MONTHS;
              case DAY -> ChronoUnit.DAYS;
              case HOUR -> ChronoUnit.HOURS;
              case MINUTE -> ChronoUnit.MINUTES;
              case SECOND -> ChronoUnit.SECONDS;
              default -> null;
            });
  }

  /** A comparison of the function with a constant, as one of the column. */
  Optional<Expression> compare(Function function, Object constant) {
    return step(constant).flatMap(step -> compare(function, step));
  }

  /**
   * The steps below a value end where the first step at or above it begins; those up to it, where
   * the first step above it begins.
   */
  private Optional<Expression> compare(Function function, Step step) {
    Optional<Expression> fromStart = bound(Function.GE, step.start());
    Optional<Expression> beforeEnd = bound(Function.LT, step.end());
    return switch (function) {
      case GE -> fromStart;
      case LT -> bound(Function.LT, step.start());
      case GT -> bound(Function.GE, step.end());
      case LE -> beforeEnd;
      case EQ -> both(Function.AND, fromStart, beforeEnd);
      case NE ->
          both(Function.OR, bound(Function.LT, step.start()), bound(Function.GE, step.end()));
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> both(
      Function function, Optional<Expression> one, Optional<Expression> other) {
    return one.flatMap(left -> other.map(right -> Expression.call(function, left, right)));
  }

  private Optional<Expression> bound(Function function, Object value) {
    return ValueConversion.exactly(value, column.type().kind())
        .map(exact -> Expression.call(function, column, new Constant(exact, column.type())));
  }

  private Optional<Step> step(Object constant) {
    if (isYear) {
      return constant instanceof Number number ? ofYear(number) : Optional.empty();
    }
    LocalDateTime time = time(constant);
    if (time == null || time.getYear() < 1 || time.getYear() > LAST_YEAR) {
      return Optional.empty();
    }
    LocalDateTime floor = floor(time, unit);
    LocalDateTime next = floor.plus(1, unit);
    return Optional.of(new Step(floor.equals(time) ? floor : next, next));
  }

  private static Optional<Step> ofYear(Number number) {
    if (number instanceof Double real && !Double.isFinite(real)) {
      return Optional.empty();
    }
    BigDecimal exact = new BigDecimal(number.toString());
    if (Math.abs((long) exact.scale()) > LAST_YEAR) {
      return Optional.empty();
    }
    BigDecimal start = exact.setScale(0, RoundingMode.CEILING);
    BigDecimal end = exact.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
    boolean known = start.signum() > 0 && end.compareTo(BigDecimal.valueOf(LAST_YEAR)) <= 0;
    return known
        ? Optional.of(new Step(newYear(start.intValue()), newYear(end.intValue())))
        : Optional.empty();
  }

  private static LocalDateTime newYear(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay();
  }

  private static @Nullable LocalDateTime time(Object constant) {
    if (constant instanceof Instant moment) {
      return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
    return constant instanceof LocalDate date
        ? date.atStartOfDay()
        : constant instanceof LocalDateTime local ? local : null;
  }

  private static LocalDateTime floor(LocalDateTime time, ChronoUnit unit) {
    return switch (unit) {
      case YEARS -> newYear(time.getYear());
      case MONTHS -> time.toLocalDate().withDayOfMonth(1).atStartOfDay();
      default -> time.truncatedTo(unit);
    };
  }
}
