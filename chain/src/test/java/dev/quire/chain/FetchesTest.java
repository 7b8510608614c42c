package dev.quire.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.Checkpoint;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages whose continuation is known before their rows are. */
@Timeout(30)
class FetchesTest {
  private static final Function<String, String> NEXT = from -> next(from, 10);

  private final StatementContext statement =
      new StatementContext(TimeSource.system(), StatementContext.Limits.NONE, report -> {});
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void the_next_page_is_fetched_while_the_rows_of_a_page_that_is_waited_for_are_made() {
    CountDownLatch secondIsFetched = new CountDownLatch(2);
    FakeTable table =
        FakeTable.of(10, 3)
            .tellingEarly(
                NEXT,
                from -> {
                  secondIsFetched.countDown();
                  await(secondIsFetched);
                });
    assertThat(read(chain(table, Demand.ALL, threads))).isEqualTo(numbers(10));
    assertThat(table.fetched()).containsExactly("", "3", "6", "9");
  }

  @Test
  void no_page_is_fetched_beyond_the_one_after_the_page_that_is_waited_for() {
    Deque<Runnable> begun = new ArrayDeque<>();
    FakeTable table = FakeTable.of(10, 3).tellingEarly(NEXT, from -> {});
    PageChain chain = chain(table, Demand.ALL, begun::add);
    assertThat(chain.next()).hasSize(3);
    while (!begun.isEmpty()) {
      begun.remove().run();
    }
    assertThat(table.fetched())
        .as("page 2 is there, and nobody waits for it")
        .containsExactly("", "3");
    assertThat(chain.next()).hasSize(3);
    assertThat(begun).as("page 3, told by page 2").hasSize(1);
  }

  @Test
  void nothing_is_fetched_early_when_a_budget_counts_what_pages_bring() {
    Budget none = Budget.NONE;
    assertThat(begunEarly(none)).isOne();
    assertThat(begunEarly(none.withCalls(9))).isOne();
    assertThat(begunEarly(none.withRows(99))).isZero();
    assertThat(begunEarly(none.withBytes(999))).isZero();
    assertThat(begunEarly(none.withTime(Optional.of(Duration.ofHours(1))))).isZero();
  }

  /** How many pages were begun while the first was read. */
  private static int begunEarly(Budget ofSource) {
    StatementContext.Limits limits =
        new StatementContext.Limits(Bounds.NONE, Optional.empty(), source -> Bounds.of(ofSource));
    List<Integer> begun = new ArrayList<>();
    List<Integer> whileRead = new ArrayList<>();
    FakeTable table = FakeTable.of(10, 3).tellingEarly(NEXT, from -> whileRead.add(begun.size()));
    new PageChain(
            table,
            Split.whole(FakeTable.NAME, ScanRequest.of(List.of("n"))),
            new StatementContext(TimeSource.system(), limits, report -> {}),
            Checkpoint.START,
            Demand.ALL,
            task -> begun.add(1),
            "src.numbers")
        .next();
    return whileRead.get(0);
  }

  @Test
  void nothing_is_fetched_early_when_the_reader_may_stop() {
    for (Demand demand : List.of(Demand.UNCERTAIN, Demand.first(5))) {
      FakeTable table = FakeTable.of(10, 3).tellingEarly(NEXT, from -> {});
      List<Integer> begun = new ArrayList<>();
      PageChain chain =
          chain(
              table,
              demand,
              task -> {
                begun.add(table.fetched().size());
                task.run();
              });
      chain.next();
      assertThat(begun).as(demand.toString()).hasSize(demand.certain() ? 1 : 0);
    }
  }

  @Test
  void what_the_page_says_in_the_end_counts() {
    for (String wrong : List.of("1", "9")) {
      FakeTable table = FakeTable.of(10, 3).tellingEarly(from -> wrong, from -> {});
      assertThat(read(chain(table, Demand.ALL, threads))).isEqualTo(numbers(10));
      assertThat(table.fetched()).contains("", "3", "6", "9");
    }
  }

  @Test
  void a_page_that_was_told_of_and_is_not_there_is_not_read() {
    FakeTable table = FakeTable.of(3, 3).tellingEarly(from -> "x", from -> {});
    assertThat(read(chain(table, Demand.ALL, task -> {}))).isEqualTo(numbers(3));
  }

  @Test
  void a_token_that_comes_again_is_not_asked_for_early() {
    FakeTable table = new FakeTable(from -> FakeTable.page(1, 3, from.isEmpty() ? "a" : "a"));
    table.tellingEarly(from -> "a", from -> {});
    PageChain chain = chain(table, Demand.ALL, Runnable::run);
    chain.next();
    assertFails(chain, ErrorKind.LOOP);
    assertThat(table.fetched()).containsExactly("", "a");
  }

  @Test
  void a_page_whose_rows_cannot_be_made_is_fetched_anew_and_the_next_one_too() {
    AtomicBoolean broken = new AtomicBoolean(true);
    FakeTable table =
        FakeTable.of(10, 3)
            .tellingEarly(
                NEXT,
                from -> {
                  if (from.equals("3") && broken.getAndSet(false)) {
                    throw new SourceException(ErrorKind.MALFORMED_RESPONSE, "half a row");
                  }
                });
    PageChain chain = chain(table, Demand.ALL, threads);
    assertThat(chain.next()).hasSize(3);
    assertFails(chain, ErrorKind.MALFORMED_RESPONSE);
    assertThat(read(chain)).isEqualTo(numbers(10).subList(3, 10));
  }

  @Test
  void a_fault_of_the_next_page_comes_out_only_when_that_is_asked_for() {
    FakeTable table =
        new FakeTable(
                from -> {
                  if (from.equals("3")) {
                    throw new SourceException(ErrorKind.REJECTED, "not now");
                  }
                  return FakeTable.numbers(10, 3, from);
                })
            .tellingEarly(NEXT, from -> {});
    PageChain chain = chain(table, Demand.ALL, threads);
    assertThat(chain.next()).hasSize(3);
    assertFails(chain, ErrorKind.REJECTED);
  }

  @Test
  void an_executor_that_is_full_does_not_lose_a_page() {
    FakeTable table = FakeTable.of(10, 3).tellingEarly(NEXT, from -> {});
    Executor full =
        task -> {
          throw new RejectedExecutionException();
        };
    assertThat(read(chain(table, Demand.ALL, full))).isEqualTo(numbers(10));
    assertThat(table.fetched()).containsExactly("", "3", "6", "9");
  }

  @Test
  void a_close_ends_the_reader_and_the_page_after_the_one_that_it_waits_for() throws Exception {
    CountDownLatch bothAreUnderWay = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    FakeTable table =
        FakeTable.of(10, 3)
            .tellingEarly(
                NEXT,
                from -> {
                  if (!from.isEmpty()) {
                    bothAreUnderWay.countDown();
                    if (!await(never)) {
                      interrupted.countDown();
                    }
                  }
                });
    PageChain chain = chain(table, Demand.ALL, threads);
    chain.next();
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(
            () -> org.assertj.core.api.Assertions.catchThrowable(chain::next), threads);
    assertThat(await(bothAreUnderWay)).isTrue();
    chain.close();
    assertThat(outcome.get())
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    assertThat(await(interrupted)).isTrue();
    assertThat(table.fetched()).containsExactly("", "3", "6");
  }

  private PageChain chain(FakeTable table, Demand demand, Executor executor) {
    Split split = Split.whole(FakeTable.NAME, ScanRequest.of(List.of("n")));
    return new PageChain(
        table, split, statement, Checkpoint.START, demand, executor, "src.numbers");
  }

  /** False when interrupted. */
  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static String next(String from, int rows) {
    int next = (from.isEmpty() ? 0 : Integer.parseInt(from)) + 3;
    return next < rows ? String.valueOf(next) : "";
  }

  private static List<Integer> numbers(int last) {
    return java.util.stream.IntStream.rangeClosed(1, last).boxed().toList();
  }

  private static List<Integer> read(PageChain chain) {
    List<Integer> all = new ArrayList<>();
    for (List<Object[]> rows = chain.next(); rows != null; rows = chain.next()) {
      rows.forEach(row -> all.add((Integer) row[0]));
    }
    return all;
  }

  private static void assertFails(PageChain chain, ErrorKind kind) {
    assertThatThrownBy(chain::next)
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
