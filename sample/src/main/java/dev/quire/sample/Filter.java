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

  /** The first row that can be kept; those before it need not be tested. */
  default long from() {
    return 0;
  }

  /** The row behind the last that can be kept. */
  default long to() {
    return Long.MAX_VALUE;
  }

  default Filter and(Filter other) {
    return new Bounded(
        row -> {
          Boolean left = test(row);
          if (Boolean.FALSE.equals(left)) {
            return left;
          }
          Boolean right = other.test(row);
          return Boolean.TRUE.equals(right) ? left : right;
        },
        Math.max(from(), other.from()),
        Math.min(to(), other.to()));
  }

  default Filter or(Filter other) {
    return new Bounded(
        row -> {
          Boolean left = test(row);
          if (Boolean.TRUE.equals(left)) {
            return left;
          }
          Boolean right = other.test(row);
          return Boolean.FALSE.equals(right) ? left : right;
        },
        Math.min(from(), other.from()),
        Math.max(to(), other.to()));
  }

  default Filter not() {
    return row -> {
      Boolean result = test(row);
      return result == null ? null : (Boolean) !result;
    };
  }

  /** A condition that is known to keep no row outside a range. */
  record Bounded(Filter condition, long from, long to) implements Filter {
    @Override
    public @Nullable Boolean test(long row) {
      return condition.test(row);
    }
  }
}
