package dev.quire.engine.spill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows, each with a key, its number in the table from 0, and values for windows. */
public interface SpillTable extends AutoCloseable {

  /**
   * Adds a row.
   *
   * @param key what it is sorted or joined by, compared byte by byte without sign; null joins none
   * @param values of the table's columns
   */
  void add(byte @Nullable [] key, byte[] row, List<@Nullable Object> values);

  /** How many rows were added. */
  long size();

  /** Gives up the rows. */
  @Override
  void close();
}
