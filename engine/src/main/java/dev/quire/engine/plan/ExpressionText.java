package dev.quire.engine.plan;

import dev.quire.spi.Expression;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Conditions offered to sources, as people read them. */
final class ExpressionText {
  private static final int MOST_VALUES = 5;

  private ExpressionText() {}

  static String of(Expression expression) {
    if (expression instanceof Expression.ColumnRef column) {
      return column.name();
    } else if (expression instanceof Expression.Constant constant) {
      Object value = constant.value();
      return value instanceof Number || value instanceof Boolean || value == null
          ? String.valueOf(value).toUpperCase(Locale.ROOT)
          : "'" + value.toString().replace("'", "''") + "'";
    } else if (expression instanceof Expression.Call call) {
      return call(call);
    }
    return "?";
  }

  private static String call(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case AND -> joined(arguments, " and ");
      case OR -> "(" + joined(arguments, " or ") + ")";
      case NOT -> "not (" + of(arguments.get(0)) + ")";
      case IS_NULL -> of(arguments.get(0)) + " is null";
      case IS_NOT_NULL -> of(arguments.get(0)) + " is not null";
      case IN -> of(arguments.get(0)) + " in (" + values(arguments) + ")";
      case EQ -> joined(arguments, " = ");
      case NE -> joined(arguments, " <> ");
      case LT -> joined(arguments, " < ");
      case LE -> joined(arguments, " <= ");
      case GT -> joined(arguments, " > ");
      case GE -> joined(arguments, " >= ");
      case STARTS_WITH -> joined(arguments, " starts with ");
      case ENDS_WITH -> joined(arguments, " ends with ");
      case CONTAINS -> joined(arguments, " contains ");
      case LOWER, UPPER, MONTH, DAY, HOUR, MINUTE, SECOND, MOD, LENGTH, TRIM, CONCAT ->
          call.function().name().toLowerCase(Locale.ROOT) + "(" + joined(arguments, ", ") + ")";
    };
  }

  private static String values(List<Expression> arguments) {
    int values = arguments.size() - 1;
    String shown = joined(arguments.subList(1, Math.min(values, MOST_VALUES) + 1), ", ");
    return values <= MOST_VALUES ? shown : shown + ", … " + values + " values";
  }

  private static String joined(List<Expression> arguments, String between) {
    return arguments.stream().map(ExpressionText::of).collect(Collectors.joining(between));
  }
}
