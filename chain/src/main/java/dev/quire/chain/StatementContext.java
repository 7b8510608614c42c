package dev.quire.chain;

import dev.quire.spi.CallContext;
import dev.quire.spi.Durations;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Pause;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The context of one statement: holds it to its budgets and those of its sources, knows when its
 * time is over, carries the cancellation, adds up the costs. Thread-safe.
 */
public final class StatementContext implements CallContext {
  private final TimeSource time;
  private final Limits limits;
  private final Optional<Instant> end;
  private final Optional<Instant> deadline;
  private final Consumer<RequestReport> listener;
  private final boolean strict;
  private final Aborts aborts = new Aborts();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final UsageBook book = new UsageBook();
  private final Account account;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private volatile OnExceed refusedUnder = OnExceed.ERROR;
  private @Nullable Instant waitsUntil;
  private String waitsFor = "";

  /**
   * Everything that bounds one statement.
   *
   * @param statement all that it asks for; its time ends the statement wherever it is
   * @param deadline from its start, after which no page is begun and the statement ends with the
   *     rows so far
   * @param sources the bounds of a source, by its name
   */
  public record Limits(
      Bounds statement, Optional<Duration> deadline, Function<String, Bounds> sources) {
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Optional.empty());

    /** Calls and time alone. */
    public Limits(long calls, Optional<Duration> time) {
      this(
          Bounds.of(Budget.NONE.withCalls(calls).withTime(time)),
          Optional.empty(),
          source -> Bounds.NONE);
    }

    private Optional<Duration> time() {
      return statement.budget().time();
    }
  }

  /**
   * @param listener told of each attempt, in the thread that made it
   */
  public StatementContext(TimeSource time, Limits limits, Consumer<RequestReport> listener) {
    this(time, limits, listener, false);
  }

  /**
   * @param strict whether a number of rows that is not the announced one is an error
   */
  public StatementContext(
      TimeSource time, Limits limits, Consumer<RequestReport> listener, boolean strict) {
    this.strict = strict;
    this.time = time;
    this.limits = limits;
    Instant start = time.now();
    this.end = limits.time().map(start::plus);
    this.deadline = limits.deadline().map(start::plus);
    this.account = Account.ofStatement(limits.statement());
    this.listener = listener;
  }

  @Override
  public void admit(Purpose purpose) {
    checkMayBegin();
    if (!Tab.isFree(purpose)) {
      take(account);
    }
  }

  @Override
  public Optional<Pause> admit(Purpose purpose, String source) {
    checkMayBegin();
    if (Tab.isFree(purpose)) {
      return Optional.empty();
    }
    Account ofSource = account(source);
    take(account);
    try {
      take(ofSource);
    } catch (SourceException e) {
      account.giveBack();
      throw e;
    }
    return takeOfDay(ofSource);
  }

  private Account account(String source) {
    return accounts.computeIfAbsent(
        source, name -> Account.ofSource(name, limits.sources().apply(name)));
  }

  private void take(Account from) {
    try {
      from.take();
    } catch (SourceException e) {
      refusedUnder = from.bounds().onExceed();
      throw e;
    }
  }

  /** Where a budget of the day is used up, what was taken from the others is given back. */
  private Optional<Pause> takeOfDay(Account ofSource) {
    List<Runnable> undo = new ArrayList<>(List.of(account::giveBack, ofSource::giveBack));
    try {
      for (Bounds bounds : List.of(ofSource.bounds(), account.bounds())) {
        Optional<Pause> pause = takeOfDay(bounds);
        if (pause.isPresent()) {
          return pause;
        }
        bounds.day().ifPresent(day -> undo.add(day::giveBack));
      }
      undo.clear();
      return Optional.empty();
    } finally {
      undo.forEach(Runnable::run);
    }
  }

  private Optional<Pause> takeOfDay(Bounds bounds) {
    Optional<SharedBudget.Shortage> shortage = bounds.day().flatMap(SharedBudget::take);
    if (shortage.isEmpty()) {
      return Optional.empty();
    }
    String what = shortage.get().what();
    if (bounds.onExceed() == OnExceed.WAIT) {
      return Optional.of(new Pause(shortage.get().left(), what));
    }
    refusedUnder = bounds.onExceed();
    throw new SourceException(ErrorKind.BUDGET_EXCEEDED, what + ", and more would be needed")
        .withHint(
            "It is there again in "
                + Durations.format(shortage.get().left())
                + "; on_exceed: wait (--on-exceed wait) waits for that.");
  }

  /**
   * Passes if the statement may go on.
   *
   * @throws SourceException CANCELLED or DEADLINE_EXCEEDED
   */
  public void checkRunning() {
    if (aborts.isCancelled()) {
      throw new SourceException(ErrorKind.CANCELLED, "the statement was cancelled");
    }
    if (isOver(end)) {
      throw new SourceException(
              ErrorKind.DEADLINE_EXCEEDED,
              "the statement's time of "
                  + Durations.format(limits.time().orElseThrow())
                  + " is over")
          .withHint("Give it more time, or ask for fewer rows.");
    }
  }

  private void checkMayBegin() {
    checkRunning();
    if (isOver(deadline)) {
      throw new SourceException(
              ErrorKind.DEADLINE_EXCEEDED,
              "the deadline of " + Durations.format(limits.deadline().orElseThrow()) + " has come")
          .withHint("Give it more time (--deadline), or ask for fewer rows.");
    }
  }

  private boolean isOver(Optional<Instant> moment) {
    return moment.isPresent() && !time.now().isBefore(moment.get());
  }

  /**
   * Whether a statement that met this fault may end with the rows so far: the budget or the time
   * that is used up says so.
   */
  public boolean endsPartial(SourceException fault) {
    return switch (fault.kind()) {
      case BUDGET_EXCEEDED -> refusedUnder == OnExceed.PARTIAL;
      case DEADLINE_EXCEEDED ->
          isDeadlineFirst() || limits.statement().onExceed() == OnExceed.PARTIAL;
      default -> false;
    };
  }

  private boolean isDeadlineFirst() {
    return deadline.isPresent() && (end.isEmpty() || !deadline.get().isAfter(end.get()));
  }

  /** A budget of the result's rows is used up. */
  public SourceException rowsExceeded(long most) {
    refusedUnder = limits.statement().onExceed();
    return new SourceException(
            ErrorKind.BUDGET_EXCEEDED,
            "the statement's budget of "
                + Account.amount(most, "row")
                + " is used up, and there are more")
        .withHint("Raise the limit (--max-rows, limits.rows), or say LIMIT for so many.");
  }

  @Override
  public Optional<Instant> deadline() {
    return isDeadlineFirst() ? deadline : end;
  }

  @Override
  public Registration onCancel(Runnable abort) {
    return aborts.add(abort);
  }

  /**
   * Aborts what is in flight; every later question answers CANCELLED. May be called from any
   * thread, repeatedly.
   */
  public void cancel() {
    aborts.cancel();
  }

  public boolean isCancelled() {
    return aborts.isCancelled();
  }

  @Override
  public void record(RequestReport report) {
    book.add(report);
    if (!Tab.isFree(report.purpose())) {
      spend(account, report);
      spend(account(report.source()), report);
    }
    listener.accept(report);
  }

  private static void spend(Account from, RequestReport report) {
    from.spend(report);
    from.bounds().day().ifPresent(day -> day.spend(report.bytes()));
  }

  @Override
  public boolean isStrict() {
    return strict;
  }

  @Override
  public void pageRead(String place, long rows) {
    book.addRows(place, rows);
    account(UsageBook.sourceOf(place)).read(rows);
  }

  @Override
  public boolean mayOverlap(String place) {
    return !account.countsAnswers() && !account(UsageBook.sourceOf(place)).countsAnswers();
  }

  @Override
  public synchronized void waiting(Duration expected, String reason) {
    waitsUntil = time.now().plus(expected);
    waitsFor = reason;
  }

  /** The wait that was begun last, unless it is over. */
  public synchronized Optional<Wait> currentWait() {
    Duration left = waitsUntil == null ? Duration.ZERO : Duration.between(time.now(), waitsUntil);
    return left.compareTo(Duration.ZERO) > 0
        ? Optional.of(new Wait(left, waitsFor))
        : Optional.empty();
  }

  @Override
  public synchronized void warn(String message) {
    warnings.add(message);
  }

  /** What was warned of so far, each once, in order. */
  public synchronized List<String> warnings() {
    return new ArrayList<>(warnings);
  }

  /** Notes something good to know that is no cause for worry. */
  public synchronized void note(String message) {
    notes.add(message);
  }

  /** What was noted so far, each once, in order. */
  public synchronized List<String> notes() {
    return new ArrayList<>(notes);
  }

  public Costs costs() {
    return book.costs();
  }

  /** What was spent so far, by source and table, and how the budgets stand. */
  public Usage usage() {
    return new Usage(book.sources(), budgets(accounts.keySet()));
  }

  /** How the statement's budgets and those for these sources stand. */
  public List<BudgetState> budgets(Collection<String> sources) {
    List<BudgetState> budgets = new ArrayList<>(account.states());
    sources.stream().sorted().forEach(name -> budgets.addAll(account(name).states()));
    return budgets;
  }
}
