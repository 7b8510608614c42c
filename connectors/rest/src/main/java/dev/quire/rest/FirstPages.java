package dev.quire.rest;

import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The first page that a table was asked for before its rows were wanted, so that it is not asked
 * for again. It is given once, and not when it is old. Thread-safe.
 */
final class FirstPages {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final TimeSource time;
  private final AtomicReference<@Nullable Entry> kept = new AtomicReference<>();

  /**
   * @param asked the request as a text, without the size of its page
   */
  private record Entry(String asked, KeptAnswer answer, Instant since) {}

  FirstPages(TimeSource time) {
    this.time = time;
  }

  void keep(String asked, KeptAnswer answer) {
    kept.set(new Entry(asked, answer, time.now()));
  }

  Optional<KeptAnswer> take(String asked) {
    Entry entry = kept.get();
    if (entry == null
        || !entry.asked().equals(asked)
        || Duration.between(entry.since(), time.now()).compareTo(FRESH) >= 0) {
      return Optional.empty();
    }
    return kept.compareAndSet(entry, null) ? Optional.of(entry.answer()) : Optional.empty();
  }
}
