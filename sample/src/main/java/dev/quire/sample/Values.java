package dev.quire.sample;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;

/** Comparing values as the service does: strings without case, GUIDs in the order of their text. */
final class Values {
  private Values() {}

  /** Compares two values of one type; numbers may differ in class. */
  static int compare(Object left, Object right) {
    if (left instanceof String text) {
      return fold(text).compareTo(fold((String) right));
    }
    if (left instanceof Long one && right instanceof Long two) {
      return Long.compare(one, two);
    }
    if (left instanceof Number) {
      return decimal(left).compareTo(decimal(right));
    }
    if (left instanceof UUID key) {
      return RowKeys.compare(key, (UUID) right);
    }
    if (left instanceof Instant instant) {
      return instant.compareTo((Instant) right);
    }
    if (left instanceof LocalDate date) {
      return date.compareTo((LocalDate) right);
    }
    return ((Boolean) left).compareTo((Boolean) right);
  }

  /** The text as it is compared. */
  static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Equal for two values exactly when the service takes them for the same. */
  static Object identity(Object value) {
    if (value instanceof String text) {
      return fold(text);
    }
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }

  static BigDecimal decimal(Object number) {
    return number instanceof BigDecimal exact ? exact : BigDecimal.valueOf((Long) number);
  }
}
