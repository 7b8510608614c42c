package dev.quire.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What the host lends to a connector for its whole life: time and randomness, so that no test
 * waits, a way to the person who uses the program, and a place for what can be read again.
 *
 * @param time the clock, and the only way to wait
 * @param random uniform in [0, 1), for jitter; thread-safe
 * @param notices shows a notice to that person at once; thread-safe
 * @param cache the folder of copies that save requests, which may not be there yet; empty where
 *     none are kept
 */
public record ConnectorContext(
    TimeSource time, DoubleSupplier random, Consumer<Notice> notices, Optional<Path> cache) {

  /** Without copies. */
  public ConnectorContext(TimeSource time, DoubleSupplier random, Consumer<Notice> notices) {
    this(time, random, notices, Optional.empty());
  }

  /** Without somebody at a terminal: notices go to the log {@code dev.quire}. */
  public ConnectorContext(TimeSource time, DoubleSupplier random) {
    this(time, random, ConnectorContext::log);
  }

  /** The machine's own clock, random numbers and cache; notices go to the log {@code dev.quire}. */
  public static ConnectorContext system() {
    return new ConnectorContext(TimeSource.system(), () -> ThreadLocalRandom.current().nextDouble())
        .withCache(userCache(System.getenv()));
  }

  /**
   * The user's folder for copies: {@code quire} in {@code XDG_CACHE_HOME}, else in {@code
   * LOCALAPPDATA} on Windows, else in {@code ~/.cache}.
   */
  static Optional<Path> userCache(Map<String, String> environment) {
    for (String name : new String[] {"XDG_CACHE_HOME", "LOCALAPPDATA"}) {
      String folder = environment.getOrDefault(name, "");
      if (!folder.isEmpty()) {
        return Optional.of(Path.of(folder, "quire"));
      }
    }
    return Optional.of(environment.getOrDefault("HOME", ""))
        .filter(home -> !home.isEmpty())
        .map(home -> Path.of(home, ".cache", "quire"));
  }

  /** The same with another way to show notices. */
  public ConnectorContext withNotices(Consumer<Notice> shown) {
    return new ConnectorContext(time, random, shown, cache);
  }

  /** The same with another place for copies. */
  public ConnectorContext withCache(Optional<Path> folder) {
    return new ConnectorContext(time, random, notices, folder);
  }

  private static void log(Notice notice) {
    System.getLogger("dev.quire").log(System.Logger.Level.INFO, notice.text());
  }
}
