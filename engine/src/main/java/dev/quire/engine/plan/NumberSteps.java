package dev.quire.engine.plan;

import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * A function of one number that grows in steps: rounded, without its fraction, or divided as whole
 * numbers are. What is compared with it is a range of the column, which sources know that know
 * nothing of the function. Immutable.
 *
 * @param scale digits after the point of the function's values
 * @param from where the column's numbers begin that give at least a value
 */
record NumberSteps(
    ColumnRef column, int scale, java.util.function.Function<BigDecimal, Bound> from) {
  private static final int MOST_DIGITS = 18;
  private static final int MOST_SCALE = 400;

  /** The least number of a range, or the greatest below it. */
  record Bound(boolean included, BigDecimal value) {}

  /** A whole number, which is its own floor. */
  static Optional<NumberSteps> ofWhole(ColumnRef column) {
    return switch (column.type().kind()) {
      case SMALLINT, INTEGER, BIGINT -> Optional.of(floor(column));
      default -> Optional.empty();
    };
  }

  /** The function that an expression is; empty if it is none of this kind. */
  static Optional<NumberSteps> of(
      RexNode node,
      java.util.function.Function<RexNode, Optional<ColumnRef>> columns,
      ConstantFolder constants) {
    if (!(node instanceof RexCall call) || call.getOperands().isEmpty()) {
      return Optional.empty();
    }
    Optional<ColumnRef> column =
        columns.apply(call.getOperands().get(0)).filter(each -> isNumber(each.type().kind()));
    boolean alone = call.getOperands().size() == 1;
    return switch (call.getOperator().getName()) {
      case "FLOOR" -> column.filter(any -> alone).map(NumberSteps::floor);
      case "CEIL", "CEILING" -> column.filter(any -> alone).map(NumberSteps::ceiling);
      case "ROUND" -> column.flatMap(each -> rounded(each, call, constants));
      case "TRUNCATE", "TRUNC" -> column.flatMap(each -> truncated(each, call, constants));
      case "/" -> column.flatMap(each -> divided(each, call, constants));
      default -> Optional.empty();
    };
  }

  private static boolean isNumber(DataType.Kind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE -> true;
      default -> false;
    };
  }

  private static NumberSteps floor(ColumnRef column) {
    return new NumberSteps(column, 0, value -> new Bound(true, value));
  }

  private static NumberSteps ceiling(ColumnRef column) {
    return new NumberSteps(column, 0, value -> new Bound(false, value.subtract(BigDecimal.ONE)));
  }

  private static Optional<NumberSteps> rounded(
      ColumnRef column, RexCall call, ConstantFolder constants) {
    return digits(column, call, constants)
        .map(
            scale -> {
              BigDecimal half = BigDecimal.valueOf(5, scale + 1);
              return awayFromZero(column, scale, value -> value.subtract(half));
            });
  }

  /** Half of a step goes away from zero: it belongs to the values above it, or below. */
  private static NumberSteps awayFromZero(
      ColumnRef column, int scale, UnaryOperator<BigDecimal> edge) {
    return new NumberSteps(
        column, scale, value -> new Bound(value.signum() > 0, edge.apply(value)));
  }

  private static Optional<NumberSteps> truncated(
      ColumnRef column, RexCall call, ConstantFolder constants) {
    return digits(column, call, constants)
        .map(scale -> towardsZero(column, scale, BigDecimal.valueOf(1, scale), BigDecimal.ONE));
  }

  /** Of whole numbers by one above 0: what is left is dropped. */
  private static Optional<NumberSteps> divided(
      ColumnRef column, RexCall call, ConstantFolder constants) {
    boolean whole =
        SqlTypeUtil.isIntType(call.getType())
            && call.getOperands().stream().allMatch(each -> SqlTypeUtil.isIntType(each.getType()));
    return whole
        ? Isolated.number(call.getOperands().get(1), constants)
            .filter(divisor -> divisor.signum() > 0)
            .map(divisor -> towardsZero(column, 0, BigDecimal.ONE, divisor))
        : Optional.empty();
  }

  private static NumberSteps towardsZero(
      ColumnRef column, int scale, BigDecimal unit, BigDecimal times) {
    return new NumberSteps(
        column,
        scale,
        value ->
            value.signum() > 0
                ? new Bound(true, value.multiply(times))
                : new Bound(false, value.subtract(unit).multiply(times)));
  }

  /** How many digits are kept; floating-point numbers are binary, so they keep none. */
  private static Optional<Integer> digits(
      ColumnRef column, RexCall call, ConstantFolder constants) {
    Optional<BigDecimal> digits =
        call.getOperands().size() == 1
            ? Optional.of(BigDecimal.ZERO)
            : Isolated.number(call.getOperands().get(1), constants);
    boolean binary =
        column.type().kind() == DataType.Kind.DOUBLE || column.type().kind() == DataType.Kind.REAL;
    return digits
        .filter(each -> each.abs().compareTo(BigDecimal.valueOf(MOST_DIGITS)) <= 0)
        .filter(each -> !binary || each.signum() == 0)
        .map(BigDecimal::intValue);
  }

  /** A comparison of the function with a constant, as one of the column. */
  Optional<Expression> compare(Function function, Object constant) {
    if (!(constant instanceof Number number)
        || (constant instanceof Double real && !Double.isFinite(real))) {
      return Optional.empty();
    }
    BigDecimal exact = new BigDecimal(number.toString());
    return Math.abs((long) exact.scale()) > MOST_SCALE
        ? Optional.empty()
        : compare(
            function,
            from.apply(exact.setScale(scale, RoundingMode.CEILING)),
            from.apply(
                exact.setScale(scale, RoundingMode.FLOOR).add(BigDecimal.valueOf(1, scale))));
  }

  /**
   * @param first where the numbers begin that give at least the constant
   * @param next where those begin that give more
   */
  private Optional<Expression> compare(Function function, Bound first, Bound next) {
    return switch (function) {
      case GE -> above(first);
      case LT -> below(first);
      case GT -> above(next);
      case LE -> below(next);
      case EQ -> both(Function.AND, above(first), below(next));
      case NE -> both(Function.OR, below(first), above(next));
      default -> Optional.empty();
    };
  }

  private Optional<Expression> above(Bound bound) {
    return bound(bound.included() ? Function.GE : Function.GT, bound.value());
  }

  private Optional<Expression> below(Bound bound) {
    return bound(bound.included() ? Function.LT : Function.LE, bound.value());
  }

  private Optional<Expression> bound(Function function, BigDecimal value) {
    return ValueConversion.exactly(value, column.type().kind())
        .map(exact -> Expression.call(function, column, new Constant(exact, column.type())));
  }

  private static Optional<Expression> both(
      Function function, Optional<Expression> one, Optional<Expression> other) {
    return one.flatMap(left -> other.map(right -> Expression.call(function, left, right)));
  }
}
