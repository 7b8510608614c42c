package dev.quire.engine.sys;

import dev.quire.chain.Costs;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** One statement of this process: what it is and how it stands. Thread-safe. */
public final class StatementEntry {
  private static final Costs NOTHING = new Costs(0, 0, 0, 0, 0, Duration.ZERO);

  private final long id;
  private final String text;
  private final TimeSource time;
  private final Instant started;
  private final long startedNanos;
  private Supplier<Costs> costs = () -> NOTHING;
  private State state = new State(Outcome.RUNNING, Optional.empty(), 0, NOTHING, Duration.ZERO);

  StatementEntry(long id, String text, TimeSource time) {
    this.id = id;
    this.text = text;
    this.time = time;
    this.started = time.now().truncatedTo(ChronoUnit.MILLIS);
    this.startedNanos = time.nanoTime();
  }

  /**
   * How a statement stands.
   *
   * @param reason why it is not complete
   * @param rows handed out; 0 while it runs
   */
  record State(Outcome outcome, Optional<String> reason, long rows, Costs costs, Duration took) {}

  /** Where the costs are found while the statement runs. */
  public synchronized void watch(Supplier<Costs> running) {
    costs = running;
  }

  /** The statement is at its end; only the first end counts. */
  public synchronized void end(Outcome outcome, Optional<String> reason, long rows) {
    if (state.outcome() == Outcome.RUNNING) {
      state = new State(outcome, reason.map(Journal::shortened), rows, costs.get(), sinceStart());
      costs = () -> NOTHING;
    }
  }

  private Duration sinceStart() {
    return Duration.ofNanos(time.nanoTime() - startedNanos);
  }

  long id() {
    return id;
  }

  String text() {
    return text;
  }

  Instant started() {
    return started;
  }

  synchronized State state() {
    return state.outcome() == Outcome.RUNNING
        ? new State(Outcome.RUNNING, Optional.empty(), 0, costs.get(), sinceStart())
        : state;
  }
}
