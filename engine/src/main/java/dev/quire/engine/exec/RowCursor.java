package dev.quire.engine.exec;

import org.jspecify.annotations.Nullable;

/**
 * Rows, pulled one by one. One thread at a time, except {@link #close}, which may come from another
 * and aborts what is under way.
 */
public interface RowCursor extends AutoCloseable {

  /**
   * The next row, its values of the classes that {@link dev.quire.spi.DataType.Kind} names; null at
   * the end, and from then on. Owned by the receiver.
   *
   * @throws dev.quire.spi.SourceException whatever ends the statement before its end
   */
  @Nullable Object @Nullable [] next();

  /**
   * Leaves out rows at the start that nobody will take, where the cursor can begin in its middle;
   * may send requests. Asked before the first row, once.
   *
   * @param most how many may be left out
   * @return how many were
   */
  default long leaveOut(long most) {
    return 0;
  }

  /** Stops, down to the requests in flight. May be repeated. */
  @Override
  void close();
}
