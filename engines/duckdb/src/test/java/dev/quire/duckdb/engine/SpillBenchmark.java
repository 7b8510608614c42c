package dev.quire.duckdb.engine;

import dev.quire.chain.StatementContext;
import dev.quire.duckdb.DuckSettings;
import dev.quire.engine.exec.MemoryGuard;
import dev.quire.engine.exec.RowCursor;
import dev.quire.engine.spill.SpillEngine;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One statement over many rows; run by the script {@code benchmark}. */
final class SpillBenchmark {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("id", DataType.BIGINT),
          Column.of("k", DataType.BIGINT),
          Column.of("t", DataType.VARCHAR));

  private static final Map<String, String> STATEMENTS =
      Map.of(
          "sort", "SELECT * FROM s.a ORDER BY k",
          "join", "SELECT a.id, b.t FROM s.a a JOIN s.b b ON a.k = b.id",
          "group", "SELECT k, COUNT(*), MAX(t) FROM s.a GROUP BY k",
          "distinct", "SELECT DISTINCT k, t FROM s.a",
          "window", "SELECT id, ROW_NUMBER() OVER (PARTITION BY t ORDER BY k) AS n FROM s.a",
          "top10", "SELECT * FROM s.a ORDER BY k DESC LIMIT 10");

  private SpillBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int size = Integer.parseInt(arguments[1]);
    DuckSettings settings =
        DuckSettings.of(
            Map.of("memory.limit", arguments[2], "memory.spill_folder", "spill"),
            Path.of(arguments[3]));
    long start = System.nanoTime();
    long rows = 0;
    try (Statements statements = new Statements(table("a", size), table("b", size));
        SpillEngine engine = new DuckSpillEngine(settings);
        RowCursor cursor =
            statements.open(
                STATEMENTS.get(arguments[0]),
                MemoryGuard.ofHeap(engine),
                Statements.statement(StatementContext.Limits.NONE))) {
      while (cursor.next() != null) {
        rows++;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%-10s %,12d %10.1f %,12d%n", arguments[0], rows, seconds, peak());
  }

  private static MemoryTable table(String name, int size) {
    return new MemoryTable(
        name,
        COLUMNS,
        size,
        5_000,
        id -> new Object[] {(long) id, id * 7_919L % size, "text of " + id % 1_000});
  }

  /** Megabytes that the process had in memory at most; -1 where the system does not say. */
  private static long peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
        .findFirst()
        .orElse(-1);
  }
}
