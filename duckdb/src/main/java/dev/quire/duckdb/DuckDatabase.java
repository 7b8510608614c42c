package dev.quire.duckdb;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB database of this process, in memory or in a file, with bounded memory and a folder of
 * its own for what does not fit. Results stream. Thread-safe.
 */
public final class DuckDatabase implements AutoCloseable {
  private final DuckDBConnection first;
  private final SpillFolder spill;

  private DuckDatabase(DuckDBConnection first, SpillFolder spill) {
    this.first = first;
    this.spill = spill;
  }

  /** A database that lives until it is closed. */
  public static DuckDatabase inMemory(DuckSettings settings) {
    return open(Optional.empty(), false, settings);
  }

  /** The database of a file, which is made if it is not there. */
  public static DuckDatabase ofFile(Path file, DuckSettings settings) {
    return open(Optional.of(file), false, settings);
  }

  /** The database of a file that is not changed. */
  public static DuckDatabase readOnly(Path file, DuckSettings settings) {
    return open(Optional.of(file), true, settings);
  }

  private static DuckDatabase open(Optional<Path> file, boolean readOnly, DuckSettings settings) {
    NativeLibrary.requireForThisMachine();
    SpillFolder spill = SpillFolder.under(settings.spillFolder());
    try {
      DuckDBConnection connection = connect(file, readOnly);
      try {
        set(connection, settings, spill.path());
        return new DuckDatabase(connection, spill);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (Exception | LinkageError e) {
      spill.close();
      throw fault(file, e);
    }
  }

  private static DuckDBConnection connect(Optional<Path> file, boolean readOnly) throws Exception {
    Properties properties = new Properties();
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    String url = "jdbc:duckdb:" + file.map(path -> path.toAbsolutePath().toString()).orElse("");
    return DuckDBConnection.newConnection(url, readOnly, properties);
  }

  private static void set(DuckDBConnection connection, DuckSettings settings, Path spill)
      throws SQLException {
    List<String> statements =
        List.of(
            "SET memory_limit = '" + settings.memory() + "B'",
            "SET threads = " + settings.threads(),
            "SET temp_directory = " + quoted(spill.toAbsolutePath().toString()),
            "SET streaming_buffer_size = '16KB'",
            "SET TimeZone = 'UTC'",
            "SET autoinstall_known_extensions = false");
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static SourceException fault(Optional<Path> file, Throwable fault) {
    if (fault instanceof LinkageError) {
      return new SourceException(
              ErrorKind.CONFIGURATION,
              "DuckDB's library does not load: " + fault.getMessage(),
              fault)
          .withHint("Its jar unpacks it to java.io.tmpdir, which must allow programs.");
    }
    return DuckFaults.of(
        "opening " + file.map(path -> "DuckDB's file " + path).orElse("DuckDB"), fault);
  }

  /** A connection of its own; the caller closes it. One open result at a time. */
  public DuckDBConnection connect() {
    try {
      return first.duplicate();
    } catch (SQLException e) {
      throw DuckFaults.of("connecting to DuckDB", e);
    }
  }

  /** The folder for what does not fit in memory. */
  public Path spillFolder() {
    return spill.path();
  }

  /** A text as a literal. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as an identifier. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    try {
      first.close();
    } catch (SQLException e) {
      throw DuckFaults.of("closing DuckDB", e);
    } finally {
      spill.close();
    }
  }
}
