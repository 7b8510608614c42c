package dev.quire.export.jdbc;

import dev.quire.engine.ResultColumn;
import dev.quire.export.Destination;
import dev.quire.export.ExportCheckpoint;
import dev.quire.export.Position;
import dev.quire.export.text.UniqueNames;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of a database. It is created if it is missing; else rows are appended, to its columns of
 * the same names. A commit is one transaction over rows and checkpoint. One thread at a time.
 */
public final class JdbcDestination implements Destination {
  private static final String PART = "(?:\"[^\"]+\"|[A-Za-z_][A-Za-z0-9_$]*)";
  private static final Pattern TABLE = Pattern.compile(PART + "(?:\\." + PART + "){0,2}");
  private static final String CHECKPOINTS = "quire_checkpoint";
  private static final String CREATED = "table_created";
  private static final String ROWS = "rows";
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final String url;
  private final List<Path> jars;
  private final String table;
  private @Nullable Open open;
  private @Nullable RowInsert insert;
  private boolean created;
  private boolean committed;
  private long rows;

  /** An open connection, and what is known of its database. */
  private record Open(Connection connection, TableTypes types, CheckpointTable checkpoints) {}

  /** Something that the database may refuse. */
  private interface Work<T> {
    T run(Open open) throws SQLException;
  }

  /**
   * @param url with its secrets
   * @param jars of drivers that are not on the class path
   * @param table as in SQL: {@code runs}, {@code report.runs}
   */
  public JdbcDestination(String url, List<Path> jars, String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new SourceException(
              ErrorKind.CONFIGURATION, "'" + table + "' is not the name of a table")
          .withHint("Write it as in SQL: runs, report.runs or \"My Runs\".");
    }
    this.url = url;
    this.jars = List.copyOf(jars);
    this.table = table;
  }

  @Override
  public String name() {
    return "the table " + table + " (" + Drivers.shown(url) + ")";
  }

  @Override
  public String output() {
    return Drivers.shown(url);
  }

  @Override
  public Optional<ExportCheckpoint> open() throws IOException {
    Connection connection = Drivers.connect(url, jars);
    try {
      TableTypes types = TableTypes.of(connection.getMetaData().getDatabaseProductName());
      int dot = table.lastIndexOf('.');
      String beside = table.substring(0, dot + 1) + CHECKPOINTS;
      open = new Open(connection, types, new CheckpointTable(connection, types, beside, table));
    } catch (SQLException e) {
      throw refused(e);
    }
    return with(each -> each.checkpoints.read());
  }

  private <T> T with(Work<T> work) throws IOException {
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    try {
      return work.run(open);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** A batch tells what was wrong in the exception that comes after it. */
  private IOException refused(SQLException e) {
    SQLException first = e.getNextException() == null ? e : e.getNextException();
    return new IOException(name() + ": " + first.getMessage(), e);
  }

  /** What may fail comes first: some databases then forget all that the transaction has done. */
  @Override
  public void begin(List<ResultColumn> columns) throws IOException {
    with(
        each -> {
          Optional<ExportCheckpoint> former = each.checkpoints.read();
          former.ifPresent(this::requireOwn);
          boolean drop = former.isPresent() && former.get().position().of(CREATED) == 1;
          List<String> there = columnsOf(each);
          each.checkpoints.createIfMissing();
          // Where DROP commits, a kill after it must leave the checkpoint that says whose it was.
          if (drop && !there.isEmpty()) {
            execute("DROP TABLE " + table, each);
          }
          each.checkpoints.delete();
          created = drop || there.isEmpty();
          if (created) {
            create(columns, each);
          }
          prepare(columns, columnsOf(each), each);
          return each;
        });
  }

  /** Rows among those of others cannot be told from them. */
  private void requireOwn(ExportCheckpoint former) {
    long appended = former.position().of(ROWS);
    if (former.position().of(CREATED) == 0 && appended > 0) {
      throw new SourceException(
              ErrorKind.CONFIGURATION,
              "the unfinished export has appended "
                  + appended
                  + " rows to "
                  + table
                  + ", which was there before")
          .withHint(
              "Go on with --resume; or delete them yourself, and the export's row in "
                  + CHECKPOINTS
                  + ".");
    }
  }

  private void create(List<ResultColumn> columns, Open each) throws SQLException {
    String quote = each.connection.getMetaData().getIdentifierQuoteString();
    List<String> names = UniqueNames.of(columns.stream().map(ResultColumn::name).toList());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      lines.add(quoted(names.get(i), quote) + " " + each.types.of(columns.get(i).type()));
    }
    execute("CREATE TABLE " + table + " (" + String.join(", ", lines) + ")", each);
  }

  private static void execute(String sql, Open each) throws SQLException {
    try (Statement statement = each.connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String name, String quote) {
    return quote.isBlank() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  /** The names of the table's columns; none if there is no table. */
  private List<String> columnsOf(Open each) throws SQLException {
    try (Statement statement = each.connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      ResultSetMetaData columns = none.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnName(i));
      }
      return names;
    } catch (SQLException e) {
      each.connection.rollback();
      return List.of();
    }
  }

  private void prepare(List<ResultColumn> columns, List<String> there, Open each)
      throws SQLException {
    String quote = each.connection.getMetaData().getIdentifierQuoteString();
    TreeMap<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    there.forEach(name -> byName.put(name, name));
    List<String> names = new ArrayList<>();
    for (String name : UniqueNames.of(columns.stream().map(ResultColumn::name).toList())) {
      String found = byName.get(name);
      if (found == null) {
        throw new SourceException(
                ErrorKind.CONFIGURATION, table + " is there and has no column " + name)
            .withHint("It has " + String.join(", ", there) + ". Name them so with AS.");
      }
      names.add(quoted(found, quote));
    }
    insert = new RowInsert(each.connection, each.types, table, names, columns);
  }

  @Override
  public void restore(List<ResultColumn> columns, Position from) throws IOException {
    created = from.of(CREATED) == 1;
    rows = from.of(ROWS);
    committed = true;
    with(
        each -> {
          prepare(columns, columnsOf(each), each);
          return each;
        });
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    with(
        each -> {
          insert().add(row);
          return each;
        });
    rows++;
  }

  private RowInsert insert() {
    if (insert == null) {
      throw new IllegalStateException("not begun");
    }
    return insert;
  }

  @Override
  public boolean wantsCommit(Duration sinceLast, boolean betweenPages) {
    return betweenPages && sinceLast.compareTo(INTERVAL) >= 0;
  }

  @Override
  public void commit(Function<Position, ExportCheckpoint> checkpoint) throws IOException {
    Position position = Position.of(Map.of(CREATED, created ? 1L : 0L, ROWS, rows));
    with(
        each -> {
          insert().flush();
          each.checkpoints.write(checkpoint.apply(position));
          each.connection.commit();
          return each;
        });
    committed = true;
  }

  @Override
  public void complete() throws IOException {
    with(
        each -> {
          each.checkpoints.delete();
          each.connection.commit();
          return each;
        });
  }

  @Override
  public Optional<String> suspend() {
    return committed ? Optional.of(name()) : Optional.empty();
  }

  @Override
  public void close() {
    if (open == null) {
      return;
    }
    try (Connection closing = open.connection) {
      closing.rollback();
    } catch (SQLException e) {
      // What was not committed is gone either way.
    }
  }
}
