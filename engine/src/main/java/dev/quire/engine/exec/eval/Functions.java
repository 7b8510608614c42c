package dev.quire.engine.exec.eval;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Finds the function of a call by its name. */
final class Functions {
  private Functions() {}

  /** The evaluator of a call; null if there is no such function here. */
  static @Nullable Evaluator find(RexCall call, List<Evaluator> arguments) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    List<ValueKind> kinds =
        call.getOperands().stream().map(each -> ValueKind.of(each.getType())).toList();
    Signature signature = new Signature(name, call.getType(), kinds, arguments);
    Evaluator found = choice(signature);
    if (found == null) {
      found = DateFunctions.find(signature);
    }
    if (found == null) {
      found = NumberFunctions.find(signature);
    }
    if (found == null) {
      found = TextFunctions.find(signature);
    }
    return found;
  }

  private static @Nullable Evaluator choice(Signature signature) {
    List<Evaluator> arguments = signature.arguments();
    return switch (signature.name()) {
      case "IF" -> Logic.choose(arguments);
      case "NVL", "IFNULL" -> Logic.coalesce(arguments);
      case "NULLIF" -> {
        Evaluator same =
            Strict.binary(arguments.get(0), arguments.get(1), (a, b) -> ValueOrder.equal(a, b));
        yield row -> Boolean.TRUE.equals(same.eval(row)) ? null : arguments.get(0).eval(row);
      }
      case "GREATEST" -> Strict.all(arguments, values -> extreme(values, 1));
      case "LEAST" -> Strict.all(arguments, values -> extreme(values, -1));
      default -> null;
    };
  }

  private static Object extreme(Object[] values, int sign) {
    Object best = values[0];
    for (Object value : values) {
      best = ValueOrder.compare(value, best) * sign > 0 ? value : best;
    }
    return best;
  }
}
