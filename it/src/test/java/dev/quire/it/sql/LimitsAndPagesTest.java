package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.chain.OnExceed;
import dev.quire.chain.PageChain;
import dev.quire.chain.StatementContext;
import dev.quire.chain.Verdict;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.testkit.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Group B of the conformance matrix: how many requests a statement makes, and where it stops. */
class LimitsAndPagesTest {

  @Test
  void b1_a_limit_of_one_page_asks_for_one_page() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      assertThat(statements.rows("SELECT id FROM s.items LIMIT 3")).hasSize(3);
      assertThat(service.dataRequests()).hasSize(1);
    }
  }

  @Test
  void b2_a_limit_inside_page_two_asks_for_two_pages() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      assertThat(statements.rows("SELECT id FROM s.items LIMIT 4"))
          .isEqualTo(List.of(List.of(1), List.of(2), List.of(3), List.of(4)));
      assertThat(service.dataRequests()).hasSize(2);
    }
  }

  @Test
  void b3_a_limit_of_zero_asks_for_nothing() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      assertThat(statements.rows("SELECT id FROM s.items LIMIT 0")).isEmpty();
      assertThat(service.dataRequests()).isEmpty();
    }
  }

  @Test
  void b4_a_limit_at_or_above_the_table_makes_no_extra_request() {
    for (int limit : new int[] {12, 13}) {
      try (ItemsService service = new ItemsService(12, 3);
          Statements statements = Statements.over(service.url())) {
        assertThat(statements.rows("SELECT id FROM s.items LIMIT " + limit)).hasSize(12);
        assertThat(service.dataRequests()).hasSize(4);
      }
    }
  }

  @Test
  void b6_a_page_size_above_the_maximum_is_clamped_and_warned_of() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url(), Map.of("profile", "dataverse"));
        Result result =
            statements
                .engine()
                .query("SELECT id FROM s.items", StatementOptions.DEFAULT.withPageSize(50_000))) {
      assertThat(Statements.drain(result)).hasSize(12);
      assertThat(service.dataRequests())
          .allSatisfy(
              request ->
                  assertThat(request.header("Prefer"))
                      .hasValueSatisfying(
                          prefer -> assertThat(prefer).contains("odata.maxpagesize=5000")));
      assertThat(result.warnings()).anySatisfy(warning -> assertThat(warning).contains("5,000"));
    }
  }

  @Test
  void b11_a_scan_resumes_at_the_row_after_the_last_delivered() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      StatementContext context = statements.engine().newContext(StatementOptions.DEFAULT);
      Table table = statements.engine().table("s.items", context);
      Split split = Split.whole(table.schema().name(), ScanRequest.of(List.of("id")));
      Checkpoint stopped;
      try (PageChain chain = chain(table, split, context, Checkpoint.START)) {
        chain.next();
        chain.next();
        stopped = chain.checkpoint(1);
      }
      try (PageChain chain = chain(table, split, context, stopped)) {
        assertThat(chain.next()).extracting(row -> row[0]).containsExactly(5, 6);
        assertThat(chain.next()).extracting(row -> row[0]).containsExactly(7, 8, 9);
      }
    }
  }

  private static PageChain chain(
      Table table, Split split, StatementContext context, Checkpoint start) {
    return new PageChain(table, split, context, start, Demand.UNCERTAIN, Runnable::run, "s.items");
  }

  @Test
  void h38_a_value_given_twice_is_asked_for_once_and_gives_no_row_twice() {
    try (ItemsService service = new ItemsService(12, 12);
        Statements statements = Statements.over(service.url())) {
      service.answering(
          request ->
              Reply.json(
                  "{\"value\":["
                      + ItemsService.items(1, request.query().contains("3") ? 3 : 2)
                      + "]}"));
      assertThat(statements.rows("SELECT id FROM s.items WHERE id IN (2, 2)"))
          .isEqualTo(List.of(List.of(2)));
      assertThat(
              statements.rows(
                  "SELECT id FROM s.items WHERE id IN (SELECT k FROM (VALUES (2), (2), (3)) v (k))"))
          .isEqualTo(List.of(List.of(2), List.of(3)));
      assertThat(service.dataRequests())
          .extracting(request -> request.parameter("$filter").orElseThrow())
          .containsExactly("id eq 2", "(id eq 2 or id eq 3)");
    }
  }

  @Test
  void b14_more_rows_than_asked_for_are_cut_to_the_limit() {
    try (ItemsService service = new ItemsService(30, 10);
        Statements statements = Statements.over(service.url())) {
      assertThat(statements.rows("SELECT id FROM s.items LIMIT 3"))
          .isEqualTo(List.of(List.of(1), List.of(2), List.of(3)));
      assertThat(service.dataRequests()).hasSize(1);
    }
  }

  @Test
  void an_offset_skips_rows_whatever_the_service_makes_of_it() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url(), Map.of("profile", "dataverse"))) {
      assertThat(statements.rows("SELECT id FROM s.items LIMIT 2 OFFSET 4"))
          .isEqualTo(List.of(List.of(5), List.of(6)));
      assertThat(service.dataRequests()).hasSize(2);
      assertThat(service.api().targets()).noneMatch(target -> target.contains("skip="));
    }
  }

  @Test
  void a_statement_without_limit_reads_every_page_once_in_order() {
    try (ItemsService service = new ItemsService(10, 3);
        Statements statements = Statements.over(service.url());
        Result result =
            statements.engine().query("SELECT id FROM s.items", StatementOptions.DEFAULT)) {
      assertThat(Statements.drain(result))
          .isEqualTo(IntStream.rangeClosed(1, 10).mapToObj(i -> List.<Object>of(i)).toList());
      assertThat(service.dataRequests().stream().map(ItemsService::token))
          .containsExactly(0, 3, 6, 9);
      assertThat(result.verdict()).isEqualTo(Verdict.COMPLETE);
      assertThat(result.costs().calls()).isEqualTo(4);
    }
  }

  @Test
  void a_spent_budget_is_an_error_that_says_so() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      assertThatThrownBy(
              () ->
                  statements.rows(
                      "SELECT id FROM s.items", StatementOptions.DEFAULT.withMaxCalls(2)))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BUDGET_EXCEEDED))
          .hasMessageContaining("2 calls");
      assertThat(service.dataRequests()).hasSize(2);
    }
  }

  @Test
  void a_spent_budget_gives_a_partial_verdict_where_that_was_chosen() {
    StatementOptions options =
        StatementOptions.DEFAULT.withMaxCalls(2).withOnExceed(OnExceed.PARTIAL);
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url());
        Result result = statements.engine().query("SELECT id FROM s.items", options)) {
      assertThat(Statements.drain(result)).hasSize(6);
      assertThat(result.verdict().complete()).isFalse();
      assertThat(result.verdict().reason().orElseThrow()).contains("2 calls");
    }
  }

  @Test
  void a_partial_aggregate_is_never_handed_out() {
    StatementOptions options =
        StatementOptions.DEFAULT.withMaxCalls(2).withOnExceed(OnExceed.PARTIAL);
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url());
        Result result = statements.engine().query("SELECT SUM(price) FROM s.items", options)) {
      assertThatThrownBy(result::next).isInstanceOf(SourceException.class);
    }
  }

  @Test
  void a_result_that_failed_or_was_closed_never_looks_as_if_it_had_ended() {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url());
        Result failing =
            statements
                .engine()
                .query("SELECT id FROM s.items", StatementOptions.DEFAULT.withMaxCalls(1));
        Result closed =
            statements.engine().query("SELECT id FROM s.items", StatementOptions.DEFAULT)) {
      assertThatThrownBy(() -> Statements.drain(failing)).isInstanceOf(SourceException.class);
      assertThatThrownBy(failing::next).hasMessageContaining("budget of 1 call");
      assertThat(failing.verdict().complete()).isFalse();
      closed.next();
      closed.close();
      assertThatThrownBy(closed::next).hasMessageContaining("closed");
      assertThat(closed.verdict().complete()).isFalse();
    }
  }

  @Test
  void cancel_aborts_the_request_in_flight() throws Exception {
    try (ItemsService service = new ItemsService(12, 3);
        Statements statements = Statements.over(service.url())) {
      service.answering(
          request -> ItemsService.token(request) == 0 ? service.page(0) : Reply.stall());
      try (Result result =
          statements.engine().query("SELECT id FROM s.items", StatementOptions.DEFAULT)) {
        assertThat(result.next()).isNotNull();
        service.api().awaitStalled(1);
        Thread canceller = new Thread(result::cancel);
        canceller.start();
        assertThatThrownBy(() -> Statements.drain(result))
            .isInstanceOfSatisfying(
                SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
        canceller.join();
        service.api().awaitAbandoned(1);
      }
    }
  }
}
