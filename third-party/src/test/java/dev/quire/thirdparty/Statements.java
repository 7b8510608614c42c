package dev.quire.thirdparty;

import dev.quire.chain.Costs;
import dev.quire.chain.Verdict;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.config.Configuration.ConfiguredLimits;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs statements over one OData source that is called {@code shop}. One thread at a time. */
final class Statements implements AutoCloseable {
  /** What came of a statement that went well. */
  record Answer(
      List<List<@Nullable Object>> rows,
      Verdict verdict,
      Costs costs,
      List<RequestReport> requests) {

    List<@Nullable Object> column(int index) {
      List<@Nullable Object> values = new ArrayList<>();
      rows.forEach(row -> values.add(row.get(index)));
      return values;
    }
  }

  private final Engine engine;

  private Statements(Engine engine) {
    this.engine = engine;
  }

  /**
   * Opens an engine.
   *
   * @param keys of the source besides its url: name, value, name, value
   */
  static Statements over(String url, ConnectorContext context, String... keys) {
    Map<String, String> values = new TreeMap<>(Map.of("url", url));
    for (int i = 0; i < keys.length; i += 2) {
      values.put(keys[i], keys[i + 1]);
    }
    Configuration configuration =
        new Configuration(
            Map.of("shop", SourceConfig.of("shop", values)),
            Map.of("shop", "odata"),
            ConfiguredLimits.NONE);
    return new Statements(Engine.open(configuration, context));
  }

  Answer run(String sql) {
    return run(sql, StatementOptions.DEFAULT);
  }

  Answer run(String sql, StatementOptions options) {
    List<RequestReport> requests = new ArrayList<>();
    StatementOptions listening =
        options.withListener(
            report -> {
              if (report.purpose() == Purpose.DATA) {
                requests.add(report);
              }
            });
    try (Result result = engine.query(sql, listening)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (Object[] row = result.next(); row != null; row = result.next()) {
        rows.add(Arrays.asList(row.clone()));
      }
      return new Answer(rows, result.verdict(), result.costs(), List.copyOf(requests));
    }
  }

  /** What the statement does, as EXPLAIN says it. */
  String plan(String sql) {
    return engine.explain(sql, StatementOptions.DEFAULT).text();
  }

  @Override
  public void close() {
    engine.close();
  }
}
