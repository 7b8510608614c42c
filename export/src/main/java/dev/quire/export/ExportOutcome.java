package dev.quire.export;

import dev.quire.chain.Costs;
import dev.quire.chain.Usage;
import dev.quire.export.ExportCheckpoint.Counts;
import java.util.List;
import java.util.Optional;

/**
 * How one run of an export ended. Immutable.
 *
 * @param inAll what all runs have done; committed rows alone
 * @param rows that this run committed
 * @param costs of this run
 * @param usage of this run, and what is left where the services say so
 * @param warnings of the statement
 * @param stop why it ended early; empty when it is complete
 */
public record ExportOutcome(
    Counts inAll, long rows, Costs costs, Usage usage, List<String> warnings, Optional<Stop> stop) {
  public ExportOutcome {
    warnings = List.copyOf(warnings);
  }

  public boolean complete() {
    return stop.isEmpty();
  }

  /**
   * An early end.
   *
   * @param reason for people
   * @param fault what was thrown; empty where the statement ended as partial by its own choice
   * @param kept where the committed rows are; empty where there are none, or a stream has them
   * @param startsOver why another run could not go on after them; empty if it can
   */
  public record Stop(
      String reason,
      Optional<Exception> fault,
      Optional<String> kept,
      Optional<String> startsOver) {}
}
