package dev.quire.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckSettings;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("people.csv"),
        "id,name,born\n1,Ann,1990-01-02\n2,\"O'Neil, Bo\",\n3,,2001-12-31\n");
    Files.writeString(
        folder.resolve("events.jsonl"),
        "{\"id\": 1, \"tags\": [\"a\", \"b\"], \"at\": \"2026-11-28T10:00:00Z\"}\n{\"id\": 2}\n");
  }

  private void parquet(Path file, String select) {
    try (DuckDatabase database = DuckDatabase.inMemory(DuckSettings.defaults());
        DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (" + select + ") TO " + DuckDatabase.quoted(file.toString()) + " (FORMAT parquet)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Engine engine(String... settings) {
    Map<String, String> config = new TreeMap<>(Map.of("type", "files", "path", folder.toString()));
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    return Engine.open(Configuration.of(Map.of("f", config)), ConnectorContext.system());
  }

  private List<List<Object>> rows(Engine engine, String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      for (Object[] row = result.next(); row != null; row = result.next()) {
        rows.add(Arrays.asList(row));
      }
      assertThat(result.verdict().complete()).isTrue();
    }
    return rows;
  }

  private List<List<Object>> rows(String sql, String... settings) {
    try (Engine engine = engine(settings)) {
      return rows(engine, sql);
    }
  }

  private void assertFault(String sql, ErrorKind kind, String... parts) {
    assertThatThrownBy(() -> rows(sql))
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private String explain(String sql) {
    try (Engine engine = engine()) {
      return engine.explain(sql, StatementOptions.DEFAULT).text();
    }
  }

  @Test
  void the_files_of_a_folder_are_tables_by_their_names() {
    assertThat(rows("SELECT * FROM f.people ORDER BY id"))
        .containsExactly(
            Arrays.asList(1L, "Ann", LocalDate.of(1990, 1, 2)),
            Arrays.asList(2L, "O'Neil, Bo", null),
            Arrays.asList(3L, null, LocalDate.of(2001, 12, 31)));
    assertThat(rows("SELECT name FROM sys.tables WHERE source = 'f' ORDER BY 1"))
        .containsExactly(List.of("events"), List.of("people"));
  }

  @Test
  void lists_and_objects_are_json() {
    assertThat(rows("SELECT id, tags FROM f.events ORDER BY id"))
        .containsExactly(Arrays.asList(1L, "[\"a\",\"b\"]"), Arrays.asList(2L, null));
  }

  @Test
  void parquet_keeps_every_digit_and_every_type() {
    parquet(
        folder.resolve("typed.parquet"),
        "SELECT 1::SMALLINT s, 9007199254740993::BIGINT b, 12345678901234567890.123456789::DECIMAL(38, 9) d,"
            + " TIMESTAMP '2026-11-28 10:00:00.123456' t, TIMESTAMPTZ '2026-11-28 10:00:00+02' z,"
            + " true y, 'ü€😀' x");
    assertThat(rows("SELECT * FROM f.typed"))
        .containsExactly(
            List.of(
                1,
                9007199254740993L,
                new BigDecimal("12345678901234567890.123456789"),
                LocalDateTime.parse("2026-11-28T10:00:00.123456"),
                Instant.parse("2026-11-28T08:00:00Z"),
                true,
                "ü€😀"));
  }

  @Test
  void a_folder_of_parts_is_one_table() {
    parquet(folder.resolve("part-1.parquet"), "SELECT range id FROM range(6000)");
    assertThat(rows("SELECT COUNT(*) FROM f.\"part-1\"")).containsExactly(List.of(6000L));
    Path parts = folder.resolve("runs");
    parts.toFile().mkdir();
    parquet(parts.resolve("part-1.parquet"), "SELECT range id FROM range(6000)");
    parquet(parts.resolve("part-2.parquet"), "SELECT range + 6000 id FROM range(1)");
    assertThat(rows("SELECT COUNT(*), MIN(id), MAX(id) FROM f.runs"))
        .containsExactly(List.of(6001L, 0L, 6000L));
  }

  @Test
  void a_pattern_is_one_table_named_after_what_is_fixed_in_it() {
    parquet(folder.resolve("runs-1.parquet"), "SELECT 1 id");
    parquet(folder.resolve("runs-2.parquet"), "SELECT 2 id");
    String pattern = folder.resolve("runs-*.parquet").toString();
    assertThat(rows("SELECT id FROM f.runs ORDER BY id", "path", pattern))
        .containsExactly(List.of(1), List.of(2));
    assertThat(rows("SELECT COUNT(*) FROM f.mine", "path", pattern, "table", "mine"))
        .containsExactly(List.of(2L));
  }

  @Test
  void files_that_differ_in_their_endings_alone_are_tables_by_their_whole_names() {
    parquet(folder.resolve("people.parquet"), "SELECT 7 id");
    assertThat(rows("SELECT id FROM f.\"people.parquet\"")).containsExactly(List.of(7));
    assertThat(rows("SELECT COUNT(*) FROM f.\"people.csv\"")).containsExactly(List.of(3L));
  }

  @Test
  void a_statement_names_a_file_directly() {
    String file = folder.resolve("people.csv").toString();
    assertThat(
            rows(
                "SELECT p.name, e.tags FROM '"
                    + file
                    + "' p JOIN f.events e ON e.id = p.id"
                    + " WHERE p.name = 'Ann'"))
        .containsExactly(List.of("Ann", "[\"a\",\"b\"]"));
    assertThat(rows("SELECT COUNT(*) FROM files.read('" + file + "')"))
        .containsExactly(List.of(3L));
    assertThat(
            rows("SELECT COUNT(*) FROM '" + file + "', '" + folder.resolve("events.jsonl") + "' x"))
        .containsExactly(List.of(6L));
  }

  @Test
  void a_text_after_from_that_is_no_table_stays_a_text() {
    assertThat(rows("SELECT TRIM('x' FROM 'xax'), SUBSTRING('abc' FROM 2)"))
        .containsExactly(List.of("a", "bc"));
  }

  @Test
  void conditions_order_and_limit_are_left_to_duckdb_where_they_mean_the_same() {
    String plan =
        explain(
            "SELECT name FROM f.people WHERE id >= 2 AND name IS NOT NULL ORDER BY born LIMIT 1");
    assertThat(plan)
        .contains("READ " + folder.resolve("people.csv"))
        .contains("WHERE (\"id\" >= 2) AND (\"name\" IS NOT NULL)")
        .contains("ORDER BY \"born\" ASC NULLS FIRST LIMIT 1");
    assertThat(rows("SELECT id FROM f.people WHERE born < DATE '2000-01-01' OR name LIKE 'O%'"))
        .containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  @Test
  void results_do_not_depend_on_who_does_the_work() {
    parquet(
        folder.resolve("many.parquet"),
        "SELECT range id, (range * 7919) % 1000 k, ((range * 31) % 977 / 10)::DECIMAL(9, 2) d,"
            + " CASE WHEN range % 5 = 0 THEN NULL ELSE chr((97 + range % 26)::INT) || range END s,"
            + " TIMESTAMP '2026-01-01 00:00:00' + INTERVAL (range) MINUTE t FROM range(12001)");
    for (String where :
        List.of(
            "k IN (1, 2, 3)",
            "d = 12.5",
            "d > 1.005",
            "s LIKE 'a%' OR s LIKE '%9'",
            "NOT (s = 'b1')",
            "t >= TIMESTAMP '2026-01-05 00:00:00' AND k < 500",
            "s IS NULL AND d <> 0")) {
      String sql = "SELECT id, s FROM f.many WHERE " + where + " ORDER BY s, id DESC LIMIT 500";
      try (Engine engine = engine()) {
        List<List<Object>> here = new ArrayList<>();
        try (Result result = engine.query(sql, StatementOptions.DEFAULT.withPushdown(false))) {
          for (Object[] row = result.next(); row != null; row = result.next()) {
            here.add(Arrays.asList(row));
          }
        }
        assertThat(rows(engine, sql)).as(where).isNotEmpty().isEqualTo(here);
      }
    }
  }

  @Test
  void a_long_table_comes_page_by_page_and_can_be_left() {
    parquet(folder.resolve("long.parquet"), "SELECT range id FROM range(100000)");
    assertThat(rows("SELECT id FROM f.long"))
        .hasSize(100_000)
        .startsWith(List.of(0L))
        .endsWith(List.of(99_999L));
    try (Engine engine = engine();
        Result result = engine.query("SELECT id FROM f.long", StatementOptions.DEFAULT)) {
      assertThat(result.next()).containsExactly(0L);
      assertThat(result.progress().rowsRead()).isLessThan(20_000);
    }
  }

  @Test
  void a_file_that_changes_while_it_is_read_is_noticed() throws IOException {
    parquet(folder.resolve("long.parquet"), "SELECT range id FROM range(100000)");
    try (Engine engine = engine();
        Result result = engine.query("SELECT id FROM f.long", StatementOptions.DEFAULT)) {
      result.next();
      Files.writeString(folder.resolve("long.parquet"), "something else");
      assertThatThrownBy(
              () -> {
                while (result.next() != null) {}
              })
          .isInstanceOf(SourceException.class);
    }
  }

  @Test
  void what_cannot_be_read_says_which_file_and_why() throws IOException {
    Files.writeString(folder.resolve("broken.parquet"), "this is no parquet");
    assertFault("SELECT * FROM f.broken", ErrorKind.MALFORMED_RESPONSE, "broken.parquet");
    assertFault("SELECT * FROM 'nowhere.csv'", ErrorKind.CONFIGURATION, "nowhere.csv");
    Files.writeString(folder.resolve("notes.txt"), "hello");
    assertFault(
        "SELECT * FROM '" + folder.resolve("notes.txt") + "'",
        ErrorKind.CONFIGURATION,
        "notes.txt does not tell its format");
    assertThatThrownBy(() -> rows("SELECT 1 FROM f.x", "path", folder.resolve("no").toString()))
        .hasMessageContaining("there is no file");
  }

  @Test
  void csv_says_of_itself_what_cannot_be_seen() throws IOException {
    Files.writeString(folder.resolve("codes.csv"), "01;02\n03;04\n");
    assertThat(
            rows(
                "SELECT * FROM f.codes",
                "csv.header",
                "false",
                "csv.types",
                "text",
                "csv.delimiter",
                ";"))
        .containsExactly(List.of("01", "02"), List.of("03", "04"));
    assertThatThrownBy(() -> rows("SELECT * FROM f.codes", "csv.header", "maybe"))
        .hasMessageContaining("csv.header is 'maybe'");
  }

  @Test
  void a_name_with_signs_that_are_patterns_elsewhere_is_itself() throws IOException {
    Files.writeString(folder.resolve("a[1]'x.csv"), "id\n5\n");
    Files.writeString(folder.resolve("a1.csv"), "id\n6\n");
    assertThat(rows("SELECT id FROM f.\"a[1]'x\"")).containsExactly(List.of(5L));
  }
}
