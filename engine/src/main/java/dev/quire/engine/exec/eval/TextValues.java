package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values from their text and to it. Dates and times are ISO 8601 with a space or a T between them;
 * an offset is heeded, its absence means UTC. Digits beyond nanoseconds are dropped.
 */
final class TextValues {
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?"
              + "\\s*(Z|z|UTC|[+-]\\d{2}(?::?\\d{2})?)?)?");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?");
  private static final int MOST_DIGITS = 1_000;

  private TextValues() {}

  static BigDecimal number(String text, String type) {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      if (Math.abs((long) number.scale()) > MOST_DIGITS) {
        throw invalid(text, type);
      }
      return number;
    } catch (NumberFormatException e) {
      throw invalid(text, type);
    }
  }

  static Double real(String text) {
    String stripped = text.strip();
    return switch (stripped.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> number(stripped, "DOUBLE").doubleValue();
    };
  }

  static Boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw invalid(text, "BOOLEAN");
    };
  }

  static UUID uuid(String text) {
    try {
      String stripped = text.strip();
      if (stripped.length() == 36) {
        return UUID.fromString(stripped);
      }
    } catch (IllegalArgumentException e) {
      throw invalid(text, "UUID");
    }
    throw invalid(text, "UUID");
  }

  static LocalDate date(String text) {
    return timestamp(text, "DATE").toLocalDate();
  }

  static Instant instant(String text) {
    return timestamp(text, "TIMESTAMP WITH TIME ZONE").toInstant(ZoneOffset.UTC);
  }

  static LocalDateTime timestamp(String text) {
    return timestamp(text, "TIMESTAMP");
  }

  private static LocalDateTime timestamp(String text, String type) {
    Matcher match = DATE_TIME.matcher(text.strip());
    if (!match.matches()) {
      throw invalid(text, type);
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(match.group(1)),
              Integer.parseInt(match.group(2)),
              Integer.parseInt(match.group(3)));
      String hour = match.group(4);
      if (hour == null) {
        return date.atStartOfDay();
      }
      LocalTime time = time(hour, match.group(5), match.group(6), match.group(7));
      return date.atTime(time).minusSeconds(offsetSeconds(match.group(8)));
    } catch (DateTimeException e) {
      throw invalid(text, type);
    }
  }

  private static int offsetSeconds(@Nullable String offset) {
    boolean isUtc = offset == null || !(offset.startsWith("+") || offset.startsWith("-"));
    return isUtc ? 0 : ZoneOffset.of(offset).getTotalSeconds();
  }

  static LocalTime time(String text) {
    Matcher match = TIME.matcher(text.strip());
    if (!match.matches()) {
      return timestamp(text, "TIME").toLocalTime();
    }
    try {
      return time(match.group(1), match.group(2), match.group(3), match.group(4));
    } catch (DateTimeException e) {
      throw invalid(text, "TIME");
    }
  }

  private static LocalTime time(
      String hour, String minute, @Nullable String second, @Nullable String fraction) {
    return LocalTime.of(
        Integer.parseInt(hour),
        Integer.parseInt(minute),
        second == null ? 0 : Integer.parseInt(second),
        fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9)));
  }

  /** As CAST to VARCHAR writes a value. */
  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Boolean truth) {
      return truth ? "TRUE" : "FALSE";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Double number) {
      return realText(number);
    }
    if (value instanceof LocalDateTime time) {
      return dateTimeText(time);
    }
    if (value instanceof LocalTime time) {
      return timeText(time);
    }
    return value instanceof Instant instant
        ? dateTimeText(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "Z"
        : value.toString();
  }

  /** Whole numbers without a point, an exponent only for very large and very small ones. */
  private static String realText(double number) {
    double size = Math.abs(number);
    if (!Double.isFinite(number) || (size != 0 && (size < 1e-7 || size >= 1e17))) {
      return Double.toString(number);
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    return number == 0 ? "0" : shortest.toPlainString();
  }

  private static String dateTimeText(LocalDateTime time) {
    return time.toLocalDate() + " " + timeText(time.toLocalTime());
  }

  private static String timeText(LocalTime time) {
    String whole =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    if (time.getNano() == 0) {
      return whole;
    }
    String nanos = String.format(Locale.ROOT, "%09d", time.getNano());
    return whole + "." + nanos.replaceAll("0+$", "");
  }

  static SourceException invalid(String text, String type) {
    String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    return new SourceException(
        ErrorKind.INVALID_VALUE, "'" + shown + "' cannot be read as " + type);
  }
}
