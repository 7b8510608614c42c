package dev.quire.jdbc;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * The dates and times of {@code java.sql}, which are milliseconds and a zone that one must know.
 */
final class SqlTimes {
  private SqlTimes() {}

  /** The zone of a calendar; the machine's without one. */
  static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  static Timestamp timestamp(Cell cell, @Nullable Calendar calendar) throws SQLException {
    return calendar == null && !(cell.value() instanceof Instant)
        ? Timestamp.valueOf(cell.timestamp(zone(null)))
        : Timestamp.from(cell.moment(zone(calendar)));
  }

  static Date date(Cell cell, @Nullable Calendar calendar) throws SQLException {
    ZoneId zone = zone(calendar);
    LocalDate date = cell.date(zone);
    return calendar == null
        ? Date.valueOf(date)
        : new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
  }

  static Time time(Cell cell, @Nullable Calendar calendar) throws SQLException {
    ZoneId zone = zone(calendar);
    LocalDateTime time = cell.time(zone).atDate(LocalDate.EPOCH);
    return new Time(time.atZone(zone).toInstant().toEpochMilli());
  }
}
