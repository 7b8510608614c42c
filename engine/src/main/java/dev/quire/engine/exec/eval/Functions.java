package dev.quire.engine.exec.eval;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Finds the function of a call by its name. */
final class Functions {
  private Functions() {}

  static Evaluator require(RexCall call, List<Evaluator> arguments) {
    Evaluator found = find(call, arguments);
    if (found == null) {
      throw Unsupported.function(call.getOperator().getName());
    }
    return found;
  }

  private static @Nullable Evaluator find(RexCall call, List<Evaluator> arguments) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return null;
  }
}
