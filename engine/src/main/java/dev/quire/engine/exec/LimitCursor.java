package dev.quire.engine.exec;

import org.jspecify.annotations.Nullable;

/** Leaves out the first rows, and closes its input the moment the last wanted one is there. */
final class LimitCursor implements RowCursor {
  private final RowCursor input;
  private long toSkip;
  private long toGive;

  LimitCursor(RowCursor input, long offset, long limit) {
    this.input = input;
    this.toSkip = offset;
    this.toGive = limit;
    if (limit == 0) {
      input.close();
    }
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (toGive <= 0) {
      return null;
    }
    @Nullable Object[] row = input.next();
    while (row != null && toSkip > 0) {
      toSkip--;
      row = input.next();
    }
    toGive--;
    if (row == null || toGive == 0) {
      toGive = 0;
      input.close();
    }
    return row;
  }

  @Override
  public void close() {
    toGive = 0;
    input.close();
  }
}
