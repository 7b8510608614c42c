package dev.quire.rest;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.chain.StatementContext;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An API that a test plays, and its description. One thread at a time. */
final class Api implements AutoCloseable {
  private final FakeApi fake = FakeApi.start();
  private final FakeClock clock = FakeClock.start();
  private final Source source;
  final StatementContext statement =
      new StatementContext(clock, StatementContext.Limits.NONE, report -> {});

  /**
   * @param spec its text; URL is replaced by the server's
   */
  Api(Path folder, String spec, java.util.function.Function<ReceivedRequest, Reply> answers) {
    this(folder, spec, Map.of(), answers);
  }

  /**
   * @param settings of the source, besides
   */
  Api(
      Path folder,
      String spec,
      Map<String, String> settings,
      java.util.function.Function<ReceivedRequest, Reply> answers) {
    fake.on(answers);
    Path file = RestConformance.file(folder, spec.replace("URL", fake.url("")));
    Map<String, String> all = new HashMap<>(settings);
    all.put("spec", file.toString());
    source = open(all);
  }

  /**
   * @param shipped the name of a spec that Quire brings
   * @param settings of the source, besides
   */
  Api(
      String shipped,
      Map<String, String> settings,
      java.util.function.Function<ReceivedRequest, Reply> answers) {
    fake.on(answers);
    Map<String, String> all = new HashMap<>(settings);
    all.put("spec", shipped);
    all.put("url", fake.url(""));
    source = open(all);
  }

  private Source open(Map<String, String> settings) {
    return new RestConnector().open(SourceConfig.of("svc", settings), clock.context());
  }

  /** The condition that a column has a value. */
  static Expression is(String column, Object value) {
    DataType type = value instanceof String ? DataType.VARCHAR : DataType.BIGINT;
    return new Call(Function.EQ, List.of(new ColumnRef(column, type), new Constant(value, type)));
  }

  String url(String path) {
    return fake.url(path);
  }

  Table table(String name) {
    return source.findTable(TableName.of(name), statement).orElseThrow();
  }

  /** All rows of the columns under the filters, as texts. */
  List<List<String>> read(String table, List<String> columns, Expression... filters) {
    return read(table, columns, OptionalLong.empty(), filters);
  }

  List<List<String>> read(
      String table, List<String> columns, OptionalLong limit, Expression... filters) {
    Table opened = table(table);
    Pushdown answer =
        opened.pushDown(ScanRequest.of(columns).withFilters(List.of(filters)).withLimit(limit));
    List<List<String>> rows = new ArrayList<>();
    for (Split split : opened.splits(answer.accepted(), 1, statement)) {
      rows.addAll(rows(opened, split));
    }
    return rows;
  }

  private static List<String> texts(@Nullable Object[] row) {
    return Arrays.stream(row).map(String::valueOf).toList();
  }

  /** The chain of a scan's only split. */
  PageChain chain(String table, List<String> columns, Expression... filters) {
    return chain(table, Checkpoint.START, columns, filters);
  }

  PageChain chain(String table, Checkpoint start, List<String> columns, Expression... filters) {
    Table opened = table(table);
    return chain(
        opened, opened.splits(accepted(opened, columns, filters), 1, statement).get(0), start);
  }

  /** The parts of a scan that could be read side by side. */
  List<Split> splits(Table opened, int wanted, List<String> columns, Expression... filters) {
    return opened.splits(accepted(opened, columns, filters), wanted, statement);
  }

  /** All rows of a part, as texts. */
  List<List<String>> rows(Table opened, Split split) {
    List<List<String>> rows = new ArrayList<>();
    try (PageChain chain = chain(opened, split, Checkpoint.START)) {
      for (var page = chain.next(); page != null; page = chain.next()) {
        page.forEach(row -> rows.add(texts(row)));
      }
    }
    return rows;
  }

  private static ScanRequest accepted(Table opened, List<String> columns, Expression... filters) {
    return opened.pushDown(ScanRequest.of(columns).withFilters(List.of(filters))).accepted();
  }

  private PageChain chain(Table opened, Split split, Checkpoint start) {
    return new PageChain(
        opened,
        split,
        statement,
        start,
        Demand.UNCERTAIN,
        Runnable::run,
        "svc." + opened.schema().name());
  }

  /** How long was waited so far. */
  Duration slept() {
    return clock.elapsed();
  }

  /** The requests as they came. */
  List<ReceivedRequest> received() {
    return fake.requests();
  }

  /** What was asked so far: method, target and body. */
  List<String> requests() {
    return fake.requests().stream()
        .map(
            each ->
                each.method()
                    + " "
                    + each.target()
                    + (each.text().isEmpty() ? "" : " " + each.text()))
        .toList();
  }

  @Override
  public void close() {
    source.close();
    fake.close();
  }
}
