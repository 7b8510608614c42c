package dev.quire.sample;

import java.util.UUID;

/**
 * The primary keys of one table: GUIDs that grow with the row number and spread over the whole
 * range, so that order by key is order by row. Immutable.
 */
final class RowKeys {
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final long count;
  private final long step;
  private final int salt;

  RowKeys(long count, int salt) {
    this.count = count;
    this.step = (1L << 48) / (count + 1);
    this.salt = salt;
  }

  long count() {
    return count;
  }

  UUID key(long row) {
    long noise = Noise.of(row, salt);
    return new UUID(
        ((row + 1) * step) << 16 | VERSION_4 | (noise & 0xFFF), VARIANT | (noise >>> 2));
  }

  /** The row with this key, or -1. */
  long row(UUID key) {
    long place = key.getMostSignificantBits() >>> 16;
    long row = place / step - 1;
    return place % step == 0 && row >= 0 && row < count && key(row).equals(key) ? row : -1;
  }

  /** The first row whose key is this one or greater; the number of rows if there is none. */
  long firstFrom(UUID key) {
    long place = key.getMostSignificantBits() >>> 16;
    long row = Math.max(0, place / step - 1);
    while (row < count && compare(key(row), key) < 0) {
      row++;
    }
    return Math.min(row, count);
  }

  /** GUIDs in the order of their text. */
  static int compare(UUID left, UUID right) {
    int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }
}
