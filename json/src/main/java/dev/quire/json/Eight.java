package dev.quire.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at once, the first one lowest. */
final class Eight {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A one in each byte, and the highest bit of each. */
  static final long EACH = 0x0101010101010101L;

  static final long HIGH = 0x8080808080808080L;

  private static final long QUOTES = EACH * '"';
  private static final long BACKSLASHES = EACH * '\\';
  private static final long NUMBERS = 0x0001020304050607L;
  private static final long BLANKS = EACH * ' ';

  private Eight() {}

  static long at(byte[] b, int i) {
    return (long) LONGS.get(b, i);
  }

  /**
   * Marks the first byte that is a quote, a backslash, a control character or not ASCII, and maybe
   * bytes after it; 0 when there is none.
   */
  static long special(long eight) {
    long quotes = (eight ^ QUOTES) - EACH;
    long backslashes = (eight ^ BACKSLASHES) - EACH;
    return (quotes | backslashes | (eight - BLANKS) | eight) & HIGH;
  }

  /** The number of the byte that is marked first: one multiplication moves it to the top. */
  static int first(long marks) {
    return (int) (((marks & -marks) >>> 7) * NUMBERS >>> 56);
  }
}
