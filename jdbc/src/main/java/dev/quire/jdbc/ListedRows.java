package dev.quire.jdbc;

import dev.quire.engine.ResultColumn;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are known already, such as those of the metadata. */
final class ListedRows implements Rows {
  private final List<ResultColumn> columns;
  private final Iterator<@Nullable Object[]> rows;

  ListedRows(List<ResultColumn> columns, List<@Nullable Object[]> rows) {
    this.columns = columns;
    this.rows = rows.iterator();
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    return rows.hasNext() ? rows.next() : null;
  }

  @Override
  public void close() {}
}
