package dev.quire.http;

import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How many requests an origin gets at once: halved when it throttles, grown by one after as many
 * successes as the limit. A Retry-After of one request holds all of them back. Thread-safe.
 */
final class Gate {
  private final TimeSource time;
  private final int most;
  private int limit;
  private int active;
  private int generation;
  private int successes;
  private boolean held;
  private long heldUntil;
  private String heldFor = "throttled";

  /**
   * A place in the gate.
   *
   * @param generation of the limit under which it was given
   */
  record Permit(int generation) {}

  Gate(TimeSource time, int most) {
    this.time = time;
    this.most = most;
    this.limit = most;
  }

  /** Waits for a place; empty when none became free in time. */
  synchronized Optional<Permit> enter(Duration most) throws InterruptedException {
    long until = time.nanoTime() + most.toNanos();
    while (active >= limit) {
      long left = until - time.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    active++;
    return Optional.of(new Permit(generation));
  }

  synchronized void leave() {
    active--;
    notifyAll();
  }

  /** Halves the limit, once for all requests that were under way together. */
  synchronized void throttled(Permit permit) {
    if (permit.generation() == generation) {
      generation++;
      limit = Math.max(1, limit / 2);
      successes = 0;
    }
  }

  synchronized void succeeded() {
    successes++;
    if (successes >= limit && limit < most) {
      limit++;
      successes = 0;
      notifyAll();
    }
  }

  /** Nobody is to send anything for so long: the service has said that it is too much. */
  void hold(Duration duration) {
    hold(duration, "throttled");
  }

  /**
   * Nobody is to send anything for so long.
   *
   * @param reason in a few words
   */
  synchronized void hold(Duration duration, String reason) {
    long until = time.nanoTime() + duration.toNanos();
    if (!held || until - heldUntil > 0) {
      held = true;
      heldUntil = until;
      heldFor = reason;
    }
  }

  /** How long still to wait; zero or less for not at all. */
  synchronized Duration holdLeft() {
    Duration left = held ? Duration.ofNanos(heldUntil - time.nanoTime()) : Duration.ZERO;
    held = held && !left.isNegative() && !left.isZero();
    return left;
  }

  synchronized String heldFor() {
    return heldFor;
  }

  synchronized int limit() {
    return limit;
  }
}
