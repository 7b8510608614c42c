package dev.quire.engine.exec.eval;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.jspecify.annotations.Nullable;

/**
 * Parts of dates and times. Weeks are ISO 8601's and begin on Monday; DOW counts from Sunday = 1,
 * ISODOW from Monday = 1; MILLISECOND, MICROSECOND and NANOSECOND hold the whole seconds as well.
 */
final class DateParts {
  private static final long NANOS = 1_000_000_000L;

  private DateParts() {}

  /** The part that a unit names, of a date, a time, a timestamp or a moment; null if unknown. */
  static @Nullable Function<Object, Long> part(TimeUnitRange unit) {
    ToLongFunction<LocalDateTime> part = ofDate(unit);
    ToLongFunction<LocalDateTime> chosen = part != null ? part : ofTime(unit);
    return chosen == null ? null : value -> chosen.applyAsLong(moment(value));
  }

  /** How many whole units lie between two times; null if that cannot be said. */
  static @Nullable ToLongBiFunction<LocalDateTime, LocalDateTime> between(TimeUnitRange unit) {
    return switch (unit) {
      case MILLENNIUM -> ChronoUnit.MILLENNIA::between;
      case CENTURY -> ChronoUnit.CENTURIES::between;
      case DECADE -> ChronoUnit.DECADES::between;
      case YEAR -> ChronoUnit.YEARS::between;
      case QUARTER -> IsoFields.QUARTER_YEARS::between;
      case MONTH -> ChronoUnit.MONTHS::between;
      case WEEK -> ChronoUnit.WEEKS::between;
      case DAY -> ChronoUnit.DAYS::between;
      case HOUR -> ChronoUnit.HOURS::between;
      case MINUTE -> ChronoUnit.MINUTES::between;
      case SECOND -> ChronoUnit.SECONDS::between;
      case MILLISECOND -> ChronoUnit.MILLIS::between;
      case MICROSECOND -> ChronoUnit.MICROS::between;
      case NANOSECOND -> ChronoUnit.NANOS::between;
      default -> null;
    };
  }

  static LocalDateTime moment(Object value) {
    return value instanceof LocalTime time ? time.atDate(LocalDate.EPOCH) : Casts.timestamp(value);
  }

  private static @Nullable ToLongFunction<LocalDateTime> ofDate(TimeUnitRange unit) {
    return switch (unit) {
      case YEAR -> LocalDateTime::getYear;
      case ISOYEAR -> time -> time.get(IsoFields.WEEK_BASED_YEAR);
      case QUARTER -> time -> time.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> LocalDateTime::getMonthValue;
      case WEEK -> time -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case DAY -> LocalDateTime::getDayOfMonth;
      case DOY -> LocalDateTime::getDayOfYear;
      case DOW -> time -> time.getDayOfWeek().getValue() % 7 + 1;
      case ISODOW -> time -> time.getDayOfWeek().getValue();
      case DECADE -> time -> Math.floorDiv(time.getYear(), 10);
      case CENTURY -> time -> Math.floorDiv(time.getYear() - 1, 100) + 1;
      case MILLENNIUM -> time -> Math.floorDiv(time.getYear() - 1, 1000) + 1;
      default -> null;
    };
  }

  private static @Nullable ToLongFunction<LocalDateTime> ofTime(TimeUnitRange unit) {
    return switch (unit) {
      case HOUR -> LocalDateTime::getHour;
      case MINUTE -> LocalDateTime::getMinute;
      case SECOND -> LocalDateTime::getSecond;
      case MILLISECOND -> time -> time.getSecond() * 1_000L + time.getNano() / 1_000_000;
      case MICROSECOND -> time -> time.getSecond() * 1_000_000L + time.getNano() / 1_000;
      case NANOSECOND -> time -> time.getSecond() * NANOS + time.getNano();
      case EPOCH -> time -> time.toEpochSecond(ZoneOffset.UTC);
      default -> null;
    };
  }

  static boolean canTruncate(TimeUnitRange unit) {
    return switch (unit) {
      case MILLENNIUM, CENTURY, DECADE, YEAR, QUARTER, MONTH, WEEK, ISOYEAR -> true;
      case DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND -> true;
      default -> false;
    };
  }

  /** The start of the unit that a time is in. */
  static LocalDateTime truncate(LocalDateTime time, TimeUnitRange unit) {
    LocalDate date = time.toLocalDate();
    return switch (unit) {
      case MILLENNIUM -> yearStart(Math.floorDiv(time.getYear() - 1, 1000) * 1000 + 1);
      case CENTURY -> yearStart(Math.floorDiv(time.getYear() - 1, 100) * 100 + 1);
      case DECADE -> yearStart(Math.floorDiv(time.getYear(), 10) * 10);
      case YEAR -> yearStart(time.getYear());
      case ISOYEAR ->
          date.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
              .with(ChronoField.DAY_OF_WEEK, 1)
              .atStartOfDay();
      case QUARTER ->
          date.withDayOfMonth(1)
              .withMonth(date.getMonth().firstMonthOfQuarter().getValue())
              .atStartOfDay();
      case MONTH -> date.withDayOfMonth(1).atStartOfDay();
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay();
      case DAY -> date.atStartOfDay();
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
      case MILLISECOND -> time.truncatedTo(ChronoUnit.MILLIS);
      case MICROSECOND -> time.truncatedTo(ChronoUnit.MICROS);
      default -> time;
    };
  }

  private static LocalDateTime yearStart(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay();
  }

  /** The start of the unit after the one that starts at {@code start}. */
  static LocalDateTime next(LocalDateTime start, TimeUnitRange unit) {
    return switch (unit) {
      case MILLENNIUM -> start.plusYears(1000);
      case CENTURY -> start.plusYears(100);
      case DECADE -> start.plusYears(10);
      case YEAR -> start.plusYears(1);
      case ISOYEAR -> truncate(start.plusDays(370), unit);
      case QUARTER -> start.plusMonths(3);
      case MONTH -> start.plusMonths(1);
      case WEEK -> start.plusWeeks(1);
      case DAY -> start.plusDays(1);
      case HOUR -> start.plusHours(1);
      case MINUTE -> start.plusMinutes(1);
      case SECOND -> start.plusSeconds(1);
      case MILLISECOND -> start.plusNanos(1_000_000);
      case MICROSECOND -> start.plusNanos(1_000);
      default -> start;
    };
  }
}
