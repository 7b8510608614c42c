package dev.quire.engine.spill;

import org.jspecify.annotations.Nullable;

/** The rows of a query, read one by one; what the columns are says {@link SpillQuery}. */
public interface SpillRows extends AutoCloseable {

  /** Goes to the next row; false at the end. */
  boolean next();

  /** Bytes of a column, from 0. */
  byte @Nullable [] bytes(int column);

  /** A whole number of a column. */
  long number(int column);

  /** The value of a column as its class in the answer; for windows. */
  @Nullable Object value(int column);

  @Override
  void close();
}
