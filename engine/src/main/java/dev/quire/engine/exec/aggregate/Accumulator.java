package dev.quire.engine.exec.aggregate;

import org.jspecify.annotations.Nullable;

/** One aggregate of one group. One thread at a time. */
public interface Accumulator {

  /** Takes a row of the group into account. */
  void add(@Nullable Object[] row);

  /**
   * As {@link #add}, of rows that come sorted by the columns that DISTINCT is said of: keeps
   * nothing of them. What {@link #add} has kept still counts.
   */
  default void addSorted(@Nullable Object[] row) {
    add(row);
  }

  /**
   * The aggregate of the rows so far.
   *
   * @throws dev.quire.spi.SourceException INVALID_VALUE if its type cannot hold it
   */
  @Nullable Object result();
}
