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
import org.jspecify.annotations.Nullable;

/**
 * Moments as AWS writes them: seconds since 1970 with or without a fraction, ISO 8601, and the
 * dates of HTTP.
 */
final class Moments {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int NANO_DIGITS = 9;
  private static final long[] TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  /** So many digits fit into a long. */
  private static final int LONG_DIGITS = 18;

  private static final long FEW_SECONDS = 100_000_000_000L;

  /** So many digits of whole seconds are within ten thousand years. */
  private static final int SECOND_DIGITS = 11;

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
    int scale = seconds.scale();
    if (scale >= 0 && scale <= NANO_DIGITS && isFew(seconds.precision(), scale)) {
      return ofFew(seconds.unscaledValue().longValue(), scale);
    }
    if (seconds.abs().compareTo(MOST_SECONDS) > 0) {
      throw new DateTimeException("not within ten thousand years");
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal rest = seconds.subtract(whole).movePointRight(9).setScale(0, RoundingMode.HALF_EVEN);
    return Instant.ofEpochSecond(whole.longValueExact(), rest.longValueExact());
  }

  /** So many seconds, divided by ten to the power of a scale; null where that is not common. */
  static @Nullable Instant ofScaled(long unscaled, int scale) {
    return scale >= 0 && scale <= NANO_DIGITS && Math.abs(unscaled) / TENS[scale] < FEW_SECONDS
        ? ofFew(unscaled, scale)
        : null;
  }

  private static boolean isFew(int digits, int scale) {
    return digits <= LONG_DIGITS && digits - scale <= SECOND_DIGITS;
  }

  /** Whole seconds and their fraction, without BigDecimal's steps. */
  private static Instant ofFew(long unscaled, int scale) {
    long seconds = Math.floorDiv(unscaled, TENS[scale]);
    long fraction = unscaled - seconds * TENS[scale];
    return Instant.ofEpochSecond(seconds, fraction * TENS[NANO_DIGITS - scale]);
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
