package dev.quire.jdbc;

import dev.quire.engine.ResultColumn;
import dev.quire.engine.rel.IsoText;
import dev.quire.spi.DataType.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * A value that is not NULL, and what it can be read as. Whatever would lose something of it is an
 * error: a number out of range, a text that is none. Immutable.
 *
 * @param value of the class that {@link Kind} names
 */
record Cell(Object value, ResultColumn column) {
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  private SQLException notA(String wanted) {
    return SqlErrors.notConvertible(what(), wanted);
  }

  private String what() {
    return "a " + column.type().sqlName() + " of column '" + column.name() + "'";
  }

  /** As SQL writes it; a moment in ISO 8601 and UTC, bytes as hexadecimal digits. */
  String text() {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof Double number && column.type().kind() == Kind.REAL) {
      return Float.toString(number.floatValue());
    } else if (value instanceof LocalDateTime timestamp) {
      return TIMESTAMP.format(timestamp);
    } else if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value.toString();
  }

  /** Yes and no; of numbers 1 and 0, of texts these and their usual words. */
  boolean truth() throws SQLException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    String word =
        value instanceof Number
            ? decimal().stripTrailingZeros().toPlainString()
            : text().strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "1", "true", "t", "yes", "y", "on" -> true;
      case "0", "false", "f", "no", "n", "off" -> false;
      default -> throw notA("a boolean");
    };
  }

  /**
   * A whole number; digits after the point are cut off, as JDBC drivers do.
   *
   * @param wanted the type's name, for the message
   */
  long whole(long least, long most, String wanted) throws SQLException {
    long number;
    if (value instanceof Integer || value instanceof Long) {
      number = ((Number) value).longValue();
    } else {
      try {
        number = decimal().toBigInteger().longValueExact();
      } catch (ArithmeticException e) {
        throw SqlErrors.outOfRange(what(), wanted);
      }
    }
    if (number < least || number > most) {
      throw SqlErrors.outOfRange(what(), wanted);
    }
    return number;
  }

  BigDecimal decimal() throws SQLException {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    } else if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    } else if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (value instanceof Double || value instanceof String) {
      try {
        return new BigDecimal(text().strip());
      } catch (NumberFormatException e) {
        throw notA("a number");
      }
    }
    throw notA("a number");
  }

  double approximate() throws SQLException {
    if (value instanceof Double number) {
      return number;
    }
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        throw notA("a number");
      }
    }
    return decimal().doubleValue();
  }

  float approximateFloat() throws SQLException {
    double number = approximate();
    if (Double.isFinite(number) && Math.abs(number) > Float.MAX_VALUE) {
      throw SqlErrors.outOfRange(what(), "a float");
    }
    return (float) number;
  }

  byte[] bytes() throws SQLException {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    } else if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof UUID uuid) {
      return java.nio.ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
    throw notA("bytes");
  }

  UUID uuid() throws SQLException {
    if (value instanceof UUID uuid) {
      return uuid;
    }
    if (value instanceof String text) {
      try {
        return UUID.fromString(text.strip());
      } catch (IllegalArgumentException e) {
        throw notA("a UUID");
      }
    }
    throw notA("a UUID");
  }

  /** A read of a text as a time. */
  private interface Reading<T> {
    T of(String text);
  }

  private <T> T read(Reading<T> reading, String wanted) throws SQLException {
    if (value instanceof String text) {
      try {
        return reading.of(text);
      } catch (DateTimeException e) {
        throw notA(wanted);
      }
    }
    throw notA(wanted);
  }

  /**
   * @param zone where a value without a zone is
   */
  Instant moment(ZoneId zone) throws SQLException {
    if (value instanceof Instant moment) {
      return moment;
    }
    return value instanceof String
        ? read(IsoText::moment, "a moment")
        : timestamp(zone).atZone(zone).toInstant();
  }

  /**
   * @param zone where a moment is looked at
   */
  LocalDateTime timestamp(ZoneId zone) throws SQLException {
    if (value instanceof LocalDateTime timestamp) {
      return timestamp;
    } else if (value instanceof Instant moment) {
      return LocalDateTime.ofInstant(moment, zone);
    } else if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    } else if (value instanceof LocalTime time) {
      return time.atDate(LocalDate.EPOCH);
    }
    return read(IsoText::timestamp, "a timestamp");
  }

  LocalDate date(ZoneId zone) throws SQLException {
    if (value instanceof LocalDate date) {
      return date;
    } else if (value instanceof LocalTime) {
      throw notA("a date");
    } else if (value instanceof String) {
      return read(IsoText::date, "a date");
    }
    return timestamp(zone).toLocalDate();
  }

  LocalTime time(ZoneId zone) throws SQLException {
    if (value instanceof LocalTime time) {
      return time;
    } else if (value instanceof LocalDate) {
      throw notA("a time");
    } else if (value instanceof String) {
      return read(IsoText::time, "a time");
    }
    return timestamp(zone).toLocalTime();
  }

  SQLException cannotBe(Class<?> type) {
    return notA(type.getName());
  }
}
