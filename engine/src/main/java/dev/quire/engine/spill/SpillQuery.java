package dev.quire.engine.spill;

import java.util.List;

/** What can be asked of tables. */
public sealed interface SpillQuery {

  /** All rows by key, then by number. Columns: key, row. */
  record Sorted(SpillTable table) implements SpillQuery {}

  /**
   * Pairs of rows with equal keys. Columns: the number of the left row, the left row, the right
   * row; a row that has no partner, or stands alone, comes with NULL for the other.
   *
   * @param ordered by the number of the left row
   */
  record Joined(SpillTable left, SpillTable right, Kind kind, boolean ordered)
      implements SpillQuery {

    /** Which rows come. */
    public enum Kind {
      INNER,
      LEFT,
      RIGHT,
      FULL,
      /** left rows that have a partner, once */
      SEMI,
      /** left rows that have none */
      ANTI
    }
  }

  /** All rows by number. Columns: row, then one per window. */
  record Windowed(SpillTable table, List<SpillWindow> windows) implements SpillQuery {
    public Windowed {
      windows = List.copyOf(windows);
    }
  }
}
