package dev.quire.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most requests in any stretch of time. Immutable. */
record RateLimit(int requests, Duration period) {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})/(s|min|h)");

  /** Parses {@code 10/s}, {@code 600/min}, {@code 5000/h}. */
  static Optional<RateLimit> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    Duration period =
        switch (form.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "min" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return Optional.of(new RateLimit(Integer.parseInt(form.group(1)), period));
  }
}
