package dev.quire.odata.json;

import java.math.BigDecimal;

/** Reads digits quickly where there are few of them, and leaves the rest to Java. */
final class Digits {
  /** So many fit into a long. */
  private static final int FEW = 18;

  private Digits() {}

  /**
   * As {@link BigDecimal#BigDecimal(String)}, the scale included.
   *
   * @throws NumberFormatException likewise
   */
  static BigDecimal decimal(String text) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    if (length - start > FEW + 1) {
      return new BigDecimal(text);
    }
    long unscaled = 0;
    int point = -1;
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        unscaled = unscaled * 10 + (c - '0');
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return new BigDecimal(text);
      }
    }
    int digits = length - start - (point < 0 ? 0 : 1);
    if (digits == 0 || digits > FEW) {
      return new BigDecimal(text);
    }
    return BigDecimal.valueOf(
        start == 0 ? unscaled : -unscaled, point < 0 ? 0 : length - 1 - point);
  }

  /**
   * The hexadecimal digits between two places.
   *
   * @throws NumberFormatException when one is none
   */
  static long hex(String text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit = c <= 'f' ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new NumberFormatException("not a hexadecimal digit");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
