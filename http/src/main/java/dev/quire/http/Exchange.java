package dev.quire.http;

import dev.quire.spi.Durations;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.Optional;

/** One request with all its attempts: the retry policy. One thread. */
final class Exchange<T> {
  private final Outlet outlet;
  private final Task<T> task;
  private final Cancellation cancellation;
  private final TimeSource time;
  private final Deadline deadline;
  private final Turn turn;

  Exchange(Outlet outlet, Task<T> task) {
    this.outlet = outlet;
    this.task = task;
    this.cancellation = task.cancellation();
    this.time = outlet.host().time();
    this.deadline = new Deadline(time, task.context().deadline());
    this.turn = new Turn(outlet, task, deadline);
  }

  T run() {
    outlet.check(task.request().url());
    boolean refreshed = false;
    long began = time.nanoTime();
    long failed = began;
    int failures = 0;
    for (int number = 1; ; number++) {
      Attempt<T> attempt = new Attempt<>(outlet, task, turn, number);
      try {
        return throughGate(attempt, failed);
      } catch (AttemptFailure failure) {
        failed = time.nanoTime();
        if (failure.isUnauthorized() && !refreshed) {
          refreshed = true;
          if (outlet.authenticator().refresh(attempt.signed(), task.context())) {
            continue;
          }
        }
        if (failure.isStale() && number == failures + 1) {
          continue;
        }
        failures++;
        if (!failure.mayRetry() || failures >= outlet.settings().attempts()) {
          throw last(failure, number, began);
        }
        pause(failure, failures);
      }
    }
  }

  private T throughGate(Attempt<T> attempt, long since) throws AttemptFailure {
    turn.await(task.request().purpose());
    long signing = time.nanoTime();
    attempt.sign();
    long signed = time.nanoTime() - signing;
    turn.waitFor(outlet.takePace(), "the rate limit is reached", "rate limit");
    Gate.Permit permit = enter();
    try {
      T result = attempt.run(Duration.ofNanos(time.nanoTime() - since - signed));
      outlet.gate().succeeded();
      return result;
    } catch (AttemptFailure failure) {
      if (failure.isThrottled()) {
        outlet.gate().throttled(permit);
      }
      failure.retryAfter().ifPresent(wait -> outlet.gate().hold(wait));
      throw failure;
    } finally {
      outlet.gate().leave();
    }
  }

  /** A place in the gate, at a time when nobody is held back. */
  private Gate.Permit enter() {
    Gate gate = outlet.gate();
    while (true) {
      turn.waitFor(gate.holdLeft(), "the service asked to wait", gate.heldFor());
      Optional<Gate.Permit> permit = cancellation.block(() -> gate.enter(deadline.left()));
      if (permit.isEmpty()) {
        throw deadline.fault("too many requests to " + outlet.origin() + " are under way");
      }
      if (gate.holdLeft().compareTo(Duration.ZERO) <= 0) {
        return permit.get();
      }
      gate.leave();
    }
  }

  private void pause(AttemptFailure failure, int failures) {
    Duration wait = failure.retryAfter().orElseGet(() -> outlet.backOff().after(failures));
    String reason = failure.isThrottled() ? "throttled" : "to try again";
    turn.waitFor(wait, failure.fault().problem(), reason);
  }

  private SourceException last(AttemptFailure failure, int attempts, long began) {
    SourceException fault = failure.fault();
    if (attempts == 1 || !failure.mayRetry()) {
      return fault;
    }
    String spent = Durations.format(Duration.ofNanos(time.nanoTime() - began));
    SourceException whole =
        new SourceException(
            fault.kind(),
            fault.problem() + "; gave up after " + attempts + " attempts in " + spent,
            fault);
    return fault.hint().map(whole::withHint).orElse(whole);
  }
}
