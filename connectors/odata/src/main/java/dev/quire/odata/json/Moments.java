package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points in time as OData writes them: seconds may be absent, a fraction has up to twelve digits.
 * Digits beyond the nanosecond are cut off. Version 2 writes {@code /Date(1234567890000+0060)/}:
 * milliseconds since 1970 by the clock whose offset from UTC follows in minutes ([MS-ODATA],
 * section 2.2.6.3.1, as clients read it).
 */
final class Moments {
  private static final int NANO_DIGITS = 9;
  private static final long SECONDS_OF_DAY = 86_400;
  private static final Pattern TICKS = Pattern.compile("/Date\\((-?\\d+)([+-]\\d{1,4})?\\)/");
  private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d:\\d\\d)$");

  private Moments() {}

  /** {@code 2026-11-22T04:36:00.123+09:00}; a value without an offset is refused. */
  static Instant instant(String text) {
    Instant common = common(text.toCharArray(), 0, text.length());
    if (common != null) {
      return common;
    }
    Matcher ticks = TICKS.matcher(text);
    if (ticks.matches()) {
      String offset = ticks.group(2);
      long minutes = offset == null ? 0 : Long.parseLong(offset);
      return Instant.ofEpochMilli(Long.parseLong(ticks.group(1))).minusSeconds(60 * minutes);
    }
    return OffsetDateTime.parse(withoutExcessDigits(text)).toInstant();
  }

  /** What a clock shows, whatever its offset. */
  static LocalDateTime dateTime(String text) {
    Matcher ticks = TICKS.matcher(text);
    return ticks.matches()
        ? Instant.ofEpochMilli(Long.parseLong(ticks.group(1)))
            .atOffset(ZoneOffset.UTC)
            .toLocalDateTime()
        : LocalDateTime.parse(withoutExcessDigits(OFFSET.matcher(text).replaceFirst("")));
  }

  /** {@code 23:59:59.123456}, or as the duration since midnight, {@code PT23H59M59.123456S}. */
  static LocalTime time(String text) {
    return text.startsWith("P")
        ? sinceMidnight(Duration.parse(withoutExcessDigits(text)))
        : LocalTime.parse(withoutExcessDigits(text));
  }

  private static LocalTime sinceMidnight(Duration duration) {
    if (duration.isNegative() || duration.toDays() > 0) {
      throw new DateTimeException("no time of day");
    }
    return LocalTime.ofNanoOfDay(duration.toNanos());
  }

  /**
   * The parser's current text, if it has a year of four digits, seconds, and Z: what almost every
   * service sends.
   */
  static @Nullable Instant common(JsonParser json) throws IOException {
    return common(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  private static @Nullable Instant common(char[] text, int from, int length) {
    if (!isCommon(text, from, length)) {
      return null;
    }
    int nanos = 0;
    if (length > 20) {
      nanos = digits(text, from + 20, length - 21);
      for (int i = length - 21; i < NANO_DIGITS; i++) {
        nanos *= 10;
      }
    }
    int month = digits(text, from + 5, 2);
    long day = LocalDate.of(digits(text, from, 4), month, digits(text, from + 8, 2)).toEpochDay();
    int hour = ChronoField.HOUR_OF_DAY.checkValidIntValue(digits(text, from + 11, 2));
    int minute = ChronoField.MINUTE_OF_HOUR.checkValidIntValue(digits(text, from + 14, 2));
    int second = ChronoField.SECOND_OF_MINUTE.checkValidIntValue(digits(text, from + 17, 2));
    return Instant.ofEpochSecond(
        day * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second, nanos);
  }

  private static boolean isCommon(char[] text, int from, int length) {
    return length >= 20
        && length <= 30
        && text[from + length - 1] == 'Z'
        && text[from + 4] == '-'
        && text[from + 7] == '-'
        && text[from + 10] == 'T'
        && text[from + 13] == ':'
        && text[from + 16] == ':'
        && (length == 20 || (text[from + 19] == '.' && length > 21));
  }

  private static int digits(char[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("not a digit");
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static String withoutExcessDigits(String text) {
    int point = text.indexOf('.');
    if (point < 0) {
      return text;
    }
    int end = point + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end - point - 1 <= NANO_DIGITS
        ? text
        : text.substring(0, point + 1 + NANO_DIGITS) + text.substring(end);
  }
}
