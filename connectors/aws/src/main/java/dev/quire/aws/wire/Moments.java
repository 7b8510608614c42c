package dev.quire.aws.wire;

import dev.quire.aws.model.TimestampFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments as AWS writes them: seconds since 1970 with or without a fraction, ISO 8601, and the
 * dates of HTTP.
 */
final class Moments {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(253_402_300_800L);

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
  private static final Pattern ZONED = Pattern.compile("(.*T.*)([Zz]|[+-]\\d\\d(?::?\\d\\d)?)");

  private Moments() {}

  /** A moment in any of the forms; one in ISO 8601 that names no zone is meant in UTC. */
  static Instant parse(String text) {
    String plain = text.strip();
    if (NUMBER.matcher(plain).matches()) {
      return ofSeconds(new BigDecimal(plain));
    }
    boolean http = !plain.isEmpty() && Character.isLetter(plain.charAt(0));
    if (http) {
      return ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
    Matcher zoned = ZONED.matcher(plain);
    return zoned.matches()
        ? LocalDateTime.parse(zoned.group(1))
            .toInstant(ZoneOffset.of(zoned.group(2).toUpperCase(Locale.ROOT)))
        : LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
  }

  static Instant ofSeconds(BigDecimal seconds) {
    if (seconds.abs().compareTo(MOST_SECONDS) > 0) {
      throw new DateTimeException("not within ten thousand years");
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal rest = seconds.subtract(whole).movePointRight(9).setScale(0, RoundingMode.HALF_EVEN);
    return Instant.ofEpochSecond(whole.longValueExact(), rest.longValueExact());
  }

  static String text(Instant moment, TimestampFormat format) {
    return switch (format) {
      case ISO8601 -> iso(moment);
      case UNIX -> seconds(moment).toPlainString();
      case RFC822 -> HTTP_DATE.format(moment);
    };
  }

  static String iso(Instant moment) {
    return DateTimeFormatter.ISO_INSTANT.format(moment);
  }

  /** Seconds since 1970, with a fraction only where there is one. */
  static BigDecimal seconds(Instant moment) {
    BigDecimal whole = BigDecimal.valueOf(moment.getEpochSecond());
    return moment.getNano() == 0
        ? whole
        : whole.add(BigDecimal.valueOf(moment.getNano(), 9)).stripTrailingZeros();
  }
}
