package dev.quire.it.sql;

import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import dev.quire.testkit.FakeClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs statements over one OData source named {@code s}, with a clock that nobody waits for. */
final class Statements implements AutoCloseable {
  private final Engine engine;

  private Statements(Engine engine) {
    this.engine = engine;
  }

  static Statements over(String url) {
    return over(url, Map.of());
  }

  static Statements over(String url, Map<String, String> more) {
    return over(url, more, FakeClock.start().context());
  }

  static Statements over(String url, Map<String, String> more, ConnectorContext context) {
    Map<String, String> source = new HashMap<>(Map.of("type", "odata", "url", url));
    source.putAll(more);
    return new Statements(Engine.open(Configuration.of(Map.of("s", source)), context));
  }

  Engine engine() {
    return engine;
  }

  List<List<Object>> rows(String sql) {
    return rows(sql, StatementOptions.DEFAULT);
  }

  List<List<Object>> rows(String sql, StatementOptions options) {
    try (Result result = engine.query(sql, options)) {
      return drain(result);
    }
  }

  /** The warnings of a statement that was read to its end. */
  List<String> warnings(String sql) {
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      drain(result);
      return result.warnings();
    }
  }

  static List<List<Object>> drain(Result result) {
    List<List<Object>> rows = new ArrayList<>();
    for (Object[] row = result.next(); row != null; row = result.next()) {
      rows.add(Arrays.asList(row));
    }
    return rows;
  }

  @Override
  public void close() {
    engine.close();
  }
}
