package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.BudgetState;
import dev.quire.chain.OnExceed;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets from the configuration file to the socket: twelve rows in four pages. */
class BudgetsTest {
  private static final String ALL = "SELECT id FROM s.items";
  private static final Duration UNTIL_MIDNIGHT =
      Duration.ofHours(20).plusMinutes(55).plusSeconds(55);

  @TempDir Path folder;
  private final ItemsService service = new ItemsService(12, 3);
  private final FakeClock clock = FakeClock.start();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void what_the_day_has_not_is_waited_for_until_the_next() {
    try (Engine engine = engine("calls_per_day: 3, on_exceed: wait");
        Result result = engine.query(ALL, StatementOptions.DEFAULT)) {
      assertThat(Statements.drain(result)).hasSize(12);
      assertThat(result.verdict().complete()).isTrue();
      assertThat(clock.elapsed()).isEqualTo(UNTIL_MIDNIGHT);
      assertThat(Collections.max(clock.sleeps())).isEqualTo(Duration.ofMinutes(1));
      assertThat(result.usage().budgets())
          .containsExactly(new BudgetState("s", "calls per day", 3, 1));
    }
  }

  @Test
  void engines_that_share_the_folder_share_the_day() {
    try (Engine one = engine("calls_per_day: 5");
        Engine other = engine("calls_per_day: 5, on_exceed: partial")) {
      assertThat(rows(one)).hasSize(12);
      try (Result result = other.query(ALL, StatementOptions.DEFAULT)) {
        assertThat(Statements.drain(result)).hasSize(3);
        assertThat(result.verdict().reason())
            .contains(
                "s.items, page 2, after 3 rows: the day's 5 calls for s are used up, and more would"
                    + " be needed; 3 rows were read, and how many are left is not known");
      }
      assertThatThrownBy(() -> rows(one))
          .hasMessageContaining("the day's 5 calls for s are used up")
          .hasMessageContaining("there again in 20.9 h");
    }
  }

  @Test
  void a_wait_that_would_pass_the_time_is_not_begun() {
    try (Engine engine = engine("calls_per_day: 2, on_exceed: wait")) {
      StatementOptions options = StatementOptions.DEFAULT.withTimeout(Duration.ofHours(1));
      assertThatThrownBy(() -> Statements.drain(engine.query(ALL, options)))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.DEADLINE_EXCEEDED))
          .hasMessageContaining("the day's 2 calls for s are used up")
          .hasMessageContaining("next attempt would be in 20.9 h");
      assertThat(clock.elapsed()).isZero();
    }
  }

  @Test
  void a_wait_for_the_next_day_is_shown_and_can_be_cancelled() throws Exception {
    FakeClock standing = FakeClock.blocking();
    try (Engine engine = engine("calls_per_day: 1, on_exceed: wait", standing);
        Result result = engine.query("SELECT id FROM s.items LIMIT 6", StatementOptions.DEFAULT)) {
      for (int i = 0; i < 3; i++) {
        result.next();
      }
      CompletableFuture<Object> rest = CompletableFuture.supplyAsync(result::next);
      standing.awaitSleepers(1);
      assertThat(result.progress().waiting().orElseThrow().reason())
          .isEqualTo("the day's one call for s is used up");
      assertThat(result.progress().waiting().orElseThrow().left()).isEqualTo(UNTIL_MIDNIGHT);
      result.cancel();
      assertThatThrownBy(() -> rest.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    }
    assertThat(service.dataRequests()).hasSize(1);
  }

  @Test
  void a_budget_of_rows_read_stops_after_the_page_that_uses_it_up() {
    try (Engine engine = engine("rows: 4, on_exceed: partial");
        Result result = engine.query(ALL, StatementOptions.DEFAULT)) {
      assertThat(Statements.drain(result)).hasSize(6);
      assertThat(result.verdict().reason().orElseThrow()).contains("for s of 4 rows");
    }
    assertThat(service.dataRequests()).hasSize(2);
  }

  @Test
  void a_budget_of_a_results_rows_is_no_limit() {
    try (Engine engine = engine("calls: 1000")) {
      StatementOptions seven = StatementOptions.DEFAULT.withRowBudget(7);
      assertThatThrownBy(() -> Statements.drain(engine.query(ALL, seven)))
          .hasMessageContaining("budget of 7 rows is used up, and there are more");
      assertThat(service.dataRequests()).hasSize(3);
      try (Result result = engine.query(ALL, seven.withOnExceed(OnExceed.PARTIAL))) {
        assertThat(Statements.drain(result)).hasSize(7);
        assertThat(result.verdict().complete()).isFalse();
      }
      try (Result result = engine.query(ALL + " LIMIT 7", seven)) {
        assertThat(Statements.drain(result)).hasSize(7);
        assertThat(result.verdict().complete()).isTrue();
      }
      try (Result result = engine.query(ALL, StatementOptions.DEFAULT.withRowBudget(12))) {
        assertThat(Statements.drain(result)).hasSize(12);
        assertThat(result.verdict().complete()).isTrue();
      }
    }
  }

  /** Two sources at a service that says how many rows there are in all. */
  private Configuration counted() throws IOException {
    service
        .api()
        .on(
            "/list",
            request -> {
              int from = request.parameter("offset").map(Integer::parseInt).orElse(0);
              int limit = request.parameter("limit").map(Integer::parseInt).orElse(3);
              String items = ItemsService.items(from, Math.min(12, from + limit));
              return Reply.json("{\"total\":12,\"items\":[" + items + "]}");
            });
    String spec =
        """
        url: %s
        page_size: {parameter: limit, usual: 3, most: 3}
        paging: {style: offset, parameter: offset}
        tables: {items: {path: /list, rows: /items, total: /total, columns: {id: integer}}}
        """
            .formatted(service.api().origin());
    Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
    Map<String, String> rest = Map.of("type", "rest", "spec", file.toString());
    return Configuration.of(Map.of("s", rest, "t", rest));
  }

  @Test
  void a_spent_budget_of_rows_says_how_many_there_are_where_the_service_does() throws IOException {
    StatementOptions seven =
        StatementOptions.DEFAULT.withRowBudget(7).withOnExceed(OnExceed.PARTIAL);
    try (Engine engine = Engine.open(counted(), ConnectorContext.system());
        Result result = engine.query(ALL, seven)) {
      assertThat(Statements.drain(result)).hasSize(7);
      assertThat(result.verdict().reason())
          .contains(
              "the statement's budget of 7 rows is used up, and there are more; 9 of 12 rows were"
                  + " read");
    }
  }

  @Test
  void tables_after_each_other_know_how_far_they_are_once_all_have_said_how_many_rows_they_have()
      throws IOException {
    try (Engine engine = Engine.open(counted(), ConnectorContext.system());
        Result result =
            engine.query(ALL + " UNION ALL SELECT id FROM t.items", StatementOptions.DEFAULT)) {
      result.next();
      assertThat(result.progress().share()).isEmpty();
      for (int i = 1; i < 13; i++) {
        result.next();
      }
      assertThat(result.progress().share()).hasValue(15 / 24.0);
      assertThat(Statements.drain(result)).hasSize(11);
      assertThat(result.progress().share()).hasValue(1);
    }
  }

  @Test
  void at_the_deadline_the_rows_of_the_whole_pages_are_the_result() {
    StatementOptions options = hurried().withOnExceed(OnExceed.ERROR);
    try (Engine engine = engine("calls: 1000");
        Result result = engine.query(ALL, options)) {
      assertThat(Statements.drain(result)).hasSize(6);
      assertThat(result.verdict().reason())
          .contains(
              "s.items, page 3, after 6 rows: the deadline of 15 s has come; 6 rows were read, and"
                  + " how many are left is not known");
    }
    assertThat(service.dataRequests()).hasSize(2);
  }

  @Test
  void at_the_deadline_a_sum_is_an_error() {
    try (Engine engine = engine("calls: 1000")) {
      assertThatThrownBy(
              () -> Statements.drain(engine.query("SELECT SUM(price) FROM s.items", hurried())))
          .hasMessageContaining("the deadline of 15 s has come; there is no partial result");
    }
  }

  @Test
  void a_limit_that_is_no_limit_is_a_fault_of_the_configuration() {
    try (Engine engine = engine("time: fast")) {
      assertThatThrownBy(() -> rows(engine))
          .hasMessageContaining("quire.yaml:2: 'time' must be a time");
    }
    try (Engine engine = engine("call: 3")) {
      assertThatThrownBy(() -> rows(engine)).hasMessageContaining("Did you mean 'limits.calls'");
    }
  }

  /** A deadline after 15 s, where every answer takes 10. */
  private StatementOptions hurried() {
    return StatementOptions.DEFAULT
        .withDeadline(Duration.ofSeconds(15))
        .withListener(
            report ->
                clock.advance(
                    report.purpose() == Purpose.DATA ? Duration.ofSeconds(10) : Duration.ZERO));
  }

  private List<List<Object>> rows(Engine engine) {
    try (Result result = engine.query(ALL, StatementOptions.DEFAULT)) {
      return Statements.drain(result);
    }
  }

  private Engine engine(String limits) {
    return engine(limits, clock);
  }

  private Engine engine(String limits, FakeClock time) {
    Path file = folder.resolve("quire.yaml");
    String text =
        "limits: {state_folder: state}\nsources: {s: {type: odata, url: '%s', limits: {%s}}}\n";
    try {
      Files.writeString(file, text.formatted(service.url(), limits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Engine.open(Configuration.read(file, Map.of()), time.context());
  }
}
