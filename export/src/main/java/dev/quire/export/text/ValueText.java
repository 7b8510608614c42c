package dev.quire.export.text;

import dev.quire.spi.DataType;
import dev.quire.spi.DataType.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * Values as plain text, the same in every locale: exact decimals, ISO 8601 for dates and times,
 * base 64 for bytes.
 */
public final class ValueText {
  private static final int LONGEST_PLAIN_DECIMAL = 1_000;

  private ValueText() {}

  public static String of(Object value, DataType type) {
    if (value instanceof BigDecimal decimal) {
      return decimal(decimal);
    }
    if (value instanceof Double number && type.kind() == Kind.REAL && isFloat(number)) {
      return Float.toString(number.floatValue());
    }
    if (value instanceof Instant instant) {
      return DateTimeFormatter.ISO_INSTANT.format(instant);
    }
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return value.toString();
  }

  private static boolean isFloat(double number) {
    return Float.isFinite((float) number);
  }

  /** All digits; only a decimal whose zeros would fill lines keeps its exponent. */
  private static String decimal(BigDecimal value) {
    return Math.abs((long) value.scale()) > LONGEST_PLAIN_DECIMAL
        ? value.toString()
        : value.toPlainString();
  }

  /** Whether values of this type are numbers, which people align at the right. */
  public static boolean isNumber(DataType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }
}
