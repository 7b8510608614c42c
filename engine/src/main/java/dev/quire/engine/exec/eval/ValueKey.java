package dev.quire.engine.exec.eval;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Several values as a key of a hash table: equal exactly if SQL calls all of them equal, or both
 * NULL. Immutable.
 */
public final class ValueKey {
  private final @Nullable Object[] parts;
  private final int hash;

  /**
   * @param normalized parts, each from {@link #normalize}
   */
  public ValueKey(@Nullable Object[] normalized) {
    this.parts = normalized;
    this.hash = Arrays.hashCode(normalized);
  }

  /** The key of some columns of a row. */
  public static ValueKey of(@Nullable Object[] row, int[] columns) {
    @Nullable Object[] parts = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      parts[i] = normalize(row[columns[i]]);
    }
    return new ValueKey(parts);
  }

  /** A value whose {@code equals} is SQL's equality, among values of any class. */
  public static @Nullable Object normalize(@Nullable Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Double number) {
      return normalizeDouble(number);
    }
    if (value instanceof BigDecimal number) {
      return normalizeDecimal(number);
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }

  private static Object normalizeDouble(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 0x1p63) {
      return (long) number;
    }
    return Double.isFinite(number) ? normalizeDecimal(new BigDecimal(number)) : number;
  }

  private static Object normalizeDecimal(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    boolean isLong =
        stripped.scale() <= 0
            && stripped.precision() - stripped.scale() <= 19
            && stripped.toBigInteger().bitLength() <= 63;
    return isLong ? (Object) stripped.longValue() : stripped;
  }

  /** Whether a part is NULL, so that the key equals nothing in a join. */
  public boolean hasNull() {
    for (Object part : parts) {
      if (part == null) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ValueKey key && hash == key.hash && Arrays.equals(parts, key.parts);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
