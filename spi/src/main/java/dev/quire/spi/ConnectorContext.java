package dev.quire.spi;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What the host lends to a connector for its whole life: time and randomness, so that no test
 * waits, and a way to the person who uses the program.
 *
 * @param time the clock, and the only way to wait
 * @param random uniform in [0, 1), for jitter; thread-safe
 * @param notices shows a notice to that person at once; thread-safe
 */
public record ConnectorContext(TimeSource time, DoubleSupplier random, Consumer<Notice> notices) {

  /** Without somebody at a terminal: notices go to the log {@code dev.quire}. */
  public ConnectorContext(TimeSource time, DoubleSupplier random) {
    this(time, random, ConnectorContext::log);
  }

  /** The machine's own clock and random numbers; notices go to the log {@code dev.quire}. */
  public static ConnectorContext system() {
    return new ConnectorContext(
        TimeSource.system(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /** The same with another way to show notices. */
  public ConnectorContext withNotices(Consumer<Notice> shown) {
    return new ConnectorContext(time, random, shown);
  }

  private static void log(Notice notice) {
    System.getLogger("dev.quire").log(System.Logger.Level.INFO, notice.text());
  }
}
