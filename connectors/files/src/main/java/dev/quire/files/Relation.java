package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckFaults;
import dev.quire.duckdb.DuckType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;

/**
 * What DuckDB selects from: the files of a table, or a table of its own. Immutable.
 *
 * @param from as it stands in FROM
 * @param shown what people call it
 * @param stamp stays the same as long as the rows do
 */
record Relation(String from, String shown, Supplier<String> stamp) {

  /** The columns in their order, with their types. */
  Map<String, DuckType> columns(DuckDatabase database) {
    Map<String, DuckType> columns = new LinkedHashMap<>();
    try (DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + from)) {
      while (rows.next()) {
        columns.put(rows.getString(1), DuckType.parse(rows.getString(2)));
      }
    } catch (SQLException e) {
      throw DuckFaults.of("reading " + shown, e);
    }
    return columns;
  }
}
