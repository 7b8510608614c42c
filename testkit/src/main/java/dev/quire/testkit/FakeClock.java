package dev.quire.testkit;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that passes only when somebody sleeps or the test says so. Whoever sleeps wakes at once,
 * with the clock put forward; or, made by {@link #blocking}, when the test has advanced far enough.
 * Thread-safe.
 */
public final class FakeClock implements TimeSource {
  /** Where a new clock stands. */
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final boolean blocking;
  private final List<Duration> sleeps = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;
  private int sleepers;

  private FakeClock(boolean blocking) {
    this.blocking = blocking;
  }

  /** A clock on which a sleep passes at once. */
  public static FakeClock start() {
    return new FakeClock(false);
  }

  /** A clock on which a sleep lasts until {@link #advance} has passed its end. */
  public static FakeClock blocking() {
    return new FakeClock(true);
  }

  @Override
  public Instant now() {
    return START.plus(elapsed());
  }

  @Override
  public long nanoTime() {
    return elapsed().toNanos();
  }

  /** How much time has passed since {@link #START}. */
  public Duration elapsed() {
    lock.lock();
    try {
      return elapsed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (duration.isNegative() || duration.isZero()) {
        return;
      }
      sleeps.add(duration);
      if (blocking) {
        awaitAdvanceTo(elapsed.plus(duration));
      } else {
        elapsed = elapsed.plus(duration);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitAdvanceTo(Duration end) throws InterruptedException {
    sleepers++;
    changed.signalAll();
    try {
      while (elapsed.compareTo(end) < 0) {
        changed.await();
      }
    } finally {
      sleepers--;
      changed.signalAll();
    }
  }

  /** Lets time pass; whoever has slept long enough by then wakes. */
  public void advance(Duration by) {
    lock.lock();
    try {
      elapsed = elapsed.plus(by);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many threads sleep on this blocking clock. */
  public void awaitSleepers(int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = PATIENCE.toNanos();
      while (sleepers < count) {
        if (left <= 0) {
          throw new AssertionError("only " + sleepers + " of " + count + " threads sleep");
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Every sleep that was asked for and was longer than nothing, in order. */
  public List<Duration> sleeps() {
    lock.lock();
    try {
      return List.copyOf(sleeps);
    } finally {
      lock.unlock();
    }
  }

  /** All sleeps added up. */
  public Duration slept() {
    return sleeps().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** This clock, with jitter that is always the middle of its range. */
  public ConnectorContext context() {
    return new ConnectorContext(this, () -> 0.5);
  }

  /** This clock, with random numbers that a seed repeats. */
  public ConnectorContext context(long seed) {
    Random random = new Random(seed);
    return new ConnectorContext(this, random::nextDouble);
  }

  @Override
  public String toString() {
    return "FakeClock["
        + now()
        + ", slept "
        + TimeUnit.NANOSECONDS.toMillis(slept().toNanos())
        + " ms]";
  }
}
