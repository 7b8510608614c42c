package dev.quire.spi;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a service says is left of the caller's quota. Immutable.
 *
 * @param name what it counts, in the service's word: {@code requests}, {@code core}
 * @param limit the whole
 * @param remaining what is left, rounded down
 * @param resets when there is more again
 */
public record Quota(String name, OptionalLong limit, long remaining, Optional<Instant> resets) {

  /** Whether nothing is left. */
  public boolean isUsedUp() {
    return remaining <= 0;
  }

  /** {@code 4,999 of 5,000 core left until 2026-11-28T15:00:00Z}. */
  public String text() {
    String of = limit.isPresent() ? String.format(Locale.ROOT, " of %,d", limit.getAsLong()) : "";
    return String.format(Locale.ROOT, "%,d%s %s left", remaining, of, name)
        + resets.map(moment -> " until " + moment).orElse("");
  }
}
