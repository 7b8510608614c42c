package dev.quire.engine.exec;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/**
 * Runs the parts of a plan that the operators here do not: windows, and aggregates that they lack.
 * Found with {@link java.util.ServiceLoader}, and loaded only when a plan has such a part.
 * Thread-safe.
 */
public interface BlockingEngine {

  /**
   * Prepares a fragment whose leaves are {@link RowInputRel}s.
   *
   * @return empty if it cannot run this fragment
   */
  Optional<Prepared> prepare(RelNode fragment);

  /** A fragment that can run, repeatedly. Thread-safe. */
  interface Prepared {

    /**
     * Starts it. Values are of the same classes on both sides, and none loses precision: a value
     * that the engine cannot carry is an error.
     *
     * @param inputs by the index of the leaf; closed with the cursor
     */
    RowCursor open(List<RowCursor> inputs);
  }
}
