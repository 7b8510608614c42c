package dev.quire.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PageChainTest {
  private static final ScanRequest ALL = ScanRequest.of(List.of("n"));

  private StatementContext statement = statement(StatementContext.Limits.NONE);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void gives_every_row_once_and_in_order() {
    FakeTable table = FakeTable.of(10, 3);
    PageChain chain = chain(table, Demand.ALL, threads);
    assertThat(read(chain)).isEqualTo(numbers(1, 10));
    assertThat(table.fetched()).containsExactly("", "3", "6", "9");
    assertThat(chain.pages()).isEqualTo(4);
    assertThat(chain.rows()).isEqualTo(10);
    assertThat(chain.next()).isNull();
  }

  @Test
  void an_attempt_is_recorded_with_table_and_page_also_when_it_is_one_ahead() {
    List<String> heard = new ArrayList<>();
    StatementContext listening =
        new StatementContext(
            TimeSource.system(),
            StatementContext.Limits.NONE,
            report -> heard.add(report.purpose() + " " + report.table() + " " + report.page()));
    FakeTable table = FakeTable.of(5, 3).reporting(Purpose.DATA, Purpose.METADATA);
    PageChain chain =
        new PageChain(
            table,
            Split.whole(FakeTable.NAME, ALL),
            listening,
            Checkpoint.START,
            Demand.ALL,
            Runnable::run,
            "src.numbers");
    read(chain);
    assertThat(heard)
        .containsExactly(
            "DATA Optional[numbers] OptionalLong[1]",
            "METADATA Optional.empty OptionalLong.empty",
            "DATA Optional[numbers] OptionalLong[2]",
            "METADATA Optional.empty OptionalLong.empty");
  }

  @Test
  void opening_sends_nothing() {
    FakeTable table = FakeTable.of(10, 3);
    chain(table, Demand.ALL, threads);
    assertThat(table.fetched()).isEmpty();
  }

  @Test
  void an_empty_page_is_not_the_end() {
    FakeTable table =
        new FakeTable(
            from -> from.isEmpty() ? FakeTable.page(1, 0, "x") : FakeTable.page(1, 2, ""));
    assertThat(read(chain(table, Demand.ALL, Runnable::run))).isEqualTo(numbers(1, 2));
  }

  @Test
  void fetches_one_page_ahead_and_no_further() {
    FakeTable table = FakeTable.of(10, 3);
    PageChain chain = chain(table, Demand.ALL, Runnable::run);
    chain.next();
    assertThat(table.fetched()).containsExactly("", "3");
    chain.next();
    assertThat(table.fetched()).containsExactly("", "3", "6");
  }

  @Test
  void fetches_nothing_ahead_when_the_demand_is_uncertain() {
    FakeTable table = FakeTable.of(10, 3);
    PageChain chain = chain(table, Demand.UNCERTAIN, Runnable::run);
    chain.next();
    assertThat(table.fetched()).containsExactly("");
    chain.next();
    assertThat(table.fetched()).containsExactly("", "3");
  }

  @Test
  void fetches_no_page_beyond_the_rows_that_are_needed() {
    FakeTable exact = FakeTable.of(10, 3);
    PageChain three = chain(exact, Demand.first(3), Runnable::run);
    three.next();
    assertThat(exact.fetched()).containsExactly("");

    FakeTable oneMore = FakeTable.of(10, 3);
    PageChain four = chain(oneMore, Demand.first(4), Runnable::run);
    four.next();
    four.next();
    assertThat(oneMore.fetched()).containsExactly("", "3");
  }

  @Test
  void rows_skipped_by_a_resume_do_not_count_as_needed_ones() {
    FakeTable table = FakeTable.of(10, 3);
    PageChain chain = chain(table, Demand.first(3), Runnable::run, at("3", 2));
    assertThat(chain.next()).hasSize(1);
    assertThat(table.fetched()).containsExactly("3", "6");
  }

  @Test
  void a_failed_fetch_can_be_asked_for_again() {
    FakeTable table = failingAtPageTwo(new AtomicInteger(1));
    PageChain chain = chain(table, Demand.UNCERTAIN, Runnable::run);
    assertThat(chain.next()).hasSize(3);
    assertThatThrownBy(chain::next)
        .isInstanceOf(SourceException.class)
        .hasMessage("src.numbers, page 2, after 3 rows: reset");
    assertThat(read(chain)).isEqualTo(numbers(4, 7));
    assertThat(table.fetched()).containsExactly("", "3", "3", "6");
  }

  @Test
  void a_failed_fetch_ahead_comes_out_only_when_its_page_is_asked_for() {
    FakeTable table = failingAtPageTwo(new AtomicInteger(1));
    PageChain chain = chain(table, Demand.ALL, Runnable::run);
    assertThat(chain.next()).hasSize(3);
    assertThatThrownBy(chain::next).hasMessageContaining("page 2").hasMessageContaining("reset");
    assertThat(read(chain)).isEqualTo(numbers(4, 7));
  }

  @Test
  void a_fault_of_the_connector_itself_says_where_it_happened() {
    for (Demand demand : List.of(Demand.ALL, Demand.UNCERTAIN)) {
      FakeTable table =
          new FakeTable(
              from -> {
                if (from.isEmpty()) {
                  return FakeTable.page(1, 3, "x");
                }
                throw new IllegalStateException("boom");
              });
      PageChain chain = chain(table, demand, Runnable::run);
      chain.next();
      assertFails(chain, ErrorKind.INTERNAL)
          .hasMessageContaining("src.numbers, page 2")
          .hasMessageContaining("boom");
    }
  }

  @Test
  void a_token_that_comes_twice_running_is_a_loop() {
    FakeTable table = new FakeTable(from -> FakeTable.page(1, 3, "T"));
    PageChain chain = chain(table, Demand.ALL, Runnable::run);
    chain.next();
    assertFails(chain, ErrorKind.LOOP)
        .hasMessageContaining("continuation T a second time")
        .hasMessageContaining("page 2, after 6 rows");
    assertThat(table.fetched()).containsExactly("", "T");
  }

  @Test
  void a_cycle_of_tokens_is_a_loop_at_its_first_repetition() {
    FakeTable table = new FakeTable(from -> FakeTable.page(1, 1, from.equals("A") ? "B" : "A"));
    PageChain chain = chain(table, Demand.ALL, Runnable::run);
    chain.next();
    chain.next();
    assertFails(chain, ErrorKind.LOOP);
    assertThat(table.fetched()).containsExactly("", "A", "B");
  }

  @Test
  void a_chain_that_looped_never_looks_complete() {
    FakeTable table = new FakeTable(from -> FakeTable.page(1, 3, "T"));
    PageChain chain = chain(table, Demand.UNCERTAIN, Runnable::run);
    chain.next();
    assertFails(chain, ErrorKind.LOOP);
    assertFails(chain, ErrorKind.LOOP);
    assertThat(table.fetched()).hasSize(2);
  }

  @Test
  void a_loop_back_to_the_page_of_a_resume_is_noticed() {
    FakeTable table = new FakeTable(from -> FakeTable.page(1, 1, from.equals("A") ? "B" : "A"));
    PageChain chain = chain(table, Demand.UNCERTAIN, Runnable::run, at("A", 0));
    chain.next();
    assertFails(chain, ErrorKind.LOOP);
  }

  @Test
  void nearly_ten_thousand_empty_pages_are_read_past() {
    assertThat(read(chain(empties(9_999), Demand.ALL, Runnable::run))).isEqualTo(numbers(1, 1));
  }

  @Test
  void ten_thousand_empty_pages_in_a_row_are_taken_for_endless() {
    PageChain chain = chain(empties(10_000), Demand.ALL, Runnable::run);
    assertThatThrownBy(() -> read(chain))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOOP))
        .hasMessageContaining("10000 pages in a row");
  }

  @Test
  void resumes_from_every_row_of_every_page_with_exactly_the_rest() {
    FakeTable table = FakeTable.of(10, 3);
    PageChain whole = chain(table, Demand.UNCERTAIN, Runnable::run);
    int before = 0;
    for (List<Object[]> rows = whole.next(); rows != null; rows = whole.next()) {
      for (int taken = 0; taken <= rows.size(); taken++) {
        PageChain rest = chain(table, Demand.UNCERTAIN, Runnable::run, whole.checkpoint(taken));
        assertThat(read(rest)).isEqualTo(numbers(before + taken + 1, 10));
      }
      before += rows.size();
    }
    assertThat(before).isEqualTo(10);
  }

  @Test
  void a_checkpoint_of_a_resumed_page_counts_the_rows_skipped_before() {
    FakeTable table = FakeTable.of(10, 5);
    PageChain chain = chain(table, Demand.UNCERTAIN, Runnable::run, at("5", 2));
    assertThat(chain.checkpoint(0)).isEqualTo(at("5", 2));
    assertThat(chain.next()).hasSize(3);
    assertThat(chain.checkpoint(1)).isEqualTo(at("5", 3));
    assertThat(read(chain(table, Demand.ALL, Runnable::run, chain.checkpoint(1))))
        .isEqualTo(numbers(9, 10));
  }

  @Test
  void a_resumed_page_that_became_shorter_is_warned_of() {
    PageChain chain = chain(FakeTable.of(7, 5), Demand.ALL, Runnable::run, at("5", 4));
    assertThat(read(chain)).isEmpty();
    assertThat(statement.warnings()).singleElement().asString().contains("the data has changed");
  }

  @Test
  void a_total_that_does_not_match_is_warned_of() {
    assertThat(read(chain(announcing(11), Demand.ALL, Runnable::run))).hasSize(10);
    assertThat(statement.warnings())
        .containsExactly("src.numbers: the service announced 11 rows and sent 10");
  }

  @Test
  void strictly_a_total_that_does_not_match_is_an_error_that_stays() {
    statement = strict();
    PageChain chain = chain(announcing(11), Demand.ALL, Runnable::run);
    assertThatThrownBy(() -> read(chain))
        .hasMessageContaining("src.numbers: the service announced 11 rows and sent 10")
        .hasMessageContaining("without --strict");
    assertThatThrownBy(chain::next).hasMessageContaining("announced 11 rows");
  }

  @Test
  void strictly_a_total_that_no_page_tells_is_asked_for_and_else_never() {
    FakeTable table = FakeTable.of(10, 3);
    table.estimate = Optional.of(new RowEstimate(12, RowEstimate.Certainty.EXACT, "$count"));
    read(chain(table, Demand.ALL, Runnable::run));
    assertThat(table.estimates).isZero();

    statement = strict();
    assertThatThrownBy(() -> read(chain(table, Demand.ALL, Runnable::run)))
        .hasMessageContaining("announced 12 rows and sent 10");
    table.estimate = Optional.of(new RowEstimate(10, RowEstimate.Certainty.EXACT, "$count"));
    assertThat(read(chain(table, Demand.ALL, Runnable::run))).hasSize(10);
    assertThat(statement.warnings()).isEmpty();

    table.estimate = Optional.of(new RowEstimate(5, RowEstimate.Certainty.AT_LEAST, "a cap"));
    assertThat(read(chain(table, Demand.ALL, Runnable::run))).hasSize(10);
    assertThat(statement.warnings())
        .containsExactly("src.numbers: the service has no exact count to compare the rows with");
  }

  private static StatementContext strict() {
    return new StatementContext(
        TimeSource.system(), StatementContext.Limits.NONE, report -> {}, true);
  }

  @Test
  void a_total_that_matches_or_cannot_be_compared_is_no_warning() {
    read(chain(announcing(10), Demand.ALL, Runnable::run));
    read(chain(announcing(11), Demand.ALL, Runnable::run, at("3", 0)));
    ScanRequest limited = ALL.withLimit(OptionalLong.of(10));
    read(chain(announcing(11), Demand.ALL, Runnable::run, Checkpoint.START, limited));
    assertThat(statement.warnings()).isEmpty();
  }

  @Test
  void numbers_in_messages_do_not_follow_the_locale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("hi-IN-u-nu-deva"));
    try {
      read(chain(announcing(1_234_567), Demand.ALL, Runnable::run));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(statement.warnings()).singleElement().asString().contains("1,234,567");
  }

  @Test
  void a_spent_budget_ends_the_chain_after_the_rows_it_paid_for() {
    StatementContext poor = statement(new StatementContext.Limits(2, Optional.empty()));
    FakeTable table = FakeTable.of(10, 3);
    PageChain chain =
        new PageChain(
            table,
            Split.whole(FakeTable.NAME, ALL),
            poor,
            Checkpoint.START,
            Demand.ALL,
            Runnable::run,
            "src.numbers");
    assertThat(chain.next()).hasSize(3);
    assertThat(chain.next()).hasSize(3);
    assertFails(chain, ErrorKind.BUDGET_EXCEEDED).hasMessageContaining("page 3, after 6 rows");
    assertThat(table.fetched()).hasSize(2);
    assertThat(chain.checkpoint(3)).isEqualTo(at("3", 3));
  }

  @Test
  void an_executor_that_is_full_does_not_lose_the_page() {
    FakeTable table = FakeTable.of(10, 3);
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    assertThat(read(chain(table, Demand.ALL, full))).isEqualTo(numbers(1, 10));
  }

  @Test
  void a_close_stops_a_reader_that_waits_and_nothing_looks_complete() throws Exception {
    PageChain chain = chain(FakeTable.of(10, 3), Demand.ALL, waiting::add);
    chain.next(); // the second page is asked for, and never comes
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    CountDownLatch reading = new CountDownLatch(1);
    threads.execute(
        () -> {
          reading.countDown();
          outcome.complete(catching(chain));
        });
    reading.await();
    chain.close();
    assertCancelled(outcome.get(20, TimeUnit.SECONDS));
    assertCancelled(catching(chain));
    chain.close();
  }

  @Test
  void a_cancelled_statement_stops_a_reader_that_waits() throws Exception {
    PageChain chain = chain(FakeTable.of(10, 3), Demand.ALL, waiting::add);
    chain.next();
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    threads.execute(() -> outcome.complete(catching(chain)));
    statement.cancel();
    assertCancelled(outcome.get(20, TimeUnit.SECONDS));
  }

  @Test
  void a_close_interrupts_the_fetch_in_flight_and_sends_nothing_more() throws Exception {
    CountDownLatch inFlight = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    FakeTable table =
        new FakeTable(
            from -> {
              if (from.isEmpty()) {
                return FakeTable.page(1, 3, "x");
              }
              inFlight.countDown();
              try {
                new CountDownLatch(1).await();
                return FakeTable.page(4, 6, "");
              } catch (InterruptedException e) {
                interrupted.complete(true);
                throw new SourceException(ErrorKind.CANCELLED, "interrupted", e);
              }
            });
    PageChain chain = chain(table, Demand.ALL, threads);
    chain.next();
    inFlight.await();
    chain.close();
    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    assertCancelled(catching(chain));
    assertThat(table.fetched()).hasSize(2);
  }

  @Test
  void a_close_after_the_end_changes_nothing() {
    PageChain chain = chain(FakeTable.of(3, 3), Demand.ALL, Runnable::run);
    chain.next();
    chain.close();
    assertThat(chain.next()).isNull();
  }

  @Test
  void an_interrupt_stops_the_chain_and_stays_visible() {
    PageChain chain = chain(FakeTable.of(10, 3), Demand.ALL, waiting::add);
    chain.next();
    Thread.currentThread().interrupt();
    Throwable thrown = catching(chain);
    assertThat(Thread.interrupted()).isTrue();
    assertCancelled(thrown);
    assertCancelled(catching(chain));
  }

  private static FakeTable failingAtPageTwo(AtomicInteger times) {
    return new FakeTable(
        from -> {
          if (from.equals("3") && times.getAndDecrement() > 0) {
            throw new SourceException(ErrorKind.UNREACHABLE, "reset");
          }
          return FakeTable.numbers(7, 3, from);
        });
  }

  private static FakeTable empties(int pages) {
    return new FakeTable(
        from -> {
          int number = from.isEmpty() ? 0 : Integer.parseInt(from);
          return number < pages
              ? FakeTable.page(1, 0, String.valueOf(number + 1))
              : FakeTable.page(1, 1, "");
        });
  }

  private static FakeTable announcing(long total) {
    return new FakeTable(
        from -> {
          Page page = FakeTable.numbers(10, 3, from);
          return new Page(page.rows(), page.next(), OptionalLong.of(total));
        });
  }

  private static StatementContext statement(StatementContext.Limits limits) {
    return new StatementContext(TimeSource.system(), limits, report -> {});
  }

  private PageChain chain(FakeTable table, Demand demand, Executor executor) {
    return chain(table, demand, executor, Checkpoint.START);
  }

  private PageChain chain(FakeTable table, Demand demand, Executor executor, Checkpoint start) {
    return chain(table, demand, executor, start, ALL);
  }

  private PageChain chain(
      FakeTable table, Demand demand, Executor executor, Checkpoint start, ScanRequest scan) {
    Split split = Split.whole(FakeTable.NAME, scan);
    return new PageChain(table, split, statement, start, demand, executor, "src.numbers");
  }

  private static Checkpoint at(String page, int rows) {
    return new Checkpoint(Optional.of(new Continuation(page)), rows);
  }

  private static List<Integer> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  private static List<Integer> read(PageChain chain) {
    List<Integer> all = new ArrayList<>();
    for (List<Object[]> rows = chain.next(); rows != null; rows = chain.next()) {
      rows.forEach(row -> all.add((Integer) row[0]));
    }
    return all;
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      PageChain chain, ErrorKind kind) {
    return assertThatThrownBy(chain::next)
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static Throwable catching(PageChain chain) {
    try {
      return new AssertionError("no failure but " + chain.next());
    } catch (SourceException e) {
      return e;
    }
  }

  private static void assertCancelled(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
  }
}
