package dev.quire.engine.exec.eval;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions that answer NULL when an argument is NULL. */
final class Strict {
  private Strict() {}

  static Evaluator unary(Evaluator argument, Function<Object, @Nullable Object> function) {
    return row -> {
      Object value = argument.eval(row);
      return value == null ? null : function.apply(value);
    };
  }

  static Evaluator binary(
      Evaluator left, Evaluator right, BiFunction<Object, Object, @Nullable Object> function) {
    return row -> {
      Object a = left.eval(row);
      if (a == null) {
        return null;
      }
      Object b = right.eval(row);
      return b == null ? null : function.apply(a, b);
    };
  }

  /** Any number of arguments, none of them null when the function is called. */
  static Evaluator all(List<Evaluator> arguments, Function<Object[], @Nullable Object> function) {
    Evaluator[] each = arguments.toArray(new Evaluator[0]);
    return row -> {
      Object[] values = new Object[each.length];
      for (int i = 0; i < each.length; i++) {
        Object value = each[i].eval(row);
        if (value == null) {
          return null;
        }
        values[i] = value;
      }
      return function.apply(values);
    };
  }
}
