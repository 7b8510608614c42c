package dev.quire.engine.plan;

import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Values made of one column, as conditions offer them to sources: its lower case, its month, what a
 * division leaves. Immutable.
 */
record ColumnValues(
    java.util.function.Function<RexNode, Optional<ColumnRef>> columns, ConstantFolder constants) {

  /** The value that an expression is; empty if it is none that sources are asked for. */
  Optional<Expression> of(RexNode node) {
    if (!(node instanceof RexCall call) || call.getOperands().isEmpty()) {
      return Optional.empty();
    }
    return switch (call.getOperator().getName()) {
      case "LOWER" -> text(Function.LOWER, call);
      case "UPPER" -> text(Function.UPPER, call);
      case "EXTRACT" -> part(call);
      case "MOD" -> remainder(call);
      default -> Optional.empty();
    };
  }

  private Optional<Expression> text(Function function, RexCall call) {
    return columns
        .apply(call.getOperands().get(0))
        .filter(column -> column.type().kind() == DataType.Kind.VARCHAR)
        .map(column -> Expression.call(function, column));
  }

  private Optional<Expression> part(RexCall call) {
    Function function = part(call.getOperands().get(0));
    return function == null
        ? Optional.empty()
        : columns
            .apply(call.getOperands().get(1))
            .filter(column -> isTime(column.type().kind()))
            .map(column -> Expression.call(function, column));
  }

  private static @Nullable Function part(RexNode unit) {
    TimeUnitRange range =
        unit instanceof RexLiteral literal ? literal.getValueAs(TimeUnitRange.class) : null;
    return range == null
        ? null
        : switch (range) {
          case MONTH -> Function.MONTH;
          case DAY -> Function.DAY;
          case HOUR -> Function.HOUR;
          case MINUTE -> Function.MINUTE;
          case SECOND -> Function.SECOND;
          default -> null;
        };
  }

  private static boolean isTime(DataType.Kind kind) {
    return switch (kind) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  private Optional<Expression> remainder(RexCall call) {
    Optional<Constant> divisor =
        constants
            .fold(call.getOperands().get(1))
            .flatMap(known -> Optional.ofNullable(known.value()))
            .flatMap(ColumnValues::whole)
            .filter(number -> !Long.valueOf(0).equals(number.value()));
    return divisor.flatMap(
        number ->
            columns
                .apply(call.getOperands().get(0))
                .filter(column -> isWhole(column.type().kind()))
                .map(column -> Expression.call(Function.MOD, column, number)));
  }

  private static boolean isWhole(DataType.Kind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT -> true;
      default -> false;
    };
  }

  /** A constant to compare a value with, of the value's type; empty if that cannot hold it. */
  static Optional<Constant> constant(Expression value, Object constant) {
    boolean text =
        value instanceof Expression.Call call
            && (call.function() == Function.LOWER || call.function() == Function.UPPER);
    if (text) {
      return constant instanceof String
          ? Optional.of(new Constant(constant, DataType.VARCHAR))
          : Optional.empty();
    }
    return whole(constant);
  }

  private static Optional<Constant> whole(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof BigDecimal
        ? ValueConversion.exactly(value, DataType.Kind.BIGINT)
            .map(exact -> new Constant(exact, DataType.BIGINT))
        : Optional.empty();
  }
}
