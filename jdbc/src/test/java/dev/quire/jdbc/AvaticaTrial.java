package dev.quire.jdbc;

import dev.quire.chain.OnExceed;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.References;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Measures the driver beside Avatica with a Meta of its own over the same engine; the figures of
 * docs/decisions/0008-jdbc-surface.md. Not a test: run its main method with the test class path of
 * this module.
 */
final class AvaticaTrial {
  private static final int ROUNDS = 61;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String SQL = "SELECT id FROM items";

  private AvaticaTrial() {}

  public static void main(String[] arguments) throws Exception {
    firstRows();
    for (Surface surface : Surface.values()) {
      stalled(surface, "cancel while a page is awaited", 0, Statement::cancel);
      stalled(surface, "setQueryTimeout(1) while a page is awaited", 1, statement -> {});
      planning(surface);
      partial(surface);
      broken(surface);
    }
    System.exit(0);
  }

  /** Whose classes the caller sees. */
  private enum Surface {
    OWN,
    AVATICA;

    Connection connect(Pages pages) throws SQLException {
      return this == OWN ? pages.connect() : avatica(pages, StatementOptions.DEFAULT);
    }

    Connection connectForOneCall(Pages pages) throws SQLException {
      return this == OWN
          ? pages.connect(";max_calls=1;on_exceed=partial")
          : avatica(pages, StatementOptions.DEFAULT.withMaxCalls(1).withOnExceed(OnExceed.PARTIAL));
    }

    private static Connection avatica(Pages pages, StatementOptions options) throws SQLException {
      return new TrialDriver(pages, options).connect("jdbc:trial:", new Properties());
    }
  }

  private static void say(Surface surface, String what, Object found) {
    System.out.println(surface + ", " + what + ": " + found);
  }

  private static long millisSince(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  /** In turns, over the same service; the first half of the rounds warms up. */
  private static void firstRows() throws SQLException {
    Map<Surface, List<Long>> micros = new EnumMap<>(Surface.class);
    try (Pages pages = new Pages(1_000_000, 100);
        Connection own = Surface.OWN.connect(pages);
        Connection avatica = Surface.AVATICA.connect(pages)) {
      for (int round = 0; round < 2 * ROUNDS; round++) {
        for (Surface surface : Surface.values()) {
          long took = firstRow(surface == Surface.OWN ? own : avatica);
          if (round >= ROUNDS) {
            micros.computeIfAbsent(surface, key -> new ArrayList<>()).add(took);
          }
        }
      }
    }
    for (Surface surface : Surface.values()) {
      micros.get(surface).sort(null);
      say(surface, "first row of a million, median µs", micros.get(surface).get(ROUNDS / 2));
    }
  }

  private static long firstRow(Connection connection) throws SQLException {
    long began = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL)) {
      rows.next();
      return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }
  }

  /** Something that is done to a statement from another thread. */
  private interface Deed {
    void to(Statement statement) throws SQLException;
  }

  /** How long a reader waits that hangs in its second page. */
  private static void stalled(Surface surface, String what, int timeout, Deed deed)
      throws Exception {
    try (Pages pages = new Pages(1_000_000, 100)) {
      pages.answering(request -> Pages.token(request) == 0 ? pages.page(request) : Reply.stall());
      Connection connection = surface.connect(pages);
      Statement statement = connection.createStatement();
      statement.setQueryTimeout(timeout);
      ResultSet rows = statement.executeQuery(SQL);
      FutureTask<Integer> reading = inBackground(() -> count(rows));
      pages.api().awaitStalled(1);
      long began = System.nanoTime();
      FutureTask<?> done =
          inBackground(
              () -> {
                deed.to(statement);
                return 0;
              });
      say(surface, what + ", the reader", end(reading) + " after " + millisSince(began) + " ms");
      done.cancel(true);
    }
  }

  private static void planning(Surface surface) throws Exception {
    try (Pages pages = new Pages(10, 10)) {
      pages.api().on("/odata/$metadata", request -> Reply.stall());
      Connection connection = surface.connect(pages);
      Statement statement = connection.createStatement();
      FutureTask<ResultSet> planning = inBackground(() -> statement.executeQuery(SQL));
      pages.api().awaitStalled(1);
      long began = System.nanoTime();
      FutureTask<Integer> cancelling =
          inBackground(
              () -> {
                statement.cancel();
                return 0;
              });
      String cancel = end(cancelling) + " after " + millisSince(began) + " ms";
      say(surface, "cancel while the plan is made, cancel itself", cancel);
      say(surface, "cancel while the plan is made, the statement", end(planning));
    }
  }

  private static void partial(Surface surface) throws SQLException {
    try (Pages pages = new Pages(1_000, 100);
        Connection connection = surface.connectForOneCall(pages);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL)) {
      int count = count(rows);
      say(surface, "a partial result", count + " rows, warnings: " + rows.getWarnings());
    }
  }

  private static void broken(Surface surface) throws Exception {
    try (Pages pages = new Pages(1_000, 100)) {
      pages.answering(
          request -> Pages.token(request) == 0 ? pages.page(request) : Reply.resetWithoutAnswer());
      ResultSet rows = surface.connect(pages).createStatement().executeQuery(SQL);
      say(surface, "a connection that breaks in page 2", end(inBackground(() -> count(rows))));
    }
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  private static <T> FutureTask<T> inBackground(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "trial");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static String end(FutureTask<?> task) throws InterruptedException {
    try {
      return "returned " + task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "still waits";
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      String state = thrown instanceof SQLException sql ? ", SQLSTATE " + sql.getSQLState() : "";
      return "threw " + thrown.getClass().getSimpleName() + state;
    }
  }

  /** Avatica's surface over an engine. */
  private static final class TrialDriver extends UnregisteredDriver {
    private final Engine engine;
    private final StatementOptions options;

    TrialDriver(Pages pages, StatementOptions options) {
      Map<String, String> keys =
          Map.of("type", "odata", "url", pages.service(), "http.attempts", "1");
      Configuration configuration =
          Configuration.of(Map.of("s", keys), References.in(Path.of("").toAbsolutePath()));
      engine = Engine.open(configuration, ConnectorContext.system());
      this.options = options.withSchema("s");
    }

    @Override
    protected DriverVersion createDriverVersion() {
      return new DriverVersion("trial", "0", "trial", "0", true, 0, 0, 0, 0);
    }

    @Override
    protected String getConnectStringPrefix() {
      return "jdbc:trial:";
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
      return new EngineMeta(connection, engine, options);
    }
  }

  /** Gives Avatica the rows one by one, which is the shortest way that it has. */
  private static final class EngineMeta extends MetaImpl {
    private final Engine engine;
    private final StatementOptions options;
    private final Map<Integer, Result> running = new ConcurrentHashMap<>();

    EngineMeta(AvaticaConnection connection, Engine engine, StatementOptions options) {
      super(connection);
      this.engine = engine;
      this.options = options;
    }

    @Override
    public ExecuteResult prepareAndExecute(
        StatementHandle handle, String sql, long most, int mostInFrame, PrepareCallback callback) {
      Result result = engine.query(sql, options);
      running.put(handle.id, result);
      List<ColumnMetaData> columns =
          List.of(
              MetaImpl.columnMetaData(
                  result.columns().get(0).name(),
                  0,
                  ColumnMetaData.scalar(Types.INTEGER, "INTEGER", ColumnMetaData.Rep.INTEGER),
                  false));
      Signature signature =
          Signature.create(columns, sql, List.of(), CursorFactory.ARRAY, StatementType.SELECT);
      try {
        synchronized (callback.getMonitor()) {
          callback.clear();
          callback.assign(signature, null, -1);
        }
        callback.execute();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return new ExecuteResult(
          List.of(MetaResultSet.create(handle.connectionId, handle.id, false, signature, null)));
    }

    @Override
    public Iterable<Object> createIterable(
        StatementHandle handle,
        QueryState state,
        Signature signature,
        List<TypedValue> parameters,
        Frame firstFrame) {
      Result result = running.get(handle.id);
      return () -> new RowIterator(result);
    }

    @Override
    public void closeStatement(StatementHandle handle) {
      Result result = running.remove(handle.id);
      if (result != null) {
        result.close();
      }
    }

    @Override
    public ExecuteResult prepareAndExecute(
        StatementHandle handle, String sql, long most, PrepareCallback callback) {
      return prepareAndExecute(handle, sql, most, 0, callback);
    }

    @Override
    public StatementHandle prepare(ConnectionHandle connection, String sql, long most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> sql) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> values) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Frame fetch(StatementHandle handle, long offset, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> values, long most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> values, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean syncResults(StatementHandle handle, QueryState state, long offset) {
      return false;
    }

    @Override
    public void commit(ConnectionHandle connection) {}

    @Override
    public void rollback(ConnectionHandle connection) {}
  }

  /** The rows of a result. One thread. */
  private static final class RowIterator implements Iterator<Object> {
    private final Result result;
    private Object @Nullable [] row;

    RowIterator(Result result) {
      this.result = result;
    }

    @Override
    public boolean hasNext() {
      if (row == null) {
        row = result.next();
      }
      return row != null;
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object[] given = row.clone();
      row = null;
      return given;
    }
  }
}
