package dev.quire.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of durations in configurations and options: a number and a unit. */
public final class Durations {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h} or {@code 2d}; empty when the text has
   * another form or means more than a hundred years. A number without a unit is refused: nobody can
   * tell what it means.
   */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration time =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return Optional.of(time).filter(each -> each.compareTo(LONGEST) <= 0);
  }

  /** A duration as people write it: {@code 250 ms}, {@code 2.1 s}, {@code 5 min}, {@code 1.5 h}. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 120_000) {
      return oneDigit(millis, 1_000) + " s";
    }
    return millis < 7_200_000
        ? oneDigit(millis, 60_000) + " min"
        : oneDigit(millis, 3_600_000) + " h";
  }

  private static String oneDigit(long millis, long unit) {
    long tenths = Math.round(millis * 10.0 / unit);
    return tenths % 10 == 0 ? "" + tenths / 10 : tenths / 10 + "." + tenths % 10;
  }
}
