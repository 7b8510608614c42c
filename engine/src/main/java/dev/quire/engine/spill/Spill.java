package dev.quire.engine.spill;

import java.util.List;

/**
 * What one operator keeps outside of the heap. One thread at a time, except {@link #interrupt} and
 * {@link #close}.
 */
public interface Spill extends AutoCloseable {

  /**
   * An empty table.
   *
   * @param columns of values beside key, number and row, for {@link SpillQuery.Windowed}
   */
  SpillTable table(List<SpillColumn> columns);

  /** Starts a query; its tables must not be changed until its rows are closed. */
  SpillRows query(SpillQuery query);

  /** Makes a query or a fetch that is running fail, from another thread. */
  void interrupt();

  /** Gives up all tables. May be repeated. */
  @Override
  void close();
}
