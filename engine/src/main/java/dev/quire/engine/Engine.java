package dev.quire.engine;

import dev.quire.chain.StatementContext;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.plan.Planner;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sources and SQL over them. Opening it sends nothing; a source is opened, and its references
 * resolved, when a statement first names it. Thread-safe: statements run side by side.
 */
public interface Engine extends AutoCloseable {

  /** Opens the engine over the connectors on the class path. */
  static Engine open(Configuration configuration, ConnectorContext context) {
    return new QuireEngine(configuration, context, Connectors.onClassPath());
  }

  /**
   * Runs a statement over no configured source, so that what statements need is loaded before the
   * first is there. Sends nothing.
   *
   * @param simple whether that will be one of which {@link #isSimple} is true, which need much less
   */
  static void rehearse(boolean simple) {
    ConnectorContext alone = ConnectorContext.system().withCache(Optional.empty());
    String table = simple ? "sys.statements" : "sys.statements s";
    String sql = "SELECT id, text FROM " + table + " WHERE reason = 'x' LIMIT 5";
    try (Engine engine = new QuireEngine(Configuration.of(Map.of()), alone, Map.of());
        Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      result.next();
    }
  }

  /**
   * Whether a text is a statement that selects columns of one table and is planned without the
   * grammar of SQL. It may still turn out to need that.
   */
  static boolean isSimple(String sql) {
    return Planner.isSimple(sql);
  }

  /** The connectors on the class path, by their type. */
  static List<Connector> connectors() {
    return List.copyOf(Connectors.onClassPath().all());
  }

  /** The configured source names, in the file's order. */
  List<String> sourceNames();

  /**
   * A source by its name in any case.
   *
   * @throws dev.quire.spi.SourceException UNKNOWN_NAME with the nearest names
   */
  Source source(String name);

  /**
   * A table by its qualified name as in SQL: {@code crm.accounts}; case and quotes as in a
   * statement.
   *
   * @throws dev.quire.spi.SourceException UNKNOWN_NAME with the nearest names
   */
  Table table(String qualifiedName, StatementContext context);

  /**
   * Plans and starts a statement. A statement that begins with EXPLAIN gives the explanation as
   * rows of one text column.
   *
   * @throws dev.quire.spi.SourceException SYNTAX with a caret under the place, UNKNOWN_NAME,
   *     INVALID_STATEMENT, …
   */
  Result query(String sql, StatementOptions options);

  /**
   * Says what a statement would give and what parameters it takes. Its parameters need no values;
   * no row is read.
   *
   * @throws dev.quire.spi.SourceException as {@link #query} does
   */
  PreparedQuery prepare(String sql, StatementOptions options);

  /** Plans a statement and says what it would do; may ask a source for a count. */
  Explanation explain(String sql, StatementOptions options);

  /** A context for calls outside statements, for example {@code quire tables}. */
  StatementContext newContext(StatementOptions options);

  /** The sources that were opened so far. */
  List<Source> openSources();

  /** Closes all sources; running statements fail with CANCELLED. */
  @Override
  void close();
}
