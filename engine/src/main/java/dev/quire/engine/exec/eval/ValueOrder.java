package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/**
 * SQL's order of values that are not NULL: numbers by value whatever their class, strings by code
 * point, bytes and UUIDs unsigned. NaN equals itself and is greater than every number. Thread-safe.
 */
public final class ValueOrder {
  private ValueOrder() {}

  /** As {@link java.util.Comparator#compare}. */
  public static int compare(Object a, Object b) {
    if (a instanceof String x && b instanceof String y) {
      return compareText(x, y);
    }
    if (a instanceof Number x && b instanceof Number y) {
      return compareNumbers(x, y);
    }
    if (a instanceof UUID x && b instanceof UUID y) {
      return compareUuids(x, y);
    }
    if (a instanceof byte[] x && b instanceof byte[] y) {
      return Arrays.compareUnsigned(x, y);
    }
    if (a.getClass() != b.getClass()) {
      return compareTimes(a, b);
    }
    if (a instanceof Comparable<?> comparable) {
      @SuppressWarnings("unchecked")
      Comparable<Object> left = (Comparable<Object>) comparable;
      return left.compareTo(b);
    }
    throw incomparable(a, b);
  }

  /** Whether two values that are not NULL are equal. */
  public static boolean equal(Object a, Object b) {
    return (a instanceof String x && b instanceof String y) ? x.equals(y) : compare(a, b) == 0;
  }

  /** Code point order: where UTF-16 differs, a surrogate stands for more than any other char. */
  static int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean differ = Character.isSurrogate(x) != Character.isSurrogate(y);
        return differ ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareNumbers(Number a, Number b) {
    boolean exactLeft = a instanceof Long || a instanceof Integer;
    boolean exactRight = b instanceof Long || b instanceof Integer;
    if (exactLeft && exactRight) {
      return Long.compare(a.longValue(), b.longValue());
    }
    if (a instanceof Double x && b instanceof Double y) {
      return compareDoubles(x, y);
    }
    if (a instanceof Double x && !Double.isFinite(x)) {
      return x == Double.NEGATIVE_INFINITY ? -1 : 1;
    }
    if (b instanceof Double y && !Double.isFinite(y)) {
      return y == Double.NEGATIVE_INFINITY ? 1 : -1;
    }
    return exact(a).compareTo(exact(b));
  }

  private static int compareDoubles(double x, double y) {
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : Double.compare(x, y);
  }

  /** A finite number without loss. */
  static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    return number instanceof Double || number instanceof Float
        ? new BigDecimal(number.doubleValue())
        : BigDecimal.valueOf(number.longValue());
  }

  private static int compareUuids(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  private static int compareTimes(Object a, Object b) {
    return moment(a, b).compareTo(moment(b, a));
  }

  private static Instant moment(Object value, Object other) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    throw incomparable(value, other);
  }

  private static SourceException incomparable(Object a, Object b) {
    return new SourceException(
        ErrorKind.INTERNAL,
        "values of "
            + a.getClass().getSimpleName()
            + " and "
            + b.getClass().getSimpleName()
            + " cannot be compared");
  }
}
