package dev.quire.jdbc;

import dev.quire.engine.ResultColumn;
import dev.quire.spi.DataType;
import dev.quire.spi.DataType.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value of a {@code ?}, in a class that the engine knows. A moment of {@code java.util} may be
 * meant as one or as a time without a zone; which, the place of the parameter tells. Immutable.
 *
 * @param value of a class that {@link Kind} names, or null
 * @param zone where a moment is looked at when a time without a zone is asked for; null for
 *     everything but such a moment
 */
record ParameterValue(@Nullable Object value, @Nullable ZoneId zone) {
  static final ParameterValue NULL = new ParameterValue(null, null);

  private static final Set<Class<?>> KNOWN =
      Set.of(
          Boolean.class,
          Integer.class,
          Long.class,
          BigDecimal.class,
          String.class,
          UUID.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          Instant.class);

  /** The value as a place of this type takes it. */
  @Nullable Object as(DataType type) {
    if (zone == null || type.kind() == Kind.TIMESTAMP_TZ || !(value instanceof Instant moment)) {
      return value;
    }
    LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
    return switch (type.kind()) {
      case DATE -> local.toLocalDate();
      case TIME -> local.toLocalTime();
      default -> local;
    };
  }

  private static ParameterValue plain(Object value) {
    return new ParameterValue(value, null);
  }

  /**
   * Any object that JDBC knows.
   *
   * @param number of the parameter, for messages
   */
  static ParameterValue of(@Nullable Object object, int number) throws SQLException {
    return of(object, number, ZoneId.systemDefault());
  }

  /**
   * @param zone of the dates and times of {@code java.sql}
   */
  static ParameterValue of(@Nullable Object object, int number, ZoneId zone) throws SQLException {
    if (object == null) {
      return NULL;
    }
    if (KNOWN.contains(object.getClass())) {
      return plain(object);
    }
    ParameterValue time = time(object, zone);
    return time != null ? time : plain(other(object, number));
  }

  private static @Nullable ParameterValue time(Object object, ZoneId zone) {
    if (object instanceof Timestamp timestamp) {
      return new ParameterValue(timestamp.toInstant(), zone);
    } else if (object instanceof java.sql.Date date) {
      return plain(Instant.ofEpochMilli(date.getTime()).atZone(zone).toLocalDate());
    } else if (object instanceof Time time) {
      return plain(Instant.ofEpochMilli(time.getTime()).atZone(zone).toLocalTime());
    } else if (object instanceof java.util.Date date) {
      return new ParameterValue(date.toInstant(), zone);
    } else if (object instanceof Calendar calendar) {
      return new ParameterValue(calendar.toInstant(), zone);
    } else if (object instanceof OffsetDateTime moment) {
      return plain(moment.toInstant());
    } else if (object instanceof ZonedDateTime moment) {
      return plain(moment.toInstant());
    }
    return null;
  }

  private static Object other(Object object, int number) throws SQLException {
    if (object instanceof Byte || object instanceof Short) {
      return ((Number) object).intValue();
    } else if (object instanceof Float || object instanceof Double) {
      return finite(Double.parseDouble(object.toString()), number);
    } else if (object instanceof BigInteger integer) {
      return new BigDecimal(integer);
    } else if (object instanceof byte[] bytes) {
      return bytes.clone();
    } else if (object instanceof Character
        || object instanceof CharSequence
        || object instanceof URL) {
      return object.toString();
    } else if (object instanceof Clob clob) {
      return text(clob.getCharacterStream(), Long.MAX_VALUE);
    } else if (object instanceof Blob blob) {
      return bytes(blob.getBinaryStream(), Long.MAX_VALUE);
    } else if (object instanceof Reader reader) {
      return text(reader, Long.MAX_VALUE);
    } else if (object instanceof InputStream stream) {
      return bytes(stream, Long.MAX_VALUE);
    }
    throw SqlErrors.unsupported(
        "parameter " + number + " cannot be of the Java class " + object.getClass().getName());
  }

  private static Double finite(double value, int number) throws SQLException {
    if (!Double.isFinite(value)) {
      throw SqlErrors.outOfRange("parameter " + number, "a number that can be compared");
    }
    return value;
  }

  /**
   * An object as a value of one of {@link Types}.
   *
   * @param scale digits after the point of a decimal; negative for as many as there are
   */
  static ParameterValue of(@Nullable Object object, int number, int type, int scale)
      throws SQLException {
    ParameterValue given = of(object, number);
    if (given.value() == null) {
      return given;
    }
    ResultColumn place = new ResultColumn("parameter " + number, DataType.VARCHAR, true);
    Cell cell = new Cell(given.value(), place);
    ZoneId zone = given.zone() == null ? ZoneId.systemDefault() : given.zone();
    return switch (type) {
      case Types.BOOLEAN, Types.BIT -> plain(cell.truth());
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER ->
          plain((int) cell.whole(Integer.MIN_VALUE, Integer.MAX_VALUE, "an INTEGER"));
      case Types.BIGINT -> plain(cell.whole(Long.MIN_VALUE, Long.MAX_VALUE, "a BIGINT"));
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> plain(cell.approximate());
      case Types.DECIMAL, Types.NUMERIC -> plain(scaled(cell.decimal(), scale));
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          plain(cell.text());
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> plain(cell.bytes());
      case Types.DATE -> plain(cell.date(zone));
      case Types.TIME -> plain(cell.time(zone));
      case Types.TIMESTAMP -> given.zone() != null ? given : plain(cell.timestamp(zone));
      case Types.TIMESTAMP_WITH_TIMEZONE -> plain(cell.moment(zone));
      default -> given;
    };
  }

  private static BigDecimal scaled(BigDecimal value, int scale) {
    return scale < 0 || value.scale() <= scale
        ? value
        : value.setScale(scale, java.math.RoundingMode.HALF_UP);
  }

  /** A text that is read to its end, or as far as is wanted. */
  static String text(Reader reader, long length) throws SQLException {
    try (reader) {
      StringWriter text = new StringWriter();
      char[] part = new char[8192];
      long left = length;
      for (int read; left > 0 && (read = reader.read(part, 0, part(left))) >= 0; left -= read) {
        text.write(part, 0, read);
      }
      return text.toString();
    } catch (IOException e) {
      throw SqlErrors.wrongArgument("a parameter's text cannot be read: " + e);
    }
  }

  private static int part(long left) {
    return (int) Math.min(8192, left);
  }

  /** Bytes that are read to their end, or as far as is wanted. */
  static byte[] bytes(InputStream stream, long length) throws SQLException {
    try (stream) {
      return stream.readNBytes((int) Math.min(Integer.MAX_VALUE, length));
    } catch (IOException e) {
      throw SqlErrors.wrongArgument("a parameter's bytes cannot be read: " + e);
    }
  }
}
