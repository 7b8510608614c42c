package dev.quire.engine.exec.eval;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A call that a function is looked for. Immutable.
 *
 * @param name in upper case
 * @param type of the result
 * @param kinds of the arguments
 */
record Signature(String name, RelDataType type, List<ValueKind> kinds, List<Evaluator> arguments) {

  int size() {
    return arguments.size();
  }

  Evaluator argument(int index) {
    return arguments.get(index);
  }

  ValueKind kind(int index) {
    return index < kinds.size() ? kinds.get(index) : ValueKind.OTHER;
  }

  /** Whether all arguments are numbers or untyped NULLs. */
  boolean isNumeric() {
    return kinds.stream().allMatch(kind -> kind.isNumeric() || kind == ValueKind.NULL);
  }

  boolean has(ValueKind kind) {
    return kinds.contains(kind);
  }
}
