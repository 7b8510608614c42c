package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Teiid's own JDBC driver, and ours over Teiid's OData: the same statements, the same answers. */
class DriversTest {
  private static TeiidServer server;
  private static DriverJar jar;
  private static Connection theirs;
  private static Connection ours;

  @BeforeAll
  static void start() throws Exception {
    jar = DriverJar.load();
    server = TeiidServer.start(Views.SCRIPT);
    theirs = server.connect();
    ours =
        jar.connect(
            "jdbc:quire:odata:source=data;url=" + server.url(),
            Map.of("page_size", "300", "types", "plain"));
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : Arrays.asList(ours, theirs, jar, server)) {
      if (each != null) {
        each.close();
      }
    }
  }

  /** What a driver says of a column; for some types JDBC has two names. */
  private record Column(String label, int type) {
    static Column of(ResultSetMetaData columns, int index) throws SQLException {
      int type = columns.getColumnType(index);
      return new Column(
          columns.getColumnLabel(index),
          switch (type) {
            case Types.NUMERIC -> Types.DECIMAL;
            case Types.BIT -> Types.BOOLEAN;
            default -> type;
          });
    }
  }

  /** What came of a statement. */
  private record Answer(List<Column> columns, List<List<@Nullable Object>> rows) {}

  private static Answer answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData metadata = result.getMetaData();
      List<Column> columns = new ArrayList<>();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        columns.add(Column.of(metadata, i));
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(value(result, i));
        }
        rows.add(row);
      }
      return new Answer(columns, rows);
    }
  }

  /** A decimal without the zeros at its end: the scale of a sum is each engine's own. */
  private static @Nullable Object value(ResultSet row, int index) throws SQLException {
    Object value = row.getObject(index);
    assertThat(row.wasNull()).isEqualTo(value == null);
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM data.sales ORDER BY id",
        "SELECT * FROM data.notes ORDER BY id",
        "SELECT id, name, city FROM data.customers ORDER BY id DESC",
        "SELECT id, serial FROM data.sales WHERE serial = 9007199254740999",
        "SELECT id, amount FROM data.sales WHERE amount > 1234.5 AND amount < 2500 ORDER BY amount, id",
        "SELECT id, label FROM data.sales WHERE label LIKE 'ITEM%' ORDER BY id",
        "SELECT id FROM data.sales WHERE label IS NULL ORDER BY id",
        "SELECT id, body FROM data.notes WHERE body = 'it''s 100%'",
        "SELECT id, body FROM data.notes WHERE body = 'Smith & Sons, #1' OR body = '東京 駅' ORDER BY id",
        "SELECT id, happened FROM data.sales WHERE happened >= {ts '2024-03-01 00:00:00'} ORDER BY happened, id",
        "SELECT id, day_on FROM data.sales WHERE day_on < {d '2020-03-05'} ORDER BY id",
        "SELECT id, flag FROM data.sales WHERE flag = TRUE AND kind IN ('beta', 'Gamma') ORDER BY id",
        "SELECT id, ratio FROM data.sales WHERE ratio BETWEEN 3.5 AND 20 ORDER BY ratio DESC, id",
        "SELECT DISTINCT kind FROM data.sales ORDER BY kind",
        "SELECT kind, SUM(amount) AS total, MIN(happened) AS earliest, MAX(day_on) AS latest"
            + " FROM data.sales GROUP BY kind ORDER BY kind",
        "SELECT customer_id, quantity FROM data.sales WHERE NOT (quantity > -40) ORDER BY quantity, id",
        "SELECT s.id, c.name FROM data.sales s JOIN data.customers c ON c.id = s.customer_id"
            + " WHERE s.quantity = 100 ORDER BY s.id",
        "SELECT c.id, s.label FROM data.customers c LEFT JOIN data.sales s"
            + " ON s.customer_id = c.id AND s.flag = TRUE WHERE c.id < 30 ORDER BY c.id",
        "SELECT id FROM data.customers WHERE city = 'oslo' UNION"
            + " SELECT id FROM data.notes ORDER BY id LIMIT 40",
        "SELECT id, {fn UCASE(label)} AS loud FROM data.sales WHERE id < 60 ORDER BY id",
        "SELECT id, label FROM data.sales ORDER BY id LIMIT 25 OFFSET 310",
        "SELECT id FROM data.sales WHERE id IN (SELECT id FROM data.notes) ORDER BY id",
        "SELECT id, CASE WHEN quantity < 0 THEN 'owed' ELSE 'held' END AS state"
            + " FROM data.sales WHERE quantity IS NOT NULL ORDER BY id"
      })
  void both_drivers_answer_the_same(String sql) throws SQLException {
    Answer expected = answer(theirs, sql);
    Answer given = answer(ours, sql);

    assertThat(expected.rows()).isNotEmpty();
    assertThat(given.rows()).isEqualTo(expected.rows());
    assertThat(given.columns()).isEqualTo(expected.columns());
  }
}
