package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckFaults;
import dev.quire.duckdb.DuckType;
import dev.quire.duckdb.DuckValues;
import dev.quire.spi.CallContext;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, page by page. A continuation is the number of a row and the stamp of what is
 * read: DuckDB gives the rows of unchanged files in the same order each time. While pages are asked
 * for one after the other, one result stays open. One thread at a time; a cancel may come from
 * another.
 */
final class QueryPages implements PageFetcher {
  private static final int PAGE_ROWS = 5_000;

  private final Supplier<DuckDatabase> database;
  private final Query query;
  private final int pageRows;
  private final ReentrantLock use = new ReentrantLock();
  private @Nullable DuckDBConnection connection;
  private @Nullable Statement statement;
  private @Nullable ResultSet rows;
  private long position;
  private volatile boolean cancelled;

  /**
   * @param types of the selected columns
   */
  record Query(String sql, List<DuckType> types, Relation relation) {}

  QueryPages(
      Supplier<DuckDatabase> database, Query query, OptionalInt pageRows, CallContext context) {
    this.database = database;
    this.query = query;
    this.pageRows = pageRows.orElse(PAGE_ROWS);
    context.onCancel(this::cancel);
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    use.lock();
    try {
      return read(from);
    } catch (SQLException e) {
      throw fault(e);
    } finally {
      if (cancelled) {
        release();
      }
      use.unlock();
    }
  }

  private Page read(Optional<Continuation> from) throws SQLException {
    String stamp = query.relation().stamp().get();
    long start = from.map(each -> start(each, stamp)).orElse(0L);
    ResultSet open = rows;
    if (open == null || start != position || from.isEmpty()) {
      open = open(start);
    }
    List<@Nullable Object[]> page = new ArrayList<>();
    while (page.size() < pageRows) {
      if (cancelled) {
        throw cancelled();
      }
      if (!open.next()) {
        release();
        return new Page(page, Optional.empty());
      }
      page.add(row(open));
    }
    position = start + page.size();
    return new Page(page, Optional.of(new Continuation(position + "@" + stamp)));
  }

  private long start(Continuation from, String stamp) {
    int at = from.value().indexOf('@');
    if (!from.value().substring(at + 1).equals(stamp)) {
      throw new SourceException(
              ErrorKind.OUTDATED, query.relation().shown() + " has changed while it was read")
          .withHint("Run the statement again.");
    }
    return Long.parseLong(from.value().substring(0, at));
  }

  private ResultSet open(long start) throws SQLException {
    release();
    if (cancelled) {
      throw cancelled();
    }
    connection = database.get().connect();
    statement = connection.createStatement();
    String sql = start == 0 ? query.sql() : "SELECT * FROM (" + query.sql() + ") OFFSET " + start;
    rows = statement.executeQuery(sql);
    position = start;
    return rows;
  }

  private @Nullable Object[] row(ResultSet open) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[query.types().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = DuckValues.read(open, i + 1, query.types().get(i));
    }
    return values;
  }

  private SourceException fault(SQLException e) {
    return cancelled ? cancelled() : DuckFaults.of("reading " + query.relation().shown(), e);
  }

  private static SourceException cancelled() {
    return new SourceException(ErrorKind.CANCELLED, "the scan was closed");
  }

  /** Ends what runs; whoever reads closes it then. */
  private void cancel() {
    cancelled = true;
    if (use.tryLock()) {
      try {
        release();
      } finally {
        use.unlock();
      }
      return;
    }
    Statement running = statement;
    if (running != null) {
      try {
        running.cancel();
      } catch (SQLException e) {
        // It has ended by itself.
      }
    }
  }

  private void release() {
    try (DuckDBConnection oldConnection = connection;
        Statement oldStatement = statement;
        ResultSet old = rows) {
      connection = null;
      statement = null;
      rows = null;
    } catch (SQLException e) {
      throw DuckFaults.of("closing " + query.relation().shown(), e);
    }
  }

  @Override
  public void close() {
    cancel();
  }

  @Override
  public RequestPreview firstRequest() {
    return new RequestPreview("READ", query.relation().shown(), Map.of(), Optional.of(query.sql()));
  }
}
