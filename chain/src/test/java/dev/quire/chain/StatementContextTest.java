package dev.quire.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Pause;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
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

  @Test
  void no_page_is_asked_for_once_the_bytes_have_come() {
    StatementContext context = bounded(Budget.NONE.withBytes(1_000), Bounds.NONE);
    context.admit(Purpose.DATA, "src");
    context.record(report(Purpose.METADATA, 1, 5_000, Optional.empty()));
    context.record(report(Purpose.DATA, 1, 999, Optional.empty()));
    assertThat(context.admit(Purpose.DATA, "src")).isEmpty();
    context.record(report(Purpose.DATA, 1, 1, Optional.empty()));
    assertRefused(context, Purpose.DATA, ErrorKind.BUDGET_EXCEEDED)
        .hasMessageContaining("1,000 bytes")
        .hasMessageContaining("--max-bytes, limits.bytes");
  }

  @Test
  void a_source_has_budgets_of_its_own() {
    StatementContext context =
        bounded(Budget.NONE, Bounds.of(Budget.NONE.withCalls(2).withRows(10)));
    context.admit(Purpose.DATA, "crm");
    context.pageRead("crm.accounts", 10);
    assertThatThrownBy(() -> context.admit(Purpose.DATA, "crm"))
        .hasMessageContaining("the statement's budget for crm of 10 rows is used up")
        .hasMessageContaining("sources.crm.limits.rows");
    context.admit(Purpose.DATA, "erp");
    context.admit(Purpose.DATA, "erp");
    assertThatThrownBy(() -> context.admit(Purpose.DATA, "erp")).hasMessageContaining("2 calls");
    assertThat(context.admit(Purpose.METADATA, "erp")).isEmpty();
  }

  @Test
  void the_time_of_a_source_is_what_its_requests_took() {
    StatementContext context =
        bounded(Budget.NONE, Bounds.of(Budget.NONE.withTime(Optional.of(Duration.ofSeconds(2)))));
    context.record(report(Purpose.DATA, 1, 1, Optional.empty()));
    assertThat(context.admit(Purpose.DATA, "src")).isEmpty();
    context.record(report(Purpose.DATA, 1, 1, Optional.empty()));
    assertThatThrownBy(() -> context.admit(Purpose.DATA, "src")).hasMessageContaining("of 2 s");
  }

  @Test
  void a_day_that_is_used_up_is_waited_for_where_that_is_wanted() {
    FakeDay day = new FakeDay(1);
    StatementContext context = bounded(Budget.NONE.withCalls(2), ofDay(day, OnExceed.WAIT));
    assertThat(context.admit(Purpose.DATA, "crm")).isEmpty();
    Pause pause = new Pause(Duration.ofHours(5), "the day is used up");
    assertThat(context.admit(Purpose.DATA, "crm")).contains(pause);
    assertThat(context.admit(Purpose.DATA, "crm")).contains(pause);
    day.left = 1;
    assertThat(context.admit(Purpose.DATA, "crm")).isEmpty();
    assertThatThrownBy(() -> context.admit(Purpose.DATA, "crm")).hasMessageContaining("2 calls");
  }

  @Test
  void a_day_that_is_used_up_ends_the_statement_as_its_source_says() {
    StatementContext context = bounded(Budget.NONE, ofDay(new FakeDay(0), OnExceed.PARTIAL));
    assertThatThrownBy(() -> context.admit(Purpose.DATA, "crm"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(context.endsPartial(e)).isTrue())
        .hasMessageContaining("the day is used up, and more would be needed")
        .hasMessageContaining("5 h");
  }

  @Test
  void a_call_that_the_day_of_all_refuses_is_given_back_to_that_of_the_source() {
    FakeDay ofSource = new FakeDay(9);
    Bounds all = ofDay(new FakeDay(0), OnExceed.WAIT);
    StatementContext context =
        new StatementContext(
            clock,
            new StatementContext.Limits(
                all, Optional.empty(), name -> ofDay(ofSource, OnExceed.WAIT)),
            heard::add);
    assertThat(context.admit(Purpose.DATA, "crm")).isPresent();
    assertThat(ofSource.left).isEqualTo(9);
  }

  @Test
  void after_the_deadline_no_page_is_begun_and_what_is_there_may_be_finished() {
    StatementContext context =
        new StatementContext(
            clock,
            new StatementContext.Limits(
                Bounds.of(Budget.NONE.withTime(Optional.of(Duration.ofSeconds(20)))),
                Optional.of(Duration.ofSeconds(10)),
                name -> Bounds.NONE),
            heard::add);
    assertThat(context.deadline()).contains(clock.now().plusSeconds(10));
    clock.now = clock.now.plusSeconds(10);
    context.checkRunning();
    assertThatThrownBy(() -> context.admit(Purpose.DATA, "crm"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(context.endsPartial(e)).isTrue())
        .hasMessageContaining("the deadline of 10 s has come");
    clock.now = clock.now.plusSeconds(10);
    assertThatThrownBy(context::checkRunning).hasMessageContaining("time of 20 s is over");
  }

  @Test
  void tells_what_each_source_and_table_has_cost_and_what_is_left() {
    StatementContext context =
        bounded(Budget.NONE.withCalls(5), ofDay(new FakeDay(3), OnExceed.WAIT));
    context.admit(Purpose.DATA, "src");
    context.record(
        report(Purpose.DATA, 1, 10, Optional.empty()).forPage(TableName.of("things"), 1));
    context.record(report(Purpose.METADATA, 1, 7, Optional.empty()));
    context.pageRead("src.things", 4);
    Usage usage = context.usage();
    assertThat(usage.sources()).hasSize(1);
    Usage.OfSource source = usage.sources().get(0);
    assertThat(source.rows()).isEqualTo(4);
    assertThat(source.costs()).isEqualTo(new Costs(1, 1, 1, 0, 17, Duration.ofSeconds(2)));
    assertThat(source.tables())
        .containsExactly(
            new Usage.OfTable("src.things", new Costs(1, 0, 1, 0, 10, Duration.ofSeconds(1)), 4));
    assertThat(usage.budgets())
        .containsExactly(
            new BudgetState("statement", "calls", 5, 1), new BudgetState("day", "calls", 3, 1));
  }

  private StatementContext bounded(Budget statement, Bounds source) {
    return new StatementContext(
        clock,
        new StatementContext.Limits(Bounds.of(statement), Optional.empty(), name -> source),
        heard::add);
  }

  private static Bounds ofDay(SharedBudget day, OnExceed onExceed) {
    return new Bounds(Budget.NONE, onExceed, Optional.of(day));
  }

  /** A day with so many calls. */
  private static final class FakeDay implements SharedBudget {
    private final long most;
    private long left;

    FakeDay(long calls) {
      most = calls;
      left = calls;
    }

    @Override
    public Optional<Shortage> take() {
      if (left == 0) {
        return Optional.of(new Shortage("the day is used up", Duration.ofHours(5)));
      }
      left--;
      return Optional.empty();
    }

    @Override
    public void giveBack() {
      left++;
    }

    @Override
    public void spend(long bytes) {}

    @Override
    public List<BudgetState> states() {
      return List.of(new BudgetState("day", "calls", most, most - left));
    }
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
