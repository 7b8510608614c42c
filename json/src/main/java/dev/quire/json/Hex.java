package dev.quire.json;

import static dev.quire.json.Eight.EACH;
import static dev.quire.json.Eight.HIGH;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hexadecimal digits of either case. */
final class Hex {
  private static final long LOW = 0xffffffffL;
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
    if (from + 36 > b.length) {
      return null;
    }
    long after8 = Eight.at(b, from + 8);
    long after16 = Eight.at(b, from + 16);
    boolean grouped =
        isDash(after8) && isDash(after8 >>> 40) && isDash(after16 >>> 16) && isDash(after16 >>> 56);
    long first = eight(Eight.at(b, from));
    long second = eight(after8 >>> 8 & LOW | after8 >>> 48 << 32 | after16 << 48);
    long third = eight(after16 >>> 24 & LOW | Eight.at(b, from + 24) << 32);
    long fourth = eight(Eight.at(b, from + 28));
    return grouped && (first | second | third | fourth) >= 0
        ? new UUID(first << 32 | second, third << 32 | fourth)
        : null;
  }

  private static boolean isDash(long eight) {
    return (byte) eight == '-';
  }

  /** The 32 bits that eight digits mean, the first of them in the lowest byte, or below zero. */
  private static long eight(long digits) {
    long lower = digits | 0x20 * EACH;
    long decimal = digits + (0x80 - '0') * EACH & ~(digits + (0x7f - '9') * EACH);
    long letter = lower + (0x80 - 'a') * EACH & ~(lower + (0x7f - 'f') * EACH) & HIGH;
    if (((decimal | letter) & ~digits & HIGH) != HIGH) {
      return -1;
    }
    long fours = (digits & 0x0f * EACH) + 9 * (letter >>> 7);
    long bytes = (fours << 4 | fours >>> 8) & 0x00ff00ff00ff00ffL;
    long pairs = (bytes << 8 | bytes >>> 16) & 0x0000ffff0000ffffL;
    return (pairs << 16 | pairs >>> 32) & LOW;
  }
}
