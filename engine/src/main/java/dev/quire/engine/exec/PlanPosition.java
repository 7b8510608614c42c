package dev.quire.engine.exec;

import dev.quire.chain.ScanPosition;
import java.util.List;

/**
 * Where the execution of a resumable plan stands, between two rows. Immutable.
 *
 * @param scans the place of each scan, in the order of the plan
 * @param limits how many rows each LIMIT or OFFSET has taken, in the order of the plan
 */
public record PlanPosition(List<ScanPosition> scans, List<Long> limits) {
  /** Before the first row. */
  public static final PlanPosition START = new PlanPosition(List.of(), List.of());

  public PlanPosition {
    scans = List.copyOf(scans);
    limits = List.copyOf(limits);
  }

  /** Whether it is before the first row. */
  boolean isStart() {
    return scans.isEmpty() && limits.isEmpty();
  }
}
