package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.spi.ByteForm;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way from the first page to the last. */
abstract class PagingConformance extends ConformanceGround {
  private static final List<FakeRow> ALL = FakeRow.range(1, ROWS);

  @Test
  public final void reads_every_row_once_in_order_with_one_request_a_page() {
    assertReads(chain(), ALL);
    assertThat(tokens()).containsExactly("", tokenOf(2), tokenOf(3), tokenOf(4));
  }

  @Test
  public final void opening_a_source_sends_nothing() {
    source();
    assertThat(api.requests()).isEmpty();
  }

  @Test
  public final void opening_a_scan_and_showing_its_first_request_sends_nothing() {
    Table table = table();
    PageFetcher fetcher = table.open(whole(table), statement);
    RequestPreview preview = fetcher.firstRequest();
    chain(table, Demand.ALL, Checkpoint.START);
    assertThat(rowRequests()).isEmpty();
    assertNoSecret(preview.toString());

    fetcher.fetch(Optional.empty());
    ReceivedRequest sent = rowRequests().get(0);
    assertThat(preview.method()).isEqualTo(sent.method());
    assertThat(preview.url()).startsWith(api.url(sent.path()));
  }

  @Test
  public final void an_empty_page_with_a_next_is_not_the_end() {
    behaviour =
        visit ->
            visit.page() == 2 || visit.page() == 3
                ? remote().page(List.of(), Next.token(tokenOf(visit.page() + 1)))
                : visit.normal();
    List<FakeRow> expected = new ArrayList<>(rowsOf(1));
    expected.addAll(rowsOf(4));
    assertReads(chain(), expected);
    assertThat(rowRequests()).hasSize(PAGES);
  }

  @Test
  public final void an_empty_first_page_and_an_empty_last_page_are_no_surprise() {
    behaviour =
        visit ->
            switch (visit.page()) {
              case 1 -> remote().page(List.of(), Next.token(tokenOf(2)));
              case 2 -> remote().page(rowsOf(2), Next.token(tokenOf(4)));
              default -> remote().page(List.of(), Next.END);
            };
    assertReads(chain(), rowsOf(2));
  }

  @Test
  public final void a_table_without_rows_has_none() {
    behaviour = visit -> remote().page(List.of(), Next.END);
    assertReads(chain(), List.of());
    assertThat(rowRequests()).hasSize(1);
  }

  @Test
  public final void a_page_shorter_than_the_others_is_not_the_end() {
    behaviour =
        visit ->
            visit.page() == 2
                ? remote().page(rowsOf(2).subList(0, 1), Next.token(tokenOf(3)))
                : visit.normal();
    assertThat(readAll(chain())).hasSize(ROWS - 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Next.Kind.class,
      names = {"ABSENT", "NULL", "EMPTY"})
  public final void a_next_that_is_absent_or_null_or_empty_is_the_end(Next.Kind how) {
    behaviour = visit -> remote().page(rowsOf(1), Next.end(how));
    assertReads(chain(), rowsOf(1));
    assertThat(tokens()).containsExactly("");
  }

  @Test
  public final void a_token_twice_running_is_a_loop_after_two_requests() {
    behaviour = visit -> remote().page(rowsOf(visit.page()), Next.token(tokenOf(2)));
    PageChain chain = chain();
    chain.next();
    assertFails(chain, ErrorKind.LOOP);
    assertThat(tokens()).containsExactly("", tokenOf(2));
  }

  @Test
  public final void a_cycle_of_tokens_is_a_loop_at_its_first_repetition() {
    behaviour =
        visit ->
            remote().page(rowsOf(visit.page()), Next.token(tokenOf(visit.page() == 2 ? 3 : 2)));
    PageChain chain = chain();
    chain.next();
    chain.next();
    assertFails(chain, ErrorKind.LOOP);
    assertThat(tokens()).containsExactly("", tokenOf(2), tokenOf(3));
  }

  @Test
  public final void asks_for_no_page_that_is_not_needed() {
    PageChain chain = chain();
    chain.next();
    assertThat(rowRequests()).hasSize(1);
    chain.close();

    Table table = table();
    PageChain two = chain(table, Demand.first(2L * PAGE), Checkpoint.START);
    two.next();
    two.next();
    two.close();
    assertThat(rowRequests()).hasSize(1 + 2);
  }

  @Test
  public final void goes_exactly_one_page_ahead_when_all_are_needed() {
    PageChain chain = chain(table(), Demand.ALL, Checkpoint.START);
    chain.next();
    assertThat(rowRequests()).hasSize(2);
    chain.next();
    assertThat(rowRequests()).hasSize(3);
  }

  @Test
  public final void every_page_is_asked_for_with_the_same_headers() {
    readAll(chain());
    Map<String, List<String>> first = steady(rowRequests().get(0));
    for (ReceivedRequest request : rowRequests()) {
      assertThat(request.method()).isEqualTo(rowRequests().get(0).method());
      assertThat(steady(request)).as("headers of " + request).isEqualTo(first);
    }
  }

  private static Map<String, List<String>> steady(ReceivedRequest request) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    if (headers.containsKey("X-Amz-Date")) {
      headers.remove("Authorization"); // a signature covers the body and the time
    }
    for (String name : List.of("Content-Length", "Date", "X-Amz-Date", "X-Amz-Content-Sha256")) {
      headers.remove(name);
    }
    return headers;
  }

  @Test
  public final void the_same_continuation_gives_the_same_page() {
    Table table = table();
    PageFetcher fetcher = table.open(whole(table), statement);
    Page first = fetcher.fetch(Optional.empty());
    Page second = fetcher.fetch(first.next());
    Page again = fetcher.fetch(first.next());
    Page firstAgain = fetcher.fetch(Optional.empty());

    assertRows(second.rows(), rowsOf(2));
    assertRows(again.rows(), rowsOf(2));
    assertThat(again.next()).isEqualTo(second.next());
    assertRows(firstAgain.rows(), rowsOf(1));
    assertThat(firstAgain.next()).isEqualTo(first.next());
    assertThat(tokens()).containsExactly("", tokenOf(2), tokenOf(2), "");
  }

  @Test
  public final void a_continuation_is_enough_for_another_source_to_go_on() {
    Table table = table();
    Continuation next =
        table.open(whole(table), statement).fetch(Optional.empty()).next().orElseThrow();
    Table elsewhere = table();
    Page second = elsewhere.open(whole(elsewhere), statement).fetch(Optional.of(next));
    assertRows(second.rows(), rowsOf(2));
    assertThat(tokens()).containsExactly("", tokenOf(2));
    assertNoSecret(next.value());
  }

  @Test
  public final void a_split_can_be_opened_on_another_machine() {
    Table table = table();
    for (Split split : table.splits(everything(table), 4, statement)) {
      byte[] bytes = ByteForm.of(split);
      assertNoSecret(new String(bytes, StandardCharsets.ISO_8859_1));
      Table elsewhere = table();
      Split arrived = ByteForm.splitFrom(bytes);
      assertThat(arrived).isEqualTo(split);
      assertThat(elsewhere.open(arrived, statement).firstRequest())
          .isEqualTo(table.open(split, statement).firstRequest());
    }
  }

  @Test
  public final void a_scan_resumed_at_any_row_gives_exactly_the_rest() {
    Table table = table();
    PageChain whole = chain(table, Demand.UNCERTAIN, Checkpoint.START);
    int before = 0;
    for (var rows = whole.next(); rows != null; rows = whole.next()) {
      for (int taken = 0; taken <= rows.size(); taken++) {
        byte[] kept = ByteForm.of(whole.checkpoint(taken));
        PageChain rest = chain(table, Demand.UNCERTAIN, ByteForm.checkpointFrom(kept));
        assertReads(rest, FakeRow.range(before + taken + 1, ROWS));
      }
      before += rows.size();
    }
    assertThat(before).isEqualTo(ROWS);
  }

  @Test
  public final void two_chains_of_one_table_do_not_disturb_each_other() {
    Table table = table();
    PageChain one = chain(table, Demand.UNCERTAIN, Checkpoint.START);
    PageChain other = chain(table, Demand.UNCERTAIN, Checkpoint.START);
    one.next();
    assertReads(other, ALL);
    assertReads(one, FakeRow.range(PAGE + 1, ROWS));
  }

  @Test
  public final void gives_the_wanted_columns_in_the_wanted_order() {
    List<@Nullable Object[]> rows =
        readColumns(columns(FakeRow.Field.AMOUNT, FakeRow.Field.ID, FakeRow.Field.NOTE));
    assertThat(rows).hasSize(ROWS);
    FakeRow third = FakeRow.of(3);
    assertThat(rows.get(2)).hasSize(3);
    assertThat(FakeRow.comparable(rows.get(2)[0])).isEqualTo(FakeRow.comparable(third.amount()));
    assertThat(FakeRow.comparable(rows.get(2)[1])).isEqualTo(FakeRow.comparable(3));
    assertThat(rows.get(2)[2]).isNull();
  }

  @Test
  public final void gives_rows_even_when_no_column_is_wanted() {
    List<@Nullable Object[]> rows = readColumns(List.of());
    assertThat(rows).hasSize(ROWS);
    assertThat(rows).allSatisfy(row -> assertThat(row).isEmpty());
  }

  private List<@Nullable Object[]> readColumns(List<String> columns) {
    Table table = table();
    ScanRequest scan = table.pushDown(ScanRequest.of(columns)).accepted();
    Split split = Split.whole(table.schema().name(), scan);
    return readAll(
        new PageChain(
            table, split, statement, Checkpoint.START, Demand.UNCERTAIN, Runnable::run, PLACE));
  }

  @Test
  public final void every_request_for_rows_is_accounted_for() {
    behaviour = visit -> visit.isFirstOf(2) ? Reply.status(503) : visit.normal();
    PageChain chain = chain();
    if (!supports(Ability.RETRIES)) {
      chain.next();
      failureOf(chain);
    }
    readAll(chain);
    assertThat(statement.costs().calls()).isEqualTo(rowRequests().size()).isEqualTo(PAGES + 1);
    assertThat(statement.costs().pages()).isEqualTo(PAGES);
    assertThat(statement.costs().bytes()).isPositive();
  }
}
