package dev.quire.thirdparty;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The view {@code sales} by its formulas in H2, as a second opinion. One thread at a time. */
final class H2 implements AutoCloseable {
  /** LIKE has no escape character unless it names one; days and moments meet in UTC. */
  private static final String SETTINGS = ";DEFAULT_ESCAPE=;TIME ZONE=UTC";

  private static final int SALES = 1_000;

  private final Connection connection;

  private H2(Connection connection) {
    this.connection = connection;
  }

  static H2 open() throws SQLException {
    H2 h2 = new H2(DriverManager.getConnection("jdbc:h2:mem:" + SETTINGS));
    try (Statement statement = h2.connection.createStatement()) {
      statement.execute("CREATE SCHEMA shop");
      statement.execute(
          "CREATE TABLE shop.sales (id INTEGER PRIMARY KEY, serial BIGINT, label VARCHAR,"
              + " kind VARCHAR, amount DECIMAL(18, 4), ratio DOUBLE PRECISION,"
              + " happened TIMESTAMP WITH TIME ZONE, day_on DATE, flag BOOLEAN, quantity INTEGER,"
              + " customer_id INTEGER)");
    }
    h2.load();
    return h2;
  }

  private void load() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO shop.sales VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int id = 0; id < SALES; id++) {
        List<@Nullable Object> row = Views.sale(id);
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  List<List<@Nullable Object>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData columns = result.getMetaData();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.add(
              switch (columns.getColumnType(i)) {
                case Types.DATE -> result.getObject(i, LocalDate.class);
                case Types.TIMESTAMP_WITH_TIMEZONE -> result.getObject(i, Instant.class);
                default -> result.getObject(i);
              });
        }
        rows.add(row);
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
