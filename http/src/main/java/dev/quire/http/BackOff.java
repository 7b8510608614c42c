package dev.quire.http;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait after a failed attempt. Immutable and thread-safe. */
@FunctionalInterface
interface BackOff {

  /**
   * @param failures so far, from 1
   */
  Duration after(int failures);

  /** Doubles with each failure. */
  static BackOff doubling(Duration base) {
    return failures -> base.multipliedBy(1L << Math.min(30, failures - 1));
  }

  /** Never more than this. */
  default BackOff atMost(Duration cap) {
    return failures -> {
      Duration plain = after(failures);
      return plain.compareTo(cap) > 0 ? cap : plain;
    };
  }

  /**
   * Full jitter: anything from nothing to the whole, so that clients that failed together do not
   * come back together.
   *
   * @param random uniform in [0, 1)
   */
  default BackOff withJitter(DoubleSupplier random) {
    return failures -> Duration.ofNanos((long) (after(failures).toNanos() * random.getAsDouble()));
  }
}
