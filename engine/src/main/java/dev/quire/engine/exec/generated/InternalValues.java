package dev.quire.engine.exec.generated;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Our values to Calcite's internal ones and back. Nothing is rounded: what has no exact internal
 * form is an error.
 */
final class InternalValues {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;

  private InternalValues() {}

  static @Nullable Object encode(@Nullable Object value, RelDataType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getSqlTypeName()) {
      case TINYINT -> ((Number) value).byteValue();
      case SMALLINT -> ((Number) value).shortValue();
      case REAL -> real(((Number) value).doubleValue());
      case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
      case TIME -> Math.toIntExact(millis(((LocalTime) value).toNanoOfDay(), value));
      case TIMESTAMP -> millis(((LocalDateTime) value).toInstant(ZoneOffset.UTC), value);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> millis((Instant) value, value);
      case BINARY, VARBINARY -> new ByteString((byte[]) value);
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> Math.toIntExact((Long) value);
      default -> isDayTime(type) ? (Object) millis((Long) value, value) : value;
    };
  }

  private static boolean isDayTime(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  private static float real(double value) {
    float narrow = (float) value;
    boolean isExact = narrow == value || Double.parseDouble(Float.toString(narrow)) == value;
    if (!isExact && !Double.isNaN(value)) {
      throw refused(value, "a REAL");
    }
    return narrow;
  }

  private static long millis(Instant instant, Object value) {
    if (instant.getNano() % NANOS_PER_MILLI != 0) {
      throw refused(value, "milliseconds");
    }
    return instant.toEpochMilli();
  }

  private static long millis(long nanos, Object value) {
    if (nanos % NANOS_PER_MILLI != 0) {
      throw refused(value, "milliseconds");
    }
    return nanos / NANOS_PER_MILLI;
  }

  private static SourceException refused(Object value, String what) {
    return new SourceException(
            ErrorKind.UNSUPPORTED,
            value + " is finer than " + what + ", and this function would lose that")
        .withHint("Cast it to TIMESTAMP(3), TIME(3) or DOUBLE before.");
  }

  static @Nullable Object decode(@Nullable Object value, RelDataType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER -> ((Number) value).intValue();
      case BIGINT -> ((Number) value).longValue();
      case REAL -> value instanceof Float number ? Double.parseDouble(number.toString()) : value;
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case DECIMAL -> decimal(value);
      case DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case TIME -> LocalTime.ofNanoOfDay(((Number) value).longValue() * NANOS_PER_MILLI);
      case TIMESTAMP -> timestamp(((Number) value).longValue());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          Instant.ofEpochMilli(((Number) value).longValue());
      case BINARY, VARBINARY -> ((ByteString) value).getBytes();
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> ((Number) value).longValue();
      default -> other(value, type);
    };
  }

  private static Object other(Object value, RelDataType type) {
    if (isDayTime(type)) {
      return ((Number) value).longValue() * NANOS_PER_MILLI;
    }
    return value;
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
  }

  private static LocalDateTime timestamp(long millis) {
    long seconds = Math.floorDiv(millis, MILLIS_PER_SECOND);
    int nanos = (int) (Math.floorMod(millis, MILLIS_PER_SECOND) * NANOS_PER_MILLI);
    return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
  }
}
