package dev.quire.sample;

import org.jspecify.annotations.Nullable;

/** A condition in three-valued logic. Immutable. */
interface Filter {
  /** True, false, or null for unknown; a row is kept when it is true. */
  @Nullable Boolean test(long row);

  /** A filter that keeps everything. */
  Filter ALL = row -> Boolean.TRUE;

  default boolean keeps(long row) {
    return Boolean.TRUE.equals(test(row));
  }

  default Filter and(Filter other) {
    return row -> {
      Boolean left = test(row);
      if (Boolean.FALSE.equals(left)) {
        return left;
      }
      Boolean right = other.test(row);
      return Boolean.TRUE.equals(right) ? left : right;
    };
  }

  default Filter or(Filter other) {
    return row -> {
      Boolean left = test(row);
      if (Boolean.TRUE.equals(left)) {
        return left;
      }
      Boolean right = other.test(row);
      return Boolean.FALSE.equals(right) ? left : right;
    };
  }

  default Filter not() {
    return row -> {
      Boolean result = test(row);
      return result == null ? null : (Boolean) !result;
    };
  }
}
