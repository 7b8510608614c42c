package dev.quire.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.ResultColumn;
import dev.quire.export.ExportCheckpoint;
import dev.quire.export.ExportCheckpoint.Counts;
import dev.quire.export.ExportCheckpoint.Identity;
import dev.quire.export.Position;
import dev.quire.spi.DataType;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcDestinationTest {
  private static final UUID ID = UUID.fromString("0ccccbf5-df30-49e4-8525-79fcd5d4ea79");
  private static final List<ResultColumn> NUMBERS =
      List.of(
          new ResultColumn("id", DataType.BIGINT, false),
          new ResultColumn("text", DataType.VARCHAR, true));

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  private Connection h2;

  @BeforeEach
  void connect() throws SQLException {
    h2 = DriverManager.getConnection(url);
  }

  @AfterEach
  void disconnect() throws SQLException {
    try (Statement statement = h2.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }

  private JdbcDestination destination() {
    return new JdbcDestination(url, List.of(), "rows");
  }

  private static ExportCheckpoint at(long rows, Position position) {
    return new ExportCheckpoint(
        new Identity("SELECT 1", List.of(), "jdbc:h2", List.of()),
        Optional.of("at"),
        position,
        new Counts(rows, 0, 0, 1),
        false);
  }

  private List<List<Object>> query(String sql) throws SQLException {
    try (Statement statement = h2.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
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
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = h2.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void commit(JdbcDestination destination, long rows) throws IOException {
    destination.commit(position -> at(rows, position));
  }

  private void whole(List<ResultColumn> columns, Object[]... rows) throws IOException {
    try (JdbcDestination destination = destination()) {
      destination.open();
      destination.begin(columns);
      for (Object[] row : rows) {
        destination.write(row);
      }
      commit(destination, rows.length);
      destination.complete();
    }
  }

  @Test
  void every_type_gets_a_column_of_its_own_and_its_value() throws Exception {
    List<ResultColumn> columns = new ArrayList<>();
    List<DataType> types =
        List.of(
            DataType.BOOLEAN,
            DataType.SMALLINT,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.decimal(20, 4),
            DataType.VARCHAR,
            DataType.JSON,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_TZ,
            DataType.UUID);
    for (int i = 0; i < types.size(); i++) {
      columns.add(new ResultColumn("c" + i, types.get(i), true));
    }
    Object[] values = {
      true,
      7,
      Long.MAX_VALUE,
      0.5,
      1e300,
      new BigDecimal("1234567890123456.7890"),
      "ü, \"",
      "{}",
      new byte[] {1, -1},
      LocalDate.of(2026, 11, 28),
      LocalTime.of(1, 2, 3),
      LocalDateTime.of(2026, 1, 2, 3, 4, 5, 123_456_000),
      Instant.parse("2026-01-02T03:04:05Z"),
      ID
    };
    whole(columns, values, new Object[types.size()]);
    List<Object> row = query("SELECT * FROM rows WHERE \"c1\" = 7").get(0);
    assertThat(row.get(0)).isEqualTo(true);
    assertThat(row.subList(2, 3)).containsExactly(Long.MAX_VALUE);
    assertThat(row.get(5)).isEqualTo(values[5]);
    assertThat(row.get(6)).isEqualTo("ü, \"");
    assertThat((byte[]) row.get(8)).containsExactly(1, -1);
    assertThat(row.get(11)).isEqualTo(java.sql.Timestamp.valueOf((LocalDateTime) values[11]));
    assertThat(row.get(12)).isEqualTo(OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC));
    assertThat(row.get(13)).isEqualTo(ID);
    assertThat(query("SELECT * FROM rows WHERE \"c1\" IS NULL").get(0)).containsOnlyNulls();
    assertThat(query("SELECT * FROM quire_checkpoint")).isEmpty();
  }

  @Test
  void rows_are_there_once_however_often_it_was_let_go_of() throws Exception {
    Random random = new Random(5);
    long rows = 4_000;
    int runs = 0;
    while (!run(rows, random)) {
      runs++;
    }
    assertThat(runs).isGreaterThan(5);
    assertThat(query("SELECT COUNT(*), COUNT(DISTINCT \"id\"), MAX(\"id\") FROM rows"))
        .containsExactly(List.of(rows, rows, rows - 1));
  }

  private boolean run(long rows, Random random) throws IOException {
    try (JdbcDestination destination = destination()) {
      Optional<ExportCheckpoint> left = destination.open();
      long next = left.map(each -> each.counts().rows()).orElse(0L);
      if (left.isPresent()) {
        destination.restore(NUMBERS, left.get().position());
      } else {
        destination.begin(NUMBERS);
      }
      for (int steps = random.nextInt(900); steps > 0 && next < rows; steps--) {
        destination.write(new Object[] {next, "row " + next++});
        if (random.nextInt(100) == 0) {
          commit(destination, next);
        }
      }
      if (next < rows) {
        return false;
      }
      commit(destination, next);
      destination.complete();
      return true;
    }
  }

  @Test
  void rows_are_appended_to_columns_of_the_same_names_in_any_order() throws Exception {
    execute("CREATE TABLE rows (extra INT DEFAULT 9, TEXT VARCHAR, ID BIGINT)");
    execute("INSERT INTO rows VALUES (1, 'old', 0)");
    whole(NUMBERS, new Object[] {5L, "new"});
    assertThat(query("SELECT extra, id, text FROM rows ORDER BY id"))
        .containsExactly(List.of(1, 0L, "old"), List.of(9, 5L, "new"));
  }

  @Test
  void a_table_without_a_column_is_refused_before_a_row() throws Exception {
    execute("CREATE TABLE rows (id BIGINT)");
    assertThatThrownBy(() -> whole(NUMBERS, new Object[] {5L, "new"}))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("rows is there and has no column text")
        .hasMessageContaining("AS");
  }

  @Test
  void of_two_on_one_table_the_second_is_refused_with_its_rows() throws Exception {
    try (JdbcDestination first = destination();
        JdbcDestination second = destination()) {
      first.open();
      first.begin(NUMBERS);
      first.write(new Object[] {1L, "first"});
      commit(first, 1);
      ExportCheckpoint left = second.open().orElseThrow();
      second.restore(NUMBERS, left.position());
      first.write(new Object[] {2L, "first"});
      commit(first, 2);
      second.write(new Object[] {2L, "second"});
      assertThatThrownBy(() -> commit(second, 2))
          .hasMessageContaining("another process is writing");
    }
    assertThat(query("SELECT \"text\" FROM rows ORDER BY \"id\""))
        .containsExactly(List.of("first"), List.of("first"));
  }

  @Test
  void of_two_that_begin_on_one_table_the_one_that_commits_later_is_refused() throws Exception {
    execute("CREATE TABLE rows (id BIGINT, text VARCHAR)");
    try (JdbcDestination first = destination();
        JdbcDestination second = destination()) {
      first.open();
      second.open();
      first.begin(NUMBERS);
      second.begin(NUMBERS);
      first.write(new Object[] {1L, "first"});
      commit(first, 1);
      second.write(new Object[] {1L, "second"});
      assertThatThrownBy(() -> commit(second, 1))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("another process is writing to rows now");
    }
    assertThat(query("SELECT text FROM rows")).containsExactly(List.of("first"));
  }

  @Test
  void a_restart_that_found_its_table_gone_makes_it_again() throws Exception {
    try (JdbcDestination first = destination()) {
      first.open();
      first.begin(NUMBERS);
      first.write(new Object[] {1L, "given up"});
      commit(first, 1);
    }
    execute("DROP TABLE rows");
    whole(NUMBERS, new Object[] {2L, "again"});
    assertThat(query("SELECT \"text\" FROM rows")).containsExactly(List.of("again"));
    assertThat(query("SELECT * FROM quire_checkpoint")).isEmpty();
  }

  @Test
  void a_restart_drops_what_the_export_created_and_spares_what_it_did_not() throws Exception {
    try (JdbcDestination first = destination()) {
      first.open();
      first.begin(NUMBERS);
      first.write(new Object[] {1L, "given up"});
      commit(first, 1);
    }
    whole(NUMBERS, new Object[] {2L, "again"});
    assertThat(query("SELECT \"text\" FROM rows")).containsExactly(List.of("again"));
    try (JdbcDestination appending = destination()) {
      appending.open();
      appending.begin(NUMBERS);
      appending.write(new Object[] {3L, "appended"});
      commit(appending, 1);
    }
    assertThatThrownBy(() -> whole(NUMBERS, new Object[] {4L, "again"}))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("has appended 1 rows to rows");
    assertThat(query("SELECT COUNT(*) FROM rows")).containsExactly(List.of(2L));
  }

  @Test
  void a_database_that_refuses_a_value_says_why_and_keeps_nothing_of_it() throws Exception {
    execute("CREATE TABLE rows (id SMALLINT, text VARCHAR)");
    assertThatThrownBy(() -> whole(NUMBERS, new Object[] {Long.MAX_VALUE, "x"}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the table rows (jdbc:h2)")
        .hasMessageContaining("9223372036854775807");
    assertThat(query("SELECT * FROM rows")).isEmpty();
  }

  @Test
  void a_url_without_a_driver_is_refused_without_its_password() {
    String secret = "jdbc:nosuch://h/d?password=hush";
    JdbcDestination nowhere = new JdbcDestination(secret, List.of(), "rows");
    assertThatThrownBy(nowhere::open)
        .hasMessageContaining("no JDBC driver for jdbc:nosuch")
        .hasMessageContaining("--driver")
        .hasMessageNotContaining("hush");
    JdbcDestination absent = new JdbcDestination(secret, List.of(Path.of("absent.jar")), "rows");
    assertThatThrownBy(absent::open).hasMessageContaining("there is no driver's jar absent.jar");
  }

  @Test
  void the_name_of_a_table_cannot_hold_other_sql() {
    for (String name : List.of("rows; DROP TABLE x", "a b", "", "\"a\"\"b\"", "a.b.c.d")) {
      assertThatThrownBy(() -> new JdbcDestination(url, List.of(), name))
          .isInstanceOf(SourceException.class);
    }
  }
}
