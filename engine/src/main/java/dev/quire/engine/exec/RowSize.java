package dev.quire.engine.exec;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Estimates the bytes that a row takes in the heap. */
final class RowSize {
  private static final int ARRAY = 16;
  private static final int REFERENCE = 8;

  private RowSize() {}

  static long of(@Nullable Object[] row) {
    long bytes = ARRAY + (long) REFERENCE * row.length;
    for (Object value : row) {
      bytes += ofValue(value);
    }
    return bytes;
  }

  static long ofValue(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return 0;
    }
    if (value instanceof String text) {
      return 56L + text.length();
    }
    if (value instanceof byte[] bytes) {
      return 16L + bytes.length;
    }
    if (value instanceof BigDecimal number) {
      return number.precision() <= 18 ? 40 : 96;
    }
    return value instanceof Integer ? 16 : value instanceof java.time.LocalDateTime ? 72 : 24;
  }
}
