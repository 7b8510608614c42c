package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.Durations;
import dev.quire.spi.Pause;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.Optional;

/** Waits until a request may be sent, never past the deadline. One thread. */
final class Turn {
  /** Asks again so often, because the machine may have slept or the clock may have been set. */
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  private final String source;
  private final TimeSource time;
  private final CallContext context;
  private final Cancellation cancellation;
  private final Deadline deadline;

  Turn(Outlet outlet, Task<?> task, Deadline deadline) {
    this.source = outlet.source();
    this.time = outlet.host().time();
    this.context = task.context();
    this.cancellation = task.cancellation();
    this.deadline = deadline;
  }

  /** Has a request counted against the budgets, when they have room for it. */
  void await(CallContext.Purpose purpose) {
    Optional<Pause> pause = context.admit(purpose, source);
    while (pause.isPresent()) {
      announce(pause.get().time(), pause.get().reason(), pause.get().reason());
      Duration left = pause.get().time();
      cancellation.sleep(time, left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left);
      pause = context.admit(purpose, source);
    }
  }

  /**
   * Waits, if there is something to wait for.
   *
   * @param why for the error where it would be too long
   * @param reason for whoever watches
   */
  void waitFor(Duration wait, String why, String reason) {
    if (wait.compareTo(Duration.ZERO) > 0) {
      announce(wait, why, reason);
      cancellation.sleep(time, wait);
    }
  }

  private void announce(Duration wait, String why, String reason) {
    if (wait.compareTo(deadline.left()) > 0) {
      throw deadline.fault(why + "; the next attempt would be in " + Durations.format(wait));
    }
    context.waiting(wait, reason);
  }
}
