package dev.quire.engine.rel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times as people and APIs write them: ISO 8601 with {@code T} or a blank, with
 * {@code Z}, an offset or nothing (then UTC), with as many digits of a second as there are, the
 * time or its seconds left out. Every method throws {@link DateTimeException} for anything else.
 */
public final class IsoText {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d{1,2}-\\d{1,2})(?:[Tt ]+(\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)"
              + "\\s*([Zz]|[+-]\\d{2}(?::?\\d{2})?)?)?");
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?");

  private IsoText() {}

  /** A moment; without an offset the text is in UTC. */
  public static Instant moment(String text) {
    Matcher parts = match(text);
    LocalDateTime local = local(parts);
    String zone = parts.group(3);
    ZoneOffset offset =
        zone == null || zone.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone);
    return local.toInstant(offset);
  }

  /** A timestamp without a zone; a text with an offset is brought to UTC. */
  public static LocalDateTime timestamp(String text) {
    return LocalDateTime.ofInstant(moment(text), ZoneOffset.UTC);
  }

  /** A date; the time of a longer text is left out. */
  public static LocalDate date(String text) {
    return day(match(text).group(1));
  }

  /** A time of day. */
  public static LocalTime time(String text) {
    return timeOfDay(text.trim());
  }

  private static Matcher match(String text) {
    Matcher parts = FORM.matcher(text.trim());
    if (!parts.matches()) {
      throw new DateTimeException("'" + text + "' is not a date or time such as 2026-11-01T08:30Z");
    }
    return parts;
  }

  private static LocalDateTime local(Matcher parts) {
    LocalDate day = day(parts.group(1));
    String time = parts.group(2);
    return time == null ? day.atStartOfDay() : LocalDateTime.of(day, timeOfDay(time));
  }

  private static LocalDate day(String text) {
    Matcher parts = DATE.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("'" + text + "' is not a date such as 2026-11-01");
    }
    return LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
  }

  private static LocalTime timeOfDay(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("'" + text + "' is not a time such as 08:30:00");
    }
    int second = parts.group(3) == null ? 0 : number(parts, 3);
    return LocalTime.of(number(parts, 1), number(parts, 2), second, nanos(parts.group(4)));
  }

  private static int nanos(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
