package dev.quire.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.StatementContext;
import dev.quire.duckdb.DuckSettings;
import dev.quire.engine.exec.MemoryGuard;
import dev.quire.engine.exec.RowCursor;
import dev.quire.engine.spill.SpillEngine;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a million rows in a heap for a few thousand. */
class SpillTest {
  private static final int ROWS = 500_000;
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("id", DataType.BIGINT),
          Column.of("k", DataType.BIGINT),
          Column.of("t", DataType.VARCHAR));

  private final MemoryTable a = table("a", ROWS);
  private final MemoryTable b = table("b", ROWS);
  private final Statements statements = new Statements(a, b);
  @TempDir Path folder;

  @AfterEach
  void stop() {
    statements.close();
  }

  /** {@code k} is a permutation of the numbers below the size. */
  private static MemoryTable table(String name, int size) {
    return new MemoryTable(
        name,
        COLUMNS,
        size,
        5_000,
        id -> new Object[] {(long) id, id * 7_919L % size, "text of " + id % 1_000});
  }

  private SpillEngine engine() {
    return new DuckSpillEngine(
        DuckSettings.of(Map.of("memory.limit", "64MiB", "memory.spill_folder", "."), folder));
  }

  private MemoryGuard small() {
    return new MemoryGuard(1 << 20, engine());
  }

  private long count(String sql, MemoryGuard memory) {
    long rows = 0;
    try (RowCursor cursor =
        statements.open(sql, memory, Statements.statement(StatementContext.Limits.NONE))) {
      while (cursor.next() != null) {
        rows++;
      }
    }
    assertThat(memory.used()).isZero();
    return rows;
  }

  @Test
  void sorts() throws IOException {
    long expected = 0;
    MemoryGuard memory = small();
    try (RowCursor cursor =
        statements.open(
            "SELECT k, t FROM s.a ORDER BY k",
            memory,
            Statements.statement(StatementContext.Limits.NONE))) {
      for (Object[] row = cursor.next(); row != null; row = cursor.next()) {
        assertThat(row[0]).isEqualTo(expected++);
      }
    }
    assertThat(expected).isEqualTo(ROWS);
    assertThat(memory.used()).isZero();
    assertNothingIsLeft();
  }

  @Test
  void groups_joins_and_takes_each_once() throws IOException {
    assertThat(count("SELECT k, COUNT(*), MAX(t) FROM s.a GROUP BY k", small())).isEqualTo(ROWS);
    assertThat(count("SELECT DISTINCT k, t FROM s.a", small())).isEqualTo(ROWS);
    assertThat(count("SELECT k FROM s.a EXCEPT SELECT id FROM s.b", small())).isZero();
    assertThat(count("SELECT a.id, b.t FROM s.a a JOIN s.b b ON a.k = b.id", small()))
        .isEqualTo(ROWS);
    assertThat(statements.rows("SELECT COUNT(DISTINCT k) FROM s.a", small()).get(0)[0])
        .isEqualTo((long) ROWS);
    assertNothingIsLeft();
  }

  @Test
  void computes_windows_and_the_first_rows() throws IOException {
    assertThat(
            statements
                .rows(
                    "SELECT MAX(n), SUM(s) FROM (SELECT ROW_NUMBER() OVER (ORDER BY k) AS n,"
                        + " COUNT(*) OVER (PARTITION BY t) AS s FROM s.a) q",
                    small())
                .get(0))
        .extracting(Object::toString)
        .containsExactly("" + ROWS, "" + ROWS * 500L);
    assertThat(statements.rows("SELECT k FROM s.a ORDER BY k DESC LIMIT 10", small()))
        .hasSize(10)
        .first()
        .isEqualTo(new Object[] {ROWS - 1L});
    assertNothingIsLeft();
  }

  @Test
  void a_join_that_wants_few_rows_reads_few_of_the_left_side() {
    count("SELECT a.id FROM s.a a JOIN s.b b ON a.k = b.id LIMIT 5", small());
    assertThat(b.fetches).hasValue(100);
    assertThat(a.fetches.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void a_deadline_and_a_cancel_reach_duckdb() throws IOException {
    StatementContext cancelled = Statements.statement(StatementContext.Limits.NONE);
    String sql = "SELECT a.id FROM s.a a JOIN s.b b ON a.t = b.t";
    try (RowCursor cursor = statements.open(sql, small(), cancelled)) {
      cursor.next();
      cancelled.cancel();
      assertFails(cursor, ErrorKind.CANCELLED);
    }
    Duration time = Duration.ofSeconds(2);
    StatementContext limited =
        Statements.statement(new StatementContext.Limits(Long.MAX_VALUE, Optional.of(time)));
    String ordered = sql + " AND a.id + b.id < 0 ORDER BY a.id";
    try (RowCursor cursor = statements.open(ordered, small(), limited)) {
      assertFails(cursor, ErrorKind.DEADLINE_EXCEEDED);
    }
    assertNothingIsLeft();
  }

  private static void assertFails(RowCursor cursor, ErrorKind kind) {
    assertThatThrownBy(
            () -> {
              while (cursor.next() != null) {}
            })
        .isInstanceOfSatisfying(
            SourceException.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  @Test
  void without_the_module_the_error_names_it() {
    assertThatThrownBy(() -> count("SELECT k FROM s.a ORDER BY k", new MemoryGuard(1 << 20)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("ORDER BY would hold more than 1 MB of rows in memory")
        .hasMessageContaining("quire-duckdb-engine");
  }

  @Test
  void a_spill_folder_that_cannot_be_written_to_is_a_clear_error() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "");
    SpillEngine engine = new DuckSpillEngine(DuckSettings.defaults().withSpillFolder(taken));
    MemoryGuard memory = new MemoryGuard(1 << 20, engine);
    assertThatThrownBy(() -> count("SELECT k FROM s.a ORDER BY k", memory))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("cannot write to the spill folder")
        .hasMessageContaining("memory.spill_folder");
    assertThat(memory.used()).isZero();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
