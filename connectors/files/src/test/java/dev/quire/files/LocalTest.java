package dev.quire.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableStore;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("kept").resolve("local.duckdb");
  }

  private Engine engine() {
    return Engine.open(
        Configuration.of(Map.of("local", Map.of("type", "local", "file", file().toString()))),
        ConnectorContext.system());
  }

  private static List<List<Object>> rows(Engine engine, String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      for (Object[] row = result.next(); row != null; row = result.next()) {
        rows.add(Arrays.asList(row));
      }
    }
    return rows;
  }

  private static void assertFault(Engine engine, String sql, ErrorKind kind, String part) {
    assertThatThrownBy(() -> rows(engine, sql))
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }

  private static List<TableStore.Kept> kept(Engine engine) {
    return engine.source("local").store().orElseThrow().kept();
  }

  @Test
  void a_result_is_kept_and_read_again_by_another_process_with_its_types() {
    try (Engine engine = engine()) {
      assertThat(
              rows(
                  engine,
                  "CREATE TABLE local.x AS SELECT 1 AS id, 'a' AS name, DATE '2026-11-28' AS d,"
                      + " 1.50 AS price, TIMESTAMP WITH TIME ZONE '2026-11-28 10:00:00+00:00' AS t,"
                      + " CAST(NULL AS BIGINT) AS nothing"))
          .containsExactly(List.of("local.x", 1L));
    }
    try (Engine engine = engine()) {
      assertThat(rows(engine, "SELECT * FROM local.x"))
          .containsExactly(
              Arrays.asList(
                  1,
                  "a",
                  LocalDate.of(2026, 11, 28),
                  new BigDecimal("1.50"),
                  Instant.parse("2026-11-28T10:00:00Z"),
                  null));
    }
  }

  @Test
  void it_says_when_and_of_which_statement_a_table_was_made() {
    try (Engine engine = engine()) {
      rows(engine, "CREATE TABLE local.x AS VALUES (1), (2)");
      assertThat(kept(engine))
          .singleElement()
          .satisfies(
              kept -> {
                assertThat(kept.name()).isEqualTo("x");
                assertThat(kept.rows()).isEqualTo(2);
                assertThat(kept.missing()).isEmpty();
                assertThat(kept.statement()).isEqualTo("CREATE TABLE local.x AS VALUES (1), (2)");
                assertThat(kept.made()).isBetween(Instant.now().minusSeconds(600), Instant.now());
              });
    }
  }

  @Test
  void a_table_can_be_made_of_another_replaced_and_dropped() {
    try (Engine engine = engine()) {
      rows(engine, "CREATE TABLE x AS VALUES (1), (2), (3)");
      rows(engine, "CREATE TABLE local.\"of x\" AS SELECT * FROM local.x WHERE expr$0 > 1;");
      assertThat(rows(engine, "SELECT COUNT(*) FROM local.\"of x\"")).containsExactly(List.of(2L));
      assertFault(
          engine, "CREATE TABLE local.X AS VALUES (9)", ErrorKind.INVALID_STATEMENT, "already");
      rows(engine, "CREATE OR REPLACE TABLE local.x AS SELECT 9 AS n");
      assertThat(rows(engine, "SELECT n FROM local.x")).containsExactly(List.of(9));
      assertThat(rows(engine, "DROP TABLE local.x")).containsExactly(List.of("dropped local.x"));
      assertFault(engine, "SELECT * FROM local.x", ErrorKind.UNKNOWN_NAME, "x");
      assertFault(engine, "DROP TABLE local.x", ErrorKind.UNKNOWN_NAME, "local.x");
      assertThat(rows(engine, "DROP TABLE IF EXISTS local.x"))
          .containsExactly(List.of("there was no local.x"));
    }
  }

  @Test
  void a_statement_that_fails_keeps_nothing_and_leaves_what_was_there() {
    try (Engine engine = engine()) {
      rows(engine, "CREATE TABLE local.x AS SELECT 7 AS n");
      assertFault(
          engine,
          "CREATE OR REPLACE TABLE local.x AS SELECT 1 / (n - 7) AS n FROM local.x",
          ErrorKind.INVALID_VALUE,
          "zero");
      assertThat(rows(engine, "SELECT n FROM local.x")).containsExactly(List.of(7));
      assertFault(
          engine,
          "CREATE TABLE local.y AS SELECT 1 / (n - 7) AS n FROM local.x",
          ErrorKind.INVALID_VALUE,
          "zero");
      assertThat(kept(engine)).hasSize(1);
    }
  }

  @Test
  void a_partial_result_is_kept_only_where_it_says_so() {
    try (Engine engine = engine();
        LocalStore store = ((LocalSource) engine.source("local")).localStore()) {
      try (TableStore.Draft draft =
          store.create(
              "part",
              List.of(Column.of("n", DataType.INTEGER)),
              "CREATE TABLE local.part AS …",
              false)) {
        draft.add(new Object[] {1});
        draft.keep(Optional.of("the budget was spent"));
      }
      assertThat(kept(engine).get(0).missing()).contains("the budget was spent");
      assertThat(
              engine
                  .table("local.part", engine.newContext(StatementOptions.DEFAULT))
                  .schema()
                  .remarks())
          .hasValueSatisfying(
              text -> assertThat(text).startsWith("partial (the budget was spent)"));
    }
  }

  @Test
  void decimals_without_bounds_keep_their_digits() {
    String digits = "123456789012345678901234567890123456789012345.5";
    try (Engine engine = engine()) {
      rows(engine, "CREATE TABLE local.d AS SELECT CAST('" + digits + "' AS DECIMAL) AS d");
      assertThat(rows(engine, "SELECT d FROM local.d"))
          .hasSize(1)
          .allSatisfy(row -> assertThat(row.get(0)).isInstanceOf(BigDecimal.class));
    }
  }

  @Test
  void any_tool_of_duckdbs_reads_the_file() throws Exception {
    try (Engine engine = engine()) {
      rows(engine, "CREATE TABLE local.x AS VALUES (1), (2)");
    }
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file());
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM x")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(1)).isEqualTo(2);
    }
  }

  @Test
  void without_a_file_there_are_no_tables_and_none_is_made_for_reading() {
    try (Engine engine = engine()) {
      assertThat(kept(engine)).isEmpty();
      assertFault(engine, "SELECT * FROM local.x", ErrorKind.UNKNOWN_NAME, "x");
    }
    assertThat(Files.exists(file())).isFalse();
  }

  @Test
  void a_statement_that_is_wrong_is_refused_with_its_place() {
    try (Engine engine = engine()) {
      assertFault(engine, "CREATE TABLE local.x", ErrorKind.SYNTAX, "AS and a query");
      assertFault(engine, "CREATE TABLE local.x (id INT)", ErrorKind.SYNTAX, "'('");
      assertFault(engine, "CREATE TABLE sys.x AS VALUES (1)", ErrorKind.UNSUPPORTED, "sys");
      assertFault(
          engine,
          "CREATE TABLE local.x AS SELECT nam FROM sys.tables",
          ErrorKind.UNKNOWN_NAME,
          "nam");
    }
    assertThat(Files.exists(file())).isFalse();
  }

  @Test
  void the_usual_file_is_in_the_users_folder_for_data() {
    assertThat(LocalConnector.usualFile(Map.of("XDG_DATA_HOME", "data")))
        .isEqualTo(Path.of("data", "quire", "local.duckdb"));
  }
}
