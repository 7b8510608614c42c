package dev.quire.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The Retry-After header (RFC 9110, section 10.2.3): seconds or a date; also the decimal seconds
 * that Microsoft Graph documents. Anything else is as if it were absent.
 */
final class RetryAfter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

  private RetryAfter() {}

  static Optional<Duration> parse(String value, Instant now) {
    String text = value.strip();
    if (text.matches("\\d{1,10}(\\.\\d{1,9})?")) {
      return Optional.of(Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValue()));
    }
    try {
      Duration left = Duration.between(now, ZonedDateTime.parse(text, DATE).toInstant());
      return left.isNegative() ? Optional.empty() : Optional.of(left);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
