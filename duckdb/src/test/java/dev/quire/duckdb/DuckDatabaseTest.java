package dev.quire.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDatabaseTest {
  @TempDir Path folder;

  @Test
  void takes_its_memory_threads_and_folder_from_the_settings() throws SQLException {
    DuckSettings settings =
        DuckSettings.of(Map.of("memory.limit", "64MiB", "memory.threads", "3"), folder);
    try (DuckDatabase database = DuckDatabase.inMemory(settings.withSpillFolder(folder));
        DuckDBConnection connection = database.connect()) {
      assertThat(setting(connection, "memory_limit")).isEqualTo("64.0 MiB");
      assertThat(setting(connection, "threads")).isEqualTo("3");
      assertThat(setting(connection, "temp_directory"))
          .isEqualTo(database.spillFolder().toAbsolutePath().toString());
    }
  }

  private static String setting(DuckDBConnection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_setting('" + name + "')::VARCHAR")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void leaves_nothing_in_the_spill_folder() throws IOException, SQLException {
    DuckSettings settings =
        DuckSettings.defaults().withMemory(64L << 20).withSpillFolder(folder.resolve("new"));
    try (DuckDatabase database = DuckDatabase.inMemory(settings);
        DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE t AS SELECT hash(range) h, range r FROM range(10000000)");
      try (ResultSet rows = statement.executeQuery("SELECT * FROM t ORDER BY h")) {
        assertThat(rows.next()).isTrue();
        assertThat(files(database.spillFolder())).hasSizeGreaterThan(1);
      }
    }
    assertThat(files(folder.resolve("new"))).isEmpty();
  }

  @Test
  void a_database_in_a_file_is_there_again() throws SQLException {
    Path file = folder.resolve("it's here.duckdb");
    DuckSettings settings = DuckSettings.defaults().withSpillFolder(folder);
    try (DuckDatabase database = DuckDatabase.ofFile(file, settings);
        DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT 42 AS x");
    }
    try (DuckDatabase database = DuckDatabase.readOnly(file, settings);
        DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT x FROM t")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(42);
      assertThatThrownBy(() -> statement.execute("CREATE TABLE u(x INTEGER)"))
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void a_file_that_is_no_database_is_an_error_that_names_it() throws IOException {
    Path file =
        Files.writeString(folder.resolve("x.duckdb"), "no database, but long enough".repeat(1000));
    assertThatThrownBy(
            () -> DuckDatabase.ofFile(file, DuckSettings.defaults().withSpillFolder(folder)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("x.duckdb")
        .hasMessageNotContaining("\tat ");
    assertThat(files(folder)).containsExactly("x.duckdb");
  }

  @Test
  void a_spill_folder_that_is_a_file_is_an_error_that_names_the_key() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertThatThrownBy(() -> DuckDatabase.inMemory(DuckSettings.defaults().withSpillFolder(file)))
        .isInstanceOfSatisfying(
            SourceException.class,
            fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("cannot write to the spill folder")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("memory.spill_folder");
  }

  @Test
  void a_folder_that_a_killed_process_left_is_removed() throws IOException {
    Path left = Files.createDirectory(folder.resolve("quire-spill-1-left"));
    Files.writeString(left.resolve("lock"), "");
    Files.writeString(left.resolve("duckdb_temp_storage-0.tmp"), "rows");
    Path other = Files.createDirectory(folder.resolve("somebody-elses"));
    try (SpillFolder first = SpillFolder.under(folder);
        SpillFolder second = SpillFolder.under(folder)) {
      assertThat(left).doesNotExist();
      assertThat(other).exists();
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    }
    assertThat(files(folder)).containsExactly("somebody-elses");
  }

  @Test
  void a_machine_without_a_library_is_told_so_before_duckdb_loads() {
    assertThatThrownBy(
            () ->
                NativeLibrary.of("AIX", "ppc64")
                    .require(getClass().getClassLoader(), "/no/such/folder"))
        .isInstanceOfSatisfying(
            SourceException.class,
            fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("no library for this machine (libduckdb_java.so_aix_ppc64)");
    NativeLibrary.of("Windows 11", "amd64").require(getClass().getClassLoader(), "");
    NativeLibrary.of("Mac OS X", "aarch64").require(getClass().getClassLoader(), "");
  }

  @Test
  void faults_have_no_stack_trace_and_the_kind_of_what_happened() {
    assertThat(fault("INTERRUPT Error: Interrupted!").kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(fault("Out of Memory Error: failed to pin block\n\nPossible solutions: SET x"))
        .hasMessage(
            "sorting: Out of Memory Error: failed to pin block\n"
                + "  Raise memory.limit, or ask for fewer rows or columns.");
    assertThat(fault("IO Error: Could not write file \"/x\": No space left on device").kind())
        .isEqualTo(ErrorKind.OUT_OF_MEMORY);
    assertThat(
            fault("Invalid Input Error: it failed\n\tat java.base/java.lang.X.y(X.java:1)\n\tat z"))
        .hasMessage("sorting: Invalid Input Error: it failed");
  }

  private static SourceException fault(String message) {
    return DuckFaults.of("sorting", new SQLException(message));
  }

  @Test
  void settings_that_are_wrong_name_their_key() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("memory.limit", "lots"),
            Map.of("memory.limit", "1MB"),
            Map.of("memory.threads", "0"))) {
      assertThatThrownBy(() -> DuckSettings.of(wrong, folder))
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith(wrong.keySet().iterator().next() + " must be ");
    }
    assertThat(DuckSettings.of(Map.of("memory.limit", "2 gb"), folder).memory())
        .isEqualTo(2L << 30);
    assertThat(DuckSettings.of(Map.of("memory.spill_folder", "spill"), folder).spillFolder())
        .isEqualTo(folder.resolve("spill"));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
