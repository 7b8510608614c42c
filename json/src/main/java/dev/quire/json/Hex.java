package dev.quire.json;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hexadecimal digits of either case. */
final class Hex {
  private static final byte[] DIGITS = digits();

  private Hex() {}

  private static byte[] digits() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int c = 0; c < 128; c++) {
      values[c] = (byte) Character.digit(c, 16);
    }
    return values;
  }

  /** Below zero when one of them is none; at most 12. */
  static long value(byte[] b, int from, int count) {
    byte[] digits = DIGITS;
    long value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = digits[b[i] & 0xff];
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** 36 characters, after which others may follow. */
  static @Nullable UUID uuid(byte[] b, int from) {
    long first = value(b, from, 8);
    if (first < 0 || b[from + 8] != '-') {
      return null;
    }
    long second = value(b, from + 9, 4);
    if (second < 0 || b[from + 13] != '-') {
      return null;
    }
    long third = value(b, from + 14, 4);
    if (third < 0 || b[from + 18] != '-') {
      return null;
    }
    long fourth = value(b, from + 19, 4);
    if (fourth < 0 || b[from + 23] != '-') {
      return null;
    }
    long fifth = value(b, from + 24, 12);
    return fifth < 0 ? null : new UUID(first << 32 | second << 16 | third, fourth << 48 | fifth);
  }
}
