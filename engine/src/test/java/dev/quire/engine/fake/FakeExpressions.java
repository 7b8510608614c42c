package dev.quire.engine.fake;

import dev.quire.spi.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evaluates pushed conditions with SQL's three values of truth; null is unknown. */
final class FakeExpressions {
  private FakeExpressions() {}

  static boolean holds(Expression condition, Map<String, @Nullable Object> row) {
    return Boolean.TRUE.equals(truth(condition, row));
  }

  private static @Nullable Boolean truth(Expression condition, Map<String, @Nullable Object> row) {
    if (!(condition instanceof Expression.Call call)) {
      return (Boolean) value(condition, row);
    }
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case AND -> all(arguments, row, true);
      case OR -> negated(all(arguments.stream().map(FakeExpressions::not).toList(), row, true));
      case NOT -> negated(truth(arguments.get(0), row));
      case IS_NULL -> value(arguments.get(0), row) == null;
      case IS_NOT_NULL -> value(arguments.get(0), row) != null;
      case IN -> in(arguments, row);
      default -> compared(call, row);
    };
  }

  private static Expression not(Expression expression) {
    return Expression.call(Expression.Function.NOT, expression);
  }

  private static @Nullable Boolean negated(@Nullable Boolean truth) {
    return truth == null ? null : !truth;
  }

  private static @Nullable Boolean all(
      List<Expression> arguments, Map<String, @Nullable Object> row, boolean start) {
    Boolean result = start;
    for (Expression argument : arguments) {
      Boolean truth = truth(argument, row);
      if (Boolean.FALSE.equals(truth)) {
        return false;
      }
      result = truth == null ? null : result;
    }
    return result;
  }

  private static @Nullable Boolean in(
      List<Expression> arguments, Map<String, @Nullable Object> row) {
    Object value = value(arguments.get(0), row);
    return value == null
        ? null
        : arguments.stream().skip(1).anyMatch(each -> value.equals(value(each, row)));
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Boolean compared(
      Expression.Call call, Map<String, @Nullable Object> row) {
    Object left = value(call.arguments().get(0), row);
    Object right = value(call.arguments().get(1), row);
    if (left == null || right == null) {
      return null;
    }
    return switch (call.function()) {
      case STARTS_WITH -> ((String) left).startsWith((String) right);
      case ENDS_WITH -> ((String) left).endsWith((String) right);
      case CONTAINS -> ((String) left).contains((String) right);
      case EQ -> ((Comparable<Object>) left).compareTo(right) == 0;
      case NE -> ((Comparable<Object>) left).compareTo(right) != 0;
      case LT -> ((Comparable<Object>) left).compareTo(right) < 0;
      case LE -> ((Comparable<Object>) left).compareTo(right) <= 0;
      case GT -> ((Comparable<Object>) left).compareTo(right) > 0;
      case GE -> ((Comparable<Object>) left).compareTo(right) >= 0;
      default -> throw new IllegalArgumentException("not a comparison: " + call);
    };
  }

  private static @Nullable Object value(Expression expression, Map<String, @Nullable Object> row) {
    if (expression instanceof Expression.ColumnRef column) {
      return row.get(column.name());
    }
    if (expression instanceof Expression.Constant constant) {
      return constant.value();
    }
    if (expression instanceof Expression.Call call) {
      List<@Nullable Object> values = new ArrayList<>();
      call.arguments().forEach(argument -> values.add(value(argument, row)));
      return values.contains(null) ? null : function(call.function(), values);
    }
    throw new IllegalArgumentException("a source never sees " + expression);
  }

  private static Object function(Expression.Function function, List<@Nullable Object> values) {
    String text = String.valueOf(values.get(0));
    return switch (function) {
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case LENGTH -> (long) text.codePointCount(0, text.length());
      case TRIM -> text.replaceAll("^ +| +$", "");
      case CONCAT -> values.stream().map(String::valueOf).collect(Collectors.joining());
      default -> throw new IllegalArgumentException("no function of text: " + function);
    };
  }
}
