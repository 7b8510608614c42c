package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a statement may still take. Immutable and thread-safe. */
record Deadline(TimeSource time, Optional<Instant> end) {
  private static final Duration FOR_EVER = Duration.ofDays(3_650);

  /** Zero or less when it is over. */
  Duration left() {
    return end.map(instant -> Duration.between(time.now(), instant)).orElse(FOR_EVER);
  }

  boolean isOver() {
    return left().compareTo(Duration.ZERO) <= 0;
  }

  /** The shorter of a duration and what is left. */
  Duration bound(Duration duration) {
    Duration left = left();
    return duration.compareTo(left) < 0 ? duration : left;
  }

  /**
   * @param what was under way
   */
  SourceException fault(String what) {
    return new SourceException(
            ErrorKind.DEADLINE_EXCEEDED, what + ", and the statement's time is over before")
        .withHint("Give the statement more time, or ask for fewer rows.");
  }
}
