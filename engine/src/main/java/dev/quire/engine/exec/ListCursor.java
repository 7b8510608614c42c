package dev.quire.engine.exec;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are there already. */
final class ListCursor implements RowCursor {
  static final ListCursor EMPTY = new ListCursor(List.of());

  private final Iterator<@Nullable Object[]> rows;

  ListCursor(Iterable<@Nullable Object[]> rows) {
    this.rows = rows.iterator();
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    return rows.hasNext() ? rows.next() : null;
  }

  @Override
  public void close() {}
}
