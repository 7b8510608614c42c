package dev.quire.jdbc;

import dev.quire.engine.Cancellation;
import dev.quire.engine.Engine;
import dev.quire.engine.PreparedQuery;
import dev.quire.engine.StatementOptions;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection: a lease of an engine and what was said about its statements. There are no
 * transactions, so a commit does nothing. Thread-safe; statements of it run side by side.
 */
final class QuireConnection implements Connection {
  private final SharedEngines.Lease lease;
  private final ConnectionSettings settings;
  private final Set<QuireStatement> statements = ConcurrentHashMap.newKeySet();
  private final Set<Cancellation> questions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Optional<String> schema;
  private volatile boolean readOnly = true;
  private volatile boolean autoCommit = true;

  /**
   * @throws SQLException if the schema of the settings does not exist
   */
  QuireConnection(SharedEngines.Lease lease, ConnectionSettings settings) throws SQLException {
    this.lease = lease;
    this.settings = settings;
    this.schema = Optional.empty();
    if (settings.schema().isPresent()) {
      setSchema(settings.schema().get());
    }
  }

  ConnectionSettings settings() {
    return settings;
  }

  Engine engine() {
    return lease.engine();
  }

  /** A question that is no statement, such as one for metadata. */
  interface Question<T> {
    T ask(StatementOptions options);
  }

  /** Asks; a close of the connection aborts it. */
  <T> T asking(Question<T> question) throws SQLException {
    checkOpen();
    Cancellation cancellation = new Cancellation();
    questions.add(cancellation);
    try {
      if (closed.get()) {
        cancellation.cancel();
      }
      StatementOptions options = options().withCancellation(cancellation);
      return SqlErrors.translating(() -> question.ask(options));
    } finally {
      questions.remove(cancellation);
    }
  }

  void checkOpen() throws SQLException {
    if (closed.get()) {
      throw SqlErrors.closed("connection");
    }
  }

  /** How statements of this connection are run. */
  StatementOptions options() {
    StatementOptions options = settings.options();
    return schema.isPresent() ? options.withSchema(schema.get()) : options;
  }

  private <S extends QuireStatement> S opened(S statement) throws SQLException {
    statements.add(statement);
    if (closed.get()) {
      statement.close();
      checkOpen();
    }
    return statement;
  }

  /** How many statements were made and not closed. */
  int openStatements() {
    return statements.size();
  }

  void statementClosed(QuireStatement statement) {
    statements.remove(statement);
  }

  @Override
  public Statement createStatement() throws SQLException {
    checkOpen();
    return opened(new QuireStatement(this));
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    checkKind(type, concurrency);
    return createStatement();
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    checkKind(type, concurrency);
    return createStatement();
  }

  private static void checkKind(int type, int concurrency) throws SQLException {
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw SqlErrors.unsupported(
          "results are TYPE_FORWARD_ONLY and CONCUR_READ_ONLY: they come page by page");
    }
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlErrors.wrongArgument("there is no statement");
    }
    PreparedQuery prepared = asking(options -> engine().prepare(sql, options));
    return opened(new QuirePreparedStatement(this, sql, prepared));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    checkKind(type, concurrency);
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkKind(type, concurrency);
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    if (keys != Statement.NO_GENERATED_KEYS) {
      throw QuireStatement.noKeys();
    }
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    throw QuireStatement.noKeys();
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    throw QuireStatement.noKeys();
  }

  private static SQLException noProcedures() {
    return SqlErrors.unsupported("there are no procedures to call");
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    throw noProcedures();
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw noProcedures();
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw noProcedures();
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return sql;
  }

  @Override
  public void setAutoCommit(boolean wanted) throws SQLException {
    checkOpen();
    autoCommit = wanted;
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return autoCommit;
  }

  @Override
  public void commit() throws SQLException {
    checkOpen();
  }

  @Override
  public void rollback() throws SQLException {
    checkOpen();
  }

  private static SQLException noSavepoints() {
    return SqlErrors.unsupported("there are no transactions, and so no savepoints");
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    throw noSavepoints();
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    throw noSavepoints();
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    throw noSavepoints();
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    throw noSavepoints();
  }

  /** Closes the statements, aborting what they have in flight. May be repeated, from any thread. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  private void release() {
    questions.forEach(Cancellation::cancel);
    List.copyOf(statements).forEach(QuireStatement::close);
    lease.close();
  }

  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.wrongArgument("abort needs an executor");
    }
    if (closed.compareAndSet(false, true)) {
      List.copyOf(statements).forEach(QuireStatement::abort);
      executor.execute(this::release);
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public boolean isValid(int seconds) throws SQLException {
    QuireStatement.notNegative(seconds, "a timeout");
    return !closed.get();
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return new QuireDatabaseMetaData(this);
  }

  @Override
  public void setReadOnly(boolean wanted) throws SQLException {
    checkOpen();
    readOnly = wanted;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return readOnly;
  }

  /** Ignored, as JDBC wants it where there are no catalogs. */
  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  /** Where tables without a schema are looked for: a source, or {@code source.namespace}. */
  @Override
  public void setSchema(@Nullable String name) throws SQLException {
    checkOpen();
    if (name == null || name.isEmpty()) {
      schema = Optional.empty();
      return;
    }
    schema = Optional.of(SqlErrors.translating(() -> SchemaName.find(engine(), name)));
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    checkOpen();
    List<String> sources = engine().sourceNames();
    return schema.orElse(sources.size() == 1 ? sources.get(0) : null);
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    if (level != TRANSACTION_NONE) {
      throw SqlErrors.unsupported("there are no transactions; the isolation is TRANSACTION_NONE");
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return TRANSACTION_NONE;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return new HashMap<>();
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    if (!map.isEmpty()) {
      throw SqlErrors.unsupported("there are no user-defined types to map");
    }
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    checkOpen();
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  private static SQLException notMade(String type) {
    return SqlErrors.unsupported("Quire reads; no " + type + " is made for writing");
  }

  @Override
  public Clob createClob() throws SQLException {
    throw notMade("CLOB");
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw notMade("BLOB");
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw notMade("NCLOB");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw notMade("SQLXML");
  }

  @Override
  public Array createArrayOf(String type, Object[] elements) throws SQLException {
    throw notMade("ARRAY");
  }

  @Override
  public Struct createStruct(String type, Object[] attributes) throws SQLException {
    throw notMade("STRUCT");
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (closed.get()) {
      throw new SQLClientInfoException(
          "the connection is closed", Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
    }
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    if (closed.get()) {
      throw new SQLClientInfoException("the connection is closed", Map.of());
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    return new Properties();
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    throw SqlErrors.unsupported(
        "there is no socket of the connection's own; use setQueryTimeout or http.request_timeout");
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return 0;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.as(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public String toString() {
    return "QuireConnection[" + settings.shownUrl() + "]";
  }
}
