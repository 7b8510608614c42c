package dev.quire.duckdb.engine;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckFaults;
import dev.quire.engine.spill.Spill;
import dev.quire.engine.spill.SpillColumn;
import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillRows;
import dev.quire.engine.spill.SpillTable;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Temporary tables of a connection for writing, and queries over them on the same one. A query that
 * runs is known, so that another thread can interrupt it.
 */
final class DuckSpill implements Spill {
  private final DuckDBConnection connection;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Statement running;
  private int tables;

  DuckSpill(DuckDatabase database, Runnable onClose) {
    this.connection = database.connect();
    this.onClose = onClose;
  }

  @Override
  public SpillTable table(List<SpillColumn> columns) {
    String name = "t" + tables++;
    StringBuilder sql = new StringBuilder("CREATE TEMP TABLE " + name);
    sql.append("(key BLOB, number BIGINT, row BLOB");
    for (int i = 0; i < columns.size(); i++) {
      sql.append(", c").append(i).append(' ').append(type(columns.get(i)));
    }
    execute(sql.append(')').toString());
    return new DuckSpillTable(this, connection, name, columns);
  }

  private static String type(SpillColumn column) {
    return switch (column.kind()) {
      case BYTES -> "BLOB";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case DECIMAL -> "DECIMAL(38, " + column.scale() + ")";
    };
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  @Override
  public SpillRows query(SpillQuery query) {
    try {
      Statement statement = connection.createStatement();
      running = statement;
      if (closed.get()) {
        statement.close();
        throw new SourceException(ErrorKind.CANCELLED, "the result was closed");
      }
      return rows(statement, SpillSql.of(query));
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  private SpillRows rows(Statement statement, String sql) throws SQLException {
    try {
      ResultSet rows = statement.executeQuery(sql);
      return new DuckSpillRows(this, statement, rows);
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  SourceException fault(SQLException e) {
    return DuckFaults.of("DuckDB keeps what does not fit in the heap", e);
  }

  @Override
  public void interrupt() {
    Statement statement = running;
    try {
      if (statement != null) {
        statement.cancel();
      }
    } catch (SQLException e) {
      // It has ended.
    }
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    interrupt();
    try {
      connection.close();
    } catch (SQLException e) {
      throw fault(e);
    } finally {
      onClose.run();
    }
  }
}
