package dev.quire.spi;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * What the host lends to a connector for its whole life: time and randomness, so that no test
 * waits.
 *
 * @param time the clock, and the only way to wait
 * @param random uniform in [0, 1), for jitter; thread-safe
 */
public record ConnectorContext(TimeSource time, DoubleSupplier random) {

  /** The machine's own clock and random numbers. */
  public static ConnectorContext system() {
    return new ConnectorContext(
        TimeSource.system(), () -> ThreadLocalRandom.current().nextDouble());
  }
}
