package dev.quire.duckdb.engine;

import dev.quire.engine.spill.SpillColumn;
import dev.quire.engine.spill.SpillTable;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A temporary table, filled through an appender. */
final class DuckSpillTable implements SpillTable {
  private final DuckSpill spill;
  private final DuckDBConnection connection;
  private final String name;
  private final List<SpillColumn> columns;
  private @Nullable DuckDBAppender appender;
  private long size;

  DuckSpillTable(
      DuckSpill spill, DuckDBConnection connection, String name, List<SpillColumn> columns) {
    this.spill = spill;
    this.connection = connection;
    this.name = name;
    this.columns = columns;
  }

  /** Its name for a query, which sees every row that was added. */
  String written() {
    try {
      if (appender != null) {
        appender.close();
        appender = null;
      }
      return name;
    } catch (SQLException e) {
      throw spill.fault(e);
    }
  }

  @Override
  public void add(byte @Nullable [] key, byte[] row, List<@Nullable Object> values) {
    try {
      DuckDBAppender rows = appender;
      if (rows == null) {
        rows = connection.createAppender("temp", "main", name);
        appender = rows;
      }
      rows.beginRow();
      appendBytes(rows, key);
      rows.append(size++);
      rows.append(row);
      for (int i = 0; i < columns.size(); i++) {
        append(rows, values.get(i), columns.get(i));
      }
      rows.endRow();
    } catch (SQLException e) {
      throw spill.fault(e);
    }
  }

  private static void appendBytes(DuckDBAppender rows, byte @Nullable [] bytes)
      throws SQLException {
    if (bytes == null) {
      rows.appendNull();
    } else {
      rows.append(bytes);
    }
  }

  private static void append(DuckDBAppender rows, @Nullable Object value, SpillColumn column)
      throws SQLException {
    if (value == null) {
      rows.appendNull();
      return;
    }
    switch (column.kind()) {
      case BYTES -> rows.append((byte[]) value);
      case LONG -> rows.append((long) (Long) value);
      case DOUBLE -> rows.append((double) (Double) value);
      case DECIMAL -> rows.append((BigDecimal) value);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void close() {
    written();
    spill.execute("DROP TABLE " + name);
  }
}
