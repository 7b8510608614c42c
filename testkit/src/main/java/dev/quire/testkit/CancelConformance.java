package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stopping from another thread, at once. */
abstract class CancelConformance extends FailureConformance {

  /** Where a request hangs. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  enum Hanging {
    BEFORE_THE_HEAD(page -> Reply.stall()),
    IN_THE_BODY(page -> page.stallAfter(page.body().length / 2));

    private final UnaryOperator<Reply> spoil;

    Hanging(UnaryOperator<Reply> spoil) {
      this.spoil = spoil;
    }
  }

  /** How long a stop may take on a busy machine. */
  long promptlyMillis() {
    return 5_000;
  }

  @ParameterizedTest
  @EnumSource(Hanging.class)
  public final void a_cancel_aborts_the_request_in_flight(Hanging where) throws Exception {
    PageChain chain = hangingAtPageTwo(source(), where);
    CompletableFuture<SourceException> outcome = nextFails(chain);
    api.awaitStalled(1);
    statement.cancel();
    assertCancelledPromptly(outcome);
    api.awaitAbandoned(1);
  }

  @ParameterizedTest
  @EnumSource(Hanging.class)
  public final void closing_the_scan_aborts_the_request_in_flight(Hanging where) throws Exception {
    PageChain chain = hangingAtPageTwo(source(), where);
    CompletableFuture<SourceException> outcome = nextFails(chain);
    api.awaitStalled(1);
    chain.close();
    assertCancelledPromptly(outcome);
    api.awaitAbandoned(1);
    assertThat(statement.isCancelled()).isFalse();
  }

  @Test
  public final void pages_fetched_ahead_by_another_thread_are_the_same_pages() {
    PageChain chain = chainAhead(source());
    assertReads(chain, FakeRow.range(1, ROWS));
    assertThat(tokens()).containsExactly("", tokenOf(2), tokenOf(3), tokenOf(4));
  }

  @Test
  public final void closing_the_scan_aborts_the_page_that_is_fetched_ahead() {
    behaviour = visit -> visit.page() == 2 ? Reply.stall() : visit.normal();
    PageChain chain = chainAhead(source());
    assertNext(chain, rowsOf(1));
    api.awaitStalled(1);
    chain.close();
    api.awaitAbandoned(1);
    assertFails(chain, ErrorKind.CANCELLED);
  }

  private PageChain chainAhead(Source source) {
    Table table = table(source);
    return new PageChain(
        table,
        whole(table),
        statement,
        Checkpoint.START,
        Demand.ALL,
        CancelConformance::started,
        PLACE);
  }

  @Test
  public final void closing_the_source_aborts_the_request_in_flight() throws Exception {
    Source source = source();
    PageChain chain = hangingAtPageTwo(source, Hanging.BEFORE_THE_HEAD);
    CompletableFuture<SourceException> outcome = nextFails(chain);
    api.awaitStalled(1);
    source.close();
    assertCancelledPromptly(outcome);
  }

  @Test
  public final void an_interrupt_stops_the_scan_and_stays_visible() throws Exception {
    PageChain chain = hangingAtPageTwo(source(), Hanging.BEFORE_THE_HEAD);
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<SourceException> outcome = new CompletableFuture<>();
    Thread reader =
        started(
            () -> {
              completeWithFailure(outcome, chain);
              flag.complete(Thread.currentThread().isInterrupted());
            });
    api.awaitStalled(1);
    reader.interrupt();
    assertCancelledPromptly(outcome);
    assertThat(flag.get(promptlyMillis(), TimeUnit.MILLISECONDS)).as("the interrupt flag").isTrue();
  }

  @Test
  public final void a_cancel_ends_the_wait_before_another_try() throws Exception {
    FakeClock slow = FakeClock.blocking();
    behaviour = visit -> visit.page() == 2 ? Reply.throttled("1000") : visit.normal();
    PageChain chain = chain(table(source(slow.context())), Demand.UNCERTAIN, Checkpoint.START);
    chain.next();
    if (!supports(Ability.RETRIES)) {
      assertFails(chain, ErrorKind.THROTTLED);
      return;
    }
    CompletableFuture<SourceException> outcome = nextFails(chain);
    slow.awaitSleepers(1);
    statement.cancel();
    assertCancelledPromptly(outcome);
    assertThat(rowRequests()).hasSize(2);
  }

  @Test
  public final void a_cancelled_statement_sends_nothing() {
    PageChain chain = chain();
    chain.next();
    statement.cancel();
    assertFails(chain, ErrorKind.CANCELLED);
    assertThat(rowRequests()).hasSize(1);
  }

  private PageChain hangingAtPageTwo(Source source, Hanging where) {
    behaviour = visit -> visit.page() == 2 ? where.spoil.apply(visit.normal()) : visit.normal();
    PageChain chain = chain(table(source), Demand.UNCERTAIN, Checkpoint.START);
    chain.next();
    return chain;
  }

  private CompletableFuture<SourceException> nextFails(PageChain chain) {
    CompletableFuture<SourceException> outcome = new CompletableFuture<>();
    started(() -> completeWithFailure(outcome, chain));
    return outcome;
  }

  private void completeWithFailure(CompletableFuture<SourceException> outcome, PageChain chain) {
    try {
      outcome.complete(failureOf(chain));
    } catch (RuntimeException | AssertionError e) {
      outcome.completeExceptionally(e);
    }
  }

  private static Thread started(Runnable action) {
    Thread thread = new Thread(action, "conformance-reader");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void assertCancelledPromptly(CompletableFuture<SourceException> outcome)
      throws InterruptedException {
    try {
      SourceException e = outcome.get(promptlyMillis(), TimeUnit.MILLISECONDS);
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.CANCELLED);
    } catch (TimeoutException e) {
      throw new AssertionError("the read goes on although it was stopped", e);
    } catch (ExecutionException e) {
      throw new AssertionError("the read ended otherwise than with CANCELLED", e.getCause());
    }
  }
}
