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
 * that Microsoft Graph documents. And {@code x-amz-retry-after} of AWS, in milliseconds. Anything
 * else is as if it were absent.
 */
final class RetryAfter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000);

  private RetryAfter() {}

  /** What the headers of an answer say, in seconds or, where it is written, in milliseconds. */
  static Optional<Duration> of(Headers headers, Instant now) {
    return headers
        .first("Retry-After")
        .flatMap(value -> parse(value, now))
        .or(() -> headers.first("x-amz-retry-after").flatMap(RetryAfter::millis));
  }

  private static Optional<Duration> millis(String value) {
    String text = value.strip();
    return text.matches("\\d{1,12}")
        ? positive(Duration.ofMillis(Long.parseLong(text)))
        : Optional.empty();
  }

  /** "At once" is no answer to "too many": the back-off decides then. */
  private static Optional<Duration> positive(Duration wait) {
    return wait.isNegative() || wait.isZero() ? Optional.empty() : Optional.of(wait);
  }

  static Optional<Duration> parse(String value, Instant now) {
    String text = value.strip();
    if (text.matches("\\d{1,20}(\\.\\d{1,9})?")) {
      BigDecimal seconds = new BigDecimal(text).min(MOST_SECONDS);
      return positive(Duration.ofNanos(seconds.movePointRight(9).longValue()));
    }
    try {
      return positive(Duration.between(now, ZonedDateTime.parse(text, DATE).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
