package dev.quire.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quire.chain.StatementContext;
import dev.quire.duckdb.DuckSettings;
import dev.quire.duckdb.SpillFolder;
import dev.quire.engine.exec.MemoryGuard;
import dev.quire.engine.exec.RowCursor;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, a process that is killed, a statement that needs none of it. */
@Timeout(300)
class SpillFaultsTest {
  private static final List<Column> COLUMNS =
      List.of(Column.of("id", DataType.BIGINT), Column.of("t", DataType.VARCHAR));

  @TempDir Path folder;

  @Test
  void a_full_disk_is_a_clear_error_and_leaves_nothing() throws Exception {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.toString())).isZero();
    try {
      Process process = start(Sorting.class, "-Xmx128m");
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(output).isEqualTo(3);
      assertThat(output)
          .contains("OUT_OF_MEMORY")
          .contains("memory.spill_folder")
          .doesNotContain("\tat ");
      assertThat(files()).isEmpty();
    } finally {
      run("umount", folder.toString());
    }
  }

  @Test
  void what_a_killed_process_leaves_the_next_removes() throws Exception {
    Process process = start(Sorting.class, "-Xmx128m", "-Dstay=true");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      assertThat(lines.lines().anyMatch("sorted"::equals)).isTrue();
      assertThat(files()).hasSize(1);
      process.destroyForcibly().waitFor();
    }
    assertThat(files()).hasSize(1);
    SpillFolder.under(folder).close();
    assertThat(files()).isEmpty();
  }

  @Test
  void duckdb_is_not_loaded_while_the_rows_fit() throws Exception {
    Process process = start(Fitting.class, "-verbose:class");
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("dev.quire.duckdb.engine.DuckSpillEngine")
        .doesNotContain("org.duckdb.")
        .doesNotContain("dev.quire.duckdb.DuckDatabase");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).toList();
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  private Process start(Class<?> main, String... options) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(List.of(options));
    builder
        .command()
        .addAll(
            List.of(
                "-cp", System.getProperty("java.class.path"), main.getName(), folder.toString()));
    return builder.redirectErrorStream(true).start();
  }

  private static MemoryTable table() {
    return new MemoryTable(
        "a",
        COLUMNS,
        2_000_000,
        5_000,
        id -> new Object[] {id * 7_919L % 2_000_000, "text of " + id});
  }

  private static void first(String sql, String folder, long heap, boolean stays)
      throws IOException {
    DuckSettings settings =
        DuckSettings.of(
            Map.of("memory.limit", "48MiB", "memory.spill_folder", folder), Path.of(""));
    MemoryGuard memory = new MemoryGuard(heap, new DuckSpillEngine(settings));
    try (Statements statements = new Statements(table());
        RowCursor cursor =
            statements.open(sql, memory, Statements.statement(StatementContext.Limits.NONE))) {
      cursor.next();
      System.out.println("sorted");
      if (stays) {
        System.in.read();
      }
    }
  }

  /** Sorts more than fits. */
  static final class Sorting {
    private Sorting() {}

    public static void main(String[] arguments) throws IOException {
      try {
        first("SELECT * FROM s.a ORDER BY id", arguments[0], 1 << 20, Boolean.getBoolean("stay"));
      } catch (SourceException e) {
        System.out.println(e.kind() + " " + e.getMessage());
        System.exit(3);
      }
    }
  }

  /** Wants five rows. */
  static final class Fitting {
    private Fitting() {}

    public static void main(String[] arguments) throws IOException {
      first("SELECT t FROM s.a WHERE id > 2 LIMIT 5", arguments[0], 1 << 20, false);
    }
  }
}
