package dev.quire.cli;

import dev.quire.chain.Costs;
import dev.quire.chain.Usage;
import dev.quire.spi.Durations;
import dev.quire.spi.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The line below a result: {@code complete: 12,001 rows, 3 calls, 1.2 MB, 0.41 s (1 metadata
 * call)}.
 */
final class Footer {
  private static final Duration WORTH_SAYING = Duration.ofMillis(100);

  private Footer() {}

  /**
   * @param verdict the first word
   * @param nanos from the statement's start
   */
  static String line(String verdict, long rows, Costs costs, long nanos) {
    return verdict + ": " + Amounts.of(rows, "row") + ", " + costs(costs, nanos);
  }

  /** {@code ; github says: 4,987 of 5,000 core left until …}, where a service says so. */
  static String quotas(Usage usage) {
    return usage.sources().stream()
        .filter(source -> !source.quotas().isEmpty())
        .map(
            source ->
                source.quotas().stream()
                    .map(Quota::text)
                    .collect(Collectors.joining(", ", "; " + source.source() + " says: ", "")))
        .collect(Collectors.joining());
  }

  /** {@code 3 calls, 1.2 MB, 0.41 s (1 metadata call, 2 retries, waited 1.2 s)}. */
  static String costs(Costs costs, long nanos) {
    List<String> extras = new ArrayList<>();
    if (costs.metadataCalls() > 0) {
      extras.add(Amounts.of(costs.metadataCalls(), "metadata call"));
    }
    if (costs.retries() > 0) {
      extras.add(
          costs.retries() == 1
              ? "1 retry"
              : String.format(Locale.ROOT, "%,d retries", costs.retries()));
    }
    if (costs.waited().compareTo(WORTH_SAYING) >= 0) {
      extras.add("waited " + Durations.format(costs.waited()));
    }
    return Amounts.of(costs.calls(), "call")
        + ", "
        + Amounts.bytes(costs.bytes())
        + ", "
        + Amounts.seconds(nanos)
        + (extras.isEmpty() ? "" : " (" + String.join(", ", extras) + ")");
  }
}
