package dev.quire.engine.pages;

import dev.quire.chain.SplitPosition;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Continuation;
import dev.quire.spi.Durations;
import dev.quire.spi.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of a scan as it was seen. Immutable.
 *
 * @param row rows of the scan before it
 * @param pages of the scan before it
 * @param page where it starts
 * @param fingerprint of its first row, by which it is known again
 * @param seen when; of a page that was reached from another known one, when that was seen
 */
public record PageStart(long row, long pages, Continuation page, long fingerprint, Instant seen) {

  /** Whether it may be used; one from the future is from a clock that was set back. */
  boolean isFresh(Instant now, Duration maxAge) {
    return !seen.isAfter(now) && now.isBefore(seen.plus(maxAge));
  }

  /** {@code row 10,001, where a page began 3 min ago (page index)}. */
  public String text(Instant now) {
    return String.format(
        Locale.ROOT,
        "row %,d, where a page began %s ago (page index)",
        row + 1,
        Durations.format(Duration.between(seen, now)));
  }

  /** Where the reader of a chain stands that begins here. */
  public SplitPosition position(Split split) {
    return new SplitPosition(
        split, new Checkpoint(Optional.of(page), 0), false, OptionalLong.of(fingerprint));
  }

  PageStart asOf(Instant earlier) {
    return new PageStart(row, pages, page, fingerprint, earlier);
  }
}
