package dev.quire.http;

import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody waits, and notes the waits. Thread-safe. */
final class FakeTime implements TimeSource {
  static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private Duration passed = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return START.plus(passed);
  }

  @Override
  public synchronized long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("woken");
    }
    synchronized (this) {
      sleeps.add(duration);
      passed = passed.plus(duration);
    }
  }

  synchronized void pass(Duration duration) {
    passed = passed.plus(duration);
  }

  synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
