package dev.quire.thirdparty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Verdict;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Quota;
import dev.quire.spi.RequestReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a whole statement from a REST source. */
final class RestReading {
  private RestReading() {}

  /**
   * What was read.
   *
   * @param column the first column's values
   * @param requests one line each
   * @param quotas what the service said of them
   * @param warnings of the statement
   */
  record Answer(
      List<String> column, List<String> requests, List<Quota> quotas, List<String> warnings) {}

  /**
   * @param settings of the source {@code svc}
   */
  static Answer read(Map<String, String> settings, String sql) throws Exception {
    return read(settings, sql, ConnectorContext.system());
  }

  static Answer read(Map<String, String> settings, String sql, ConnectorContext context)
      throws Exception {
    Map<String, String> source = new HashMap<>(settings);
    source.put("type", "rest");
    List<String> requests = Collections.synchronizedList(new ArrayList<>());
    StatementOptions options =
        StatementOptions.DEFAULT.withListener(report -> note(report, requests));
    try (Engine engine = Engine.open(Configuration.of(Map.of("svc", source)), context);
        Result result = engine.query(sql, options)) {
      List<String> column = new ArrayList<>();
      for (Object[] row = result.next(); row != null; row = result.next()) {
        column.add(String.valueOf(row[0]));
      }
      assertThat(result.verdict()).isEqualTo(Verdict.COMPLETE);
      List<Quota> quotas =
          result.usage().sources().stream().flatMap(each -> each.quotas().stream()).toList();
      return new Answer(column, List.copyOf(requests), quotas, result.warnings());
    }
  }

  private static void note(RequestReport report, List<String> requests) {
    if (report.purpose() == Purpose.DATA) {
      requests.add(report.method() + " " + report.url());
    }
  }
}
