package dev.quire.engine.exec;

import org.jspecify.annotations.Nullable;

/** The rows that a column of a query's answer holds. */
final class SpilledRows implements RowCursor {
  private final Overflow.Rows rows;
  private final int column;

  SpilledRows(Overflow.Rows rows, int column) {
    this.rows = rows;
    this.column = column;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    return rows.next() ? rows.row(column) : null;
  }

  @Override
  public void close() {
    rows.close();
  }
}
