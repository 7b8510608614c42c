package dev.quire.engine.exec;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Rows that are there already; each is handed out as a copy. */
final class ListCursor implements RowCursor {
  private final Iterator<@Nullable Object[]> rows;

  ListCursor(Iterable<@Nullable Object[]> rows) {
    this.rows = rows.iterator();
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    return rows.hasNext() ? rows.next().clone() : null;
  }

  @Override
  public void close() {}
}
