package dev.quire.chain;

import dev.quire.spi.CallContext;
import dev.quire.spi.Durations;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The context of one statement: counts calls against the budget, knows the deadline, carries the
 * cancellation, adds up the costs. Thread-safe.
 */
public final class StatementContext implements CallContext {
  private final TimeSource time;
  private final Limits limits;
  private final Optional<Instant> deadline;
  private final Consumer<RequestReport> listener;
  private final Aborts aborts = new Aborts();
  private final Set<String> warnings = new LinkedHashSet<>();
  private long admitted;
  private long calls;
  private long metadataCalls;
  private long pages;
  private long retries;
  private long bytes;
  private Duration waited = Duration.ZERO;
  private @Nullable Instant waitsUntil;
  private String waitsFor = "";

  /**
   * The bounds of one statement.
   *
   * @param calls the most requests for rows and counts, retries included
   * @param time from its start
   */
  public record Limits(long calls, Optional<Duration> time) {
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Optional.empty());
  }

  /**
   * @param listener told of each attempt, in the thread that made it
   */
  public StatementContext(TimeSource time, Limits limits, Consumer<RequestReport> listener) {
    this.time = time;
    this.limits = limits;
    this.deadline = limits.time().map(time.now()::plus);
    this.listener = listener;
  }

  @Override
  public void admit(Purpose purpose) {
    checkRunning();
    if (isFree(purpose)) {
      return;
    }
    synchronized (this) {
      if (admitted >= limits.calls()) {
        throw new SourceException(
                ErrorKind.BUDGET_EXCEEDED,
                String.format(
                    Locale.ROOT,
                    "the statement's budget of %,d %s is used up, and more would be needed",
                    limits.calls(),
                    limits.calls() == 1 ? "call" : "calls"))
            .withHint("Raise the limit (--max-calls, limits.calls) or ask for fewer rows.");
      }
      admitted++;
    }
  }

  private static boolean isFree(Purpose purpose) {
    return purpose == Purpose.METADATA || purpose == Purpose.TOKEN;
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
    if (deadline.isPresent() && !time.now().isBefore(deadline.get())) {
      throw new SourceException(
              ErrorKind.DEADLINE_EXCEEDED,
              "the statement's time of "
                  + Durations.format(limits.time().orElseThrow())
                  + " is over")
          .withHint("Give it more time, or ask for fewer rows.");
    }
  }

  @Override
  public Optional<Instant> deadline() {
    return deadline;
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
    synchronized (this) {
      if (isFree(report.purpose())) {
        metadataCalls++;
      } else {
        calls++;
        pages += report.purpose() == Purpose.DATA && report.fault().isEmpty() ? 1 : 0;
      }
      retries += report.attempt() > 1 ? 1 : 0;
      bytes += report.bytes();
      waited = waited.plus(report.waited());
    }
    listener.accept(report);
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

  public synchronized Costs costs() {
    return new Costs(calls, metadataCalls, pages, retries, bytes, waited);
  }
}
