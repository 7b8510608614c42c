package dev.quire.spi;

import java.time.Duration;
import java.time.Instant;

/** Tells the time and waits. Thread-safe. The only place where the product may ask for either. */
public interface TimeSource {

  Instant now();

  /** A monotonic reading in nanoseconds, for measuring durations; its origin means nothing. */
  long nanoTime();

  /** Waits; returns at once for a zero or negative duration. */
  void sleep(Duration duration) throws InterruptedException;

  /** The machine's own clock. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
