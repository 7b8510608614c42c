package dev.quire.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StatementContextTest {
  private final HandClock clock = new HandClock();
  private final List<RequestReport> heard = new ArrayList<>();

  @Test
  void counts_requests_for_rows_against_the_budget_and_others_not() {
    StatementContext context = context(2, Optional.empty());
    context.admit(Purpose.METADATA);
    context.admit(Purpose.TOKEN);
    context.admit(Purpose.DATA);
    context.admit(Purpose.COUNT);
    context.admit(Purpose.METADATA);
    assertRefused(context, Purpose.DATA, ErrorKind.BUDGET_EXCEEDED)
        .hasMessageContaining("2 calls")
        .hasMessageContaining("--max-calls");
  }

  @Test
  void refuses_every_request_after_the_deadline() {
    StatementContext context = context(9, Optional.of(Duration.ofSeconds(10)));
    assertThat(context.deadline()).contains(clock.now().plusSeconds(10));
    clock.now = clock.now.plusSeconds(9);
    context.admit(Purpose.DATA);
    clock.now = clock.now.plusSeconds(1);
    assertRefused(context, Purpose.METADATA, ErrorKind.DEADLINE_EXCEEDED)
        .hasMessageContaining("10 s");
  }

  @Test
  void a_cancel_aborts_what_is_in_flight_and_refuses_what_comes() {
    StatementContext context = context(9, Optional.empty());
    List<String> aborted = new ArrayList<>();
    context.onCancel(() -> aborted.add("in flight"));
    CallContext.Registration over = context.onCancel(() -> aborted.add("over"));
    over.close();

    context.cancel();
    context.onCancel(() -> aborted.add("late"));

    assertThat(aborted).containsExactly("in flight", "late");
    assertThat(context.isCancelled()).isTrue();
    assertRefused(context, Purpose.TOKEN, ErrorKind.CANCELLED);
  }

  @Test
  void a_wait_is_known_until_it_is_over() {
    StatementContext context = context(9, Optional.empty());
    assertThat(context.currentWait()).isEmpty();
    try (CallScope scope = new CallScope(context)) {
      scope.waiting(Duration.ofSeconds(17), "throttled");
    }
    clock.now = clock.now.plusSeconds(5);
    assertThat(context.currentWait()).contains(new Wait(Duration.ofSeconds(12), "throttled"));
    clock.now = clock.now.plusSeconds(12);
    assertThat(context.currentWait()).isEmpty();
  }

  @Test
  void one_abort_that_fails_does_not_spare_the_others() {
    StatementContext context = context(9, Optional.empty());
    List<String> aborted = new ArrayList<>();
    context.onCancel(
        () -> {
          throw new IllegalStateException("first");
        });
    context.onCancel(() -> aborted.add("second"));
    assertThatThrownBy(context::cancel).hasMessage("first");
    assertThat(aborted).containsExactly("second");
  }

  @Test
  void adds_up_what_was_paid() {
    StatementContext context = context(9, Optional.empty());
    context.record(report(Purpose.METADATA, 1, 100, Optional.empty()));
    context.record(report(Purpose.DATA, 1, 10, Optional.of("503")));
    context.record(report(Purpose.DATA, 2, 1000, Optional.empty()));
    context.record(report(Purpose.COUNT, 1, 1, Optional.empty()));
    assertThat(context.costs()).isEqualTo(new Costs(3, 1, 1, 1, 1111, Duration.ofSeconds(4)));
    assertThat(heard).hasSize(4);
  }

  @Test
  void says_each_warning_once_and_in_order() {
    StatementContext context = context(9, Optional.empty());
    context.warn("b");
    context.warn("a");
    context.warn("b");
    assertThat(context.warnings()).containsExactly("b", "a");
  }

  @Test
  void a_scope_is_cancelled_alone_or_with_its_statement() {
    StatementContext statement = context(9, Optional.empty());
    List<String> aborted = new ArrayList<>();
    CallScope one = new CallScope(statement);
    CallScope other = new CallScope(statement);
    one.onCancel(() -> aborted.add("one"));
    other.onCancel(() -> aborted.add("other"));

    one.close();
    assertThat(aborted).containsExactly("one");
    assertRefused(one, Purpose.DATA, ErrorKind.CANCELLED);
    assertThatCode(() -> other.admit(Purpose.DATA)).doesNotThrowAnyException();

    statement.cancel();
    assertThat(aborted).containsExactly("one", "other");
    assertRefused(new CallScope(statement), Purpose.DATA, ErrorKind.CANCELLED);
  }

  @Test
  void a_scope_shares_the_budget_of_its_statement() {
    StatementContext statement = context(1, Optional.empty());
    new CallScope(statement).admit(Purpose.DATA);
    assertRefused(new CallScope(statement), Purpose.DATA, ErrorKind.BUDGET_EXCEEDED);
  }

  private StatementContext context(long calls, Optional<Duration> time) {
    return new StatementContext(clock, new StatementContext.Limits(calls, time), heard::add);
  }

  private static RequestReport report(
      Purpose purpose, int attempt, long bytes, Optional<String> fault) {
    return new RequestReport(
        purpose,
        "src",
        "GET",
        "http://h/",
        attempt,
        OptionalInt.of(200),
        bytes,
        Duration.ofSeconds(1),
        Duration.ofMillis(5),
        fault);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      CallContext context, Purpose purpose, ErrorKind kind) {
    return assertThatThrownBy(() -> context.admit(purpose))
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  /** A clock that the test sets. */
  private static final class HandClock implements TimeSource {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      now = now.plus(duration);
    }
  }
}
