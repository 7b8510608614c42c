package dev.quire.duckdb.engine;

import dev.quire.engine.spill.SpillRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The answer of a query, which streams. */
final class DuckSpillRows implements SpillRows {
  private final DuckSpill spill;
  private final Statement statement;
  private final ResultSet rows;

  DuckSpillRows(DuckSpill spill, Statement statement, ResultSet rows) {
    this.spill = spill;
    this.statement = statement;
    this.rows = rows;
  }

  @Override
  public boolean next() {
    return read(ResultSet::next);
  }

  @Override
  public byte @Nullable [] bytes(int column) {
    return read(row -> row.getBytes(column + 1));
  }

  @Override
  public long number(int column) {
    return read(row -> row.getLong(column + 1));
  }

  @Override
  public @Nullable Object value(int column) {
    return read(row -> row.getObject(column + 1));
  }

  private interface Reading<T extends @Nullable Object> {
    T of(ResultSet row) throws SQLException;
  }

  private <T extends @Nullable Object> T read(Reading<T> reading) {
    try {
      return reading.of(rows);
    } catch (SQLException e) {
      throw spill.fault(e);
    }
  }

  @Override
  public void close() {
    try {
      rows.close();
      statement.close();
    } catch (SQLException e) {
      throw spill.fault(e);
    }
  }
}
