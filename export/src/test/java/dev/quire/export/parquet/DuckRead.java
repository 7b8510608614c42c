package dev.quire.export.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Parquet as DuckDB reads it. */
public final class DuckRead {
  private DuckRead() {}

  /** The rows of a statement in which {@code FILE} stands for a file. */
  public static List<List<Object>> rows(Path file, String sql) throws IOException {
    String from = "read_parquet('" + file.toString().replace("'", "''") + "')";
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result = statement.executeQuery(sql.replace("FILE", from))) {
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The values of one column, in the file's order. */
  public static List<Object> column(Path file, String name) throws IOException {
    return rows(file, "SELECT \"" + name + "\" FROM FILE").stream().map(row -> row.get(0)).toList();
  }
}
