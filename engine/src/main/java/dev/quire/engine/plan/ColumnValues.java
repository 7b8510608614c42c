package dev.quire.engine.plan;

import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values made of one column, as conditions offer them to sources: its lower case, its month, what a
 * division leaves; or of several texts. Immutable.
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
      case "CHAR_LENGTH" -> text(Function.LENGTH, call);
      case "TRIM" -> trimmed(call);
      case "||" -> concatenation(call);
      default -> Optional.empty();
    };
  }

  private Optional<Expression> text(Function function, RexCall call) {
    return column(call.getOperands().get(0)).map(column -> Expression.call(function, column));
  }

  /** Without the blanks at both ends. */
  private Optional<Expression> trimmed(RexCall call) {
    List<RexNode> operands = call.getOperands();
    boolean blanks =
        operands.size() == 3
            && operands.get(0) instanceof RexLiteral flag
            && flag.getValueAs(SqlTrimFunction.Flag.class) == SqlTrimFunction.Flag.BOTH
            && known(operands.get(1)).filter(" "::equals).isPresent();
    return blanks
        ? column(operands.get(2)).map(column -> Expression.call(Function.TRIM, column))
        : Optional.empty();
  }

  private Optional<Expression> concatenation(RexCall call) {
    List<Expression> parts = new ArrayList<>();
    boolean whole = collect(call, parts);
    return whole && parts.stream().anyMatch(ColumnRef.class::isInstance)
        ? Optional.of(new Expression.Call(Function.CONCAT, parts))
        : Optional.empty();
  }

  /** Whether all parts are columns and constants. */
  private boolean collect(RexNode node, List<Expression> parts) {
    if (node instanceof RexCall call && call.getOperator().getName().equals("||")) {
      return call.getOperands().stream().allMatch(each -> collect(each, parts));
    }
    Optional<? extends Expression> part =
        column(node).isPresent()
            ? column(node)
            : known(node)
                .filter(String.class::isInstance)
                .map(text -> new Constant(text, DataType.VARCHAR));
    part.ifPresent(parts::add);
    return part.isPresent();
  }

  private Optional<ColumnRef> column(RexNode node) {
    return columns.apply(node).filter(column -> column.type().kind() == DataType.Kind.VARCHAR);
  }

  private Optional<Object> known(RexNode node) {
    return constants.fold(node).flatMap(known -> Optional.ofNullable(known.value()));
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
        known(call.getOperands().get(1))
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

  /** A comparison of such a value with a constant. */
  Optional<Expression> compare(Function function, RexNode node, Object constant) {
    return of(node)
        .flatMap(
            value ->
                constant(value, constant).map(exact -> Expression.call(function, value, exact)));
  }

  /** A constant to compare a value with, of the value's type; empty if that cannot hold it. */
  private static Optional<Constant> constant(Expression value, Object constant) {
    if (value instanceof Expression.Call call && isText(call.function())) {
      return constant instanceof String
          ? Optional.of(new Constant(constant, DataType.VARCHAR))
          : Optional.empty();
    }
    return whole(constant);
  }

  private static boolean isText(Function function) {
    return switch (function) {
      case LOWER, UPPER, TRIM, CONCAT -> true;
      default -> false;
    };
  }

  private static Optional<Constant> whole(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof BigDecimal
        ? ValueConversion.exactly(value, DataType.Kind.BIGINT)
            .map(exact -> new Constant(exact, DataType.BIGINT))
        : Optional.empty();
  }
}
