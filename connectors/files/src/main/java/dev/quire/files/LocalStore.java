package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckFaults;
import dev.quire.duckdb.DuckSettings;
import dev.quire.duckdb.DuckType;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableStore;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Tables in a DuckDB file, with a table of its own that says where each comes from. The file is
 * open for writing only while one is written; other processes can read it at all other times.
 * Thread-safe.
 */
final class LocalStore implements TableStore, AutoCloseable {
  /** The table about the tables. */
  static final String CATALOG = "quire_tables";

  private final Path file;
  private final DuckSettings settings;
  private final TimeSource time;
  private @Nullable DuckDatabase open;
  private boolean writing;

  LocalStore(Path file, DuckSettings settings, TimeSource time) {
    this.file = file;
    this.settings = settings;
    this.time = time;
  }

  TimeSource time() {
    return time;
  }

  /** For reading, unless a table is being written. */
  synchronized DuckDatabase database() {
    DuckDatabase known = open;
    if (known == null) {
      known = DuckDatabase.readOnly(file, settings);
      open = known;
    }
    return known;
  }

  private synchronized DuckDatabase writable() {
    if (writing) {
      throw new SourceException(
          ErrorKind.UNSUPPORTED, "another statement is keeping its result in " + file);
    }
    release();
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new SourceException(
          ErrorKind.CONFIGURATION, "cannot make the folder " + file.getParent() + ": " + e, e);
    }
    DuckDatabase made = DuckDatabase.ofFile(file, settings);
    open = made;
    writing = true;
    return made;
  }

  /** Ends what {@link #writable} began. */
  synchronized void written() {
    writing = false;
    release();
  }

  private void release() {
    DuckDatabase old = open;
    open = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public Draft create(String name, List<Column> columns, String statement, boolean replace) {
    if (name.equalsIgnoreCase(CATALOG)) {
      throw new SourceException(
          ErrorKind.INVALID_STATEMENT, CATALOG + " tells of the other tables; take another name");
    }
    List<DuckType> types = columns.stream().map(LocalStore::type).toList();
    if (!replace && find(name).isPresent()) {
      throw new SourceException(
              ErrorKind.INVALID_STATEMENT, "there is a table '" + name + "' already")
          .withHint("Write CREATE OR REPLACE TABLE, or DROP TABLE first.");
    }
    DuckDatabase database = writable();
    try {
      return LocalDraft.begin(this, database, new LocalDraft.Plan(name, columns, types, statement));
    } catch (RuntimeException e) {
      written();
      throw e;
    }
  }

  /** The type that keeps a column; digits without bounds are kept as text. */
  private static DuckType type(Column column) {
    if (column.type().kind() == DataType.Kind.DECIMAL) {
      return DuckType.holding(column.type()).orElse(new DuckType("VARCHAR", column.type()));
    }
    return DuckType.holding(column.type())
        .orElseThrow(
            () ->
                new SourceException(
                        ErrorKind.UNSUPPORTED,
                        "a column of type "
                            + column.type().sqlName()
                            + " cannot be kept exactly: "
                            + column.name())
                    .withHint("CAST it to VARCHAR, or to a type with fewer digits."));
  }

  @Override
  public boolean drop(String name) {
    Optional<Kept> kept = find(name);
    if (kept.isEmpty()) {
      return false;
    }
    try (DuckDBConnection connection = writable().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("DROP TABLE " + DuckDatabase.identifier(kept.get().name()));
      statement.execute(
          "DELETE FROM " + CATALOG + " WHERE name = " + DuckDatabase.quoted(kept.get().name()));
      statement.execute("COMMIT");
      return true;
    } catch (SQLException e) {
      throw DuckFaults.of("dropping " + name, e);
    } finally {
      written();
    }
  }

  /** The table of that name in any case. */
  Optional<Kept> find(String name) {
    return kept().stream().filter(kept -> kept.name().equalsIgnoreCase(name)).findFirst();
  }

  @Override
  public List<Kept> kept() {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Kept> all = new ArrayList<>();
    try (DuckDBConnection connection = database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name, epoch_ms(made), statement, row_count, missing FROM "
                    + CATALOG
                    + " ORDER BY name")) {
      while (rows.next()) {
        all.add(
            new Kept(
                rows.getString(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                rows.getString(3),
                rows.getLong(4),
                Optional.ofNullable(rows.getString(5))));
      }
    } catch (SQLException e) {
      throw DuckFaults.of("reading " + file, e);
    }
    return all;
  }

  /** The columns of a table whose values are kept as text, with what they are. */
  Map<String, DuckType> types(String table) {
    Map<String, DuckType> types = new HashMap<>();
    try (DuckDBConnection connection = database().connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT unnest(decimals) FROM " + CATALOG + " WHERE name = ?")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          types.put(rows.getString(1), new DuckType("VARCHAR", DataType.DECIMAL));
        }
      }
    } catch (SQLException e) {
      throw DuckFaults.of("reading " + file, e);
    }
    return types;
  }

  @Override
  public synchronized void close() {
    release();
  }
}
