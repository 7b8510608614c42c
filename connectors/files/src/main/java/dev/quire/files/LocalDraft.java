package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckFaults;
import dev.quire.duckdb.DuckType;
import dev.quire.duckdb.DuckValues;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.TableStore;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A table that is written inside of one transaction. One thread at a time. */
final class LocalDraft implements TableStore.Draft {
  private final LocalStore store;
  private final Plan plan;
  private final DuckDBConnection connection;
  private final DuckDBAppender appender;
  private long rows;
  private boolean ended;

  /** What is written. */
  record Plan(String name, List<Column> columns, List<DuckType> types, String statement) {

    private String definition() {
      List<String> columnsWithTypes = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        columnsWithTypes.add(
            DuckDatabase.identifier(columns.get(i).name()) + " " + types.get(i).sqlName());
      }
      return "CREATE OR REPLACE TABLE "
          + DuckDatabase.identifier(name)
          + " ("
          + String.join(", ", columnsWithTypes)
          + ")";
    }

    /** The names of the columns whose digits have no bounds, as a list of DuckDB's. */
    private String decimals() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        if (isText(i)) {
          names.add(DuckDatabase.quoted(columns.get(i).name()));
        }
      }
      return names.stream().collect(Collectors.joining(", ", "[", "]::VARCHAR[]"));
    }

    private boolean isText(int column) {
      return types.get(column).type().kind() == DataType.Kind.DECIMAL
          && types.get(column).sqlName().equals("VARCHAR");
    }
  }

  private LocalDraft(
      LocalStore store, Plan plan, DuckDBConnection connection, DuckDBAppender appender) {
    this.store = store;
    this.plan = plan;
    this.connection = connection;
    this.appender = appender;
  }

  static LocalDraft begin(LocalStore store, DuckDatabase database, Plan plan) {
    DuckDBConnection connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + LocalStore.CATALOG
              + " (name VARCHAR, made TIMESTAMP WITH TIME ZONE, statement VARCHAR,"
              + " row_count BIGINT, missing VARCHAR, decimals VARCHAR[])");
      statement.execute("BEGIN");
      statement.execute(plan.definition());
      return new LocalDraft(
          store,
          plan,
          connection,
          connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, plan.name()));
    } catch (SQLException e) {
      closed(connection);
      throw DuckFaults.of("keeping " + plan.name(), e);
    }
  }

  @Override
  public void add(@Nullable Object[] row) {
    try {
      appender.beginRow();
      for (int i = 0; i < row.length; i++) {
        if (row[i] instanceof BigDecimal number && plan.isText(i)) {
          appender.append(number.toPlainString());
        } else {
          DuckValues.append(appender, row[i], plan.types().get(i));
        }
      }
      appender.endRow();
      rows++;
    } catch (SQLException e) {
      throw DuckFaults.of("keeping " + plan.name(), e);
    }
  }

  @Override
  public void keep(Optional<String> missing) {
    try {
      appender.close();
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "DELETE FROM "
                + LocalStore.CATALOG
                + " WHERE lower(name) = lower("
                + DuckDatabase.quoted(plan.name())
                + ")");
      }
      note(missing);
      try (Statement statement = connection.createStatement()) {
        statement.execute("COMMIT");
      }
      end();
    } catch (SQLException e) {
      throw DuckFaults.of("keeping " + plan.name(), e);
    }
  }

  private void note(Optional<String> missing) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO "
                + LocalStore.CATALOG
                + " VALUES (?, make_timestamptz(?), ?, ?, ?, "
                + plan.decimals()
                + ")")) {
      statement.setString(1, plan.name());
      statement.setLong(2, store.time().now().toEpochMilli() * 1_000);
      statement.setString(3, plan.statement());
      statement.setLong(4, rows);
      statement.setString(5, missing.orElse(null));
      statement.execute();
    }
  }

  private void end() {
    ended = true;
    closed(connection);
    store.written();
  }

  private static void closed(DuckDBConnection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw DuckFaults.of("closing DuckDB", e);
    }
  }

  /** An open transaction is rolled back with its connection. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    try {
      appender.close();
    } catch (SQLException e) {
      // What it held is given up anyway.
    }
    end();
  }
}
