package dev.quire.odata;

import dev.quire.spi.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Values at equal distances between two others. Kinds whose order services do not agree on, such as
 * text and GUIDs, have none.
 */
final class RangeValues {
  private RangeValues() {}

  static boolean isOrdered(DataType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL, DATE, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  /** Some value of an ordered type. */
  static Object example(DataType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER -> 1;
      case BIGINT -> 1L;
      case DECIMAL -> BigDecimal.ONE;
      case DATE -> LocalDate.EPOCH;
      default -> Instant.EPOCH;
    };
  }

  /**
   * The starts of all of so many parts but the first, rising and distinct: fewer where the values
   * are too close to each other. Moments are whole seconds, decimals whole numbers.
   */
  static List<Object> between(Object least, Object greatest, int parts) {
    BigInteger first = number(least);
    BigInteger width = number(greatest).subtract(first);
    List<Object> bounds = new ArrayList<>();
    BigInteger before = first;
    for (int i = 1; i < parts; i++) {
      BigInteger bound =
          first.add(width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(parts)));
      if (bound.compareTo(before) > 0) {
        bounds.add(value(bound, least));
        before = bound;
      }
    }
    return bounds;
  }

  private static BigInteger number(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toBigInteger();
    }
    if (value instanceof LocalDate date) {
      return BigInteger.valueOf(date.toEpochDay());
    }
    return BigInteger.valueOf(
        value instanceof Instant moment ? moment.getEpochSecond() : ((Number) value).longValue());
  }

  private static Object value(BigInteger number, Object like) {
    if (like instanceof BigDecimal) {
      return new BigDecimal(number);
    }
    if (like instanceof LocalDate) {
      return LocalDate.ofEpochDay(number.longValueExact());
    }
    if (like instanceof Instant) {
      return Instant.ofEpochSecond(number.longValueExact());
    }
    return like instanceof Integer ? (Object) number.intValueExact() : number.longValueExact();
  }
}
