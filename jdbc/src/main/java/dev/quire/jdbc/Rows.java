package dev.quire.jdbc;

import dev.quire.engine.ResultColumn;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows to be shown as a result set. One thread at a time; {@link #close} may come from another. */
interface Rows {

  List<ResultColumn> columns();

  /** The next row; null at the end. */
  @Nullable Object @Nullable [] next() throws SQLException;

  /** Stops what is in flight; may be repeated. */
  void close();
}
