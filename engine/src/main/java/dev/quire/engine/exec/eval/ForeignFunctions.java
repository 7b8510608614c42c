package dev.quire.engine.exec.eval;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;

/**
 * Functions that this package lacks, done by somebody else; found with {@link
 * java.util.ServiceLoader} when one is needed. Thread-safe.
 */
public interface ForeignFunctions {

  /**
   * The evaluator of a call.
   *
   * @param arguments of the call's operands, in their order; those of literals are unused
   */
  Optional<Evaluator> find(RexCall call, List<Evaluator> arguments, RexBuilder builder);
}
