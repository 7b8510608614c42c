package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the common form of a value from the parser's characters, without a String. Whatever is of
 * another form is left to others: null. Thread-safe.
 */
final class Digits {
  /** So many fit into a long. */
  private static final int FEW = 18;

  private static final byte[] HEX = hexDigits();

  private Digits() {}

  private static byte[] hexDigits() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int c = 0; c < values.length; c++) {
      values[c] = (byte) Character.digit(c, 16);
    }
    return values;
  }

  /** As {@link BigDecimal#BigDecimal(String)}, the scale included, where there are few digits. */
  static @Nullable BigDecimal decimal(JsonParser json) throws IOException {
    return decimal(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  static @Nullable BigDecimal decimal(char[] text, int from, int length) {
    int start = length > 0 && text[from] == '-' ? from + 1 : from;
    int end = from + length;
    if (end - start > FEW + 1) {
      return null;
    }
    long unscaled = 0;
    int point = -1;
    for (int i = start; i < end; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        unscaled = unscaled * 10 + (c - '0');
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return null;
      }
    }
    int digits = end - start - (point < 0 ? 0 : 1);
    if (digits == 0 || digits > FEW) {
      return null;
    }
    return BigDecimal.valueOf(
        start == from ? unscaled : -unscaled, point < 0 ? 0 : end - 1 - point);
  }

  /** Five groups of hexadecimal digits in either case. */
  static @Nullable UUID uuid(JsonParser json) throws IOException {
    return uuid(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  static @Nullable UUID uuid(char[] text, int from, int length) {
    boolean formed =
        length == 36
            && text[from + 8] == '-'
            && text[from + 13] == '-'
            && text[from + 18] == '-'
            && text[from + 23] == '-';
    if (!formed) {
      return null;
    }
    long first = hex(text, from, 8);
    long second = hex(text, from + 9, 4);
    long third = hex(text, from + 14, 4);
    long fourth = hex(text, from + 19, 4);
    long fifth = hex(text, from + 24, 12);
    return (first | second | third | fourth | fifth) < 0
        ? null
        : new UUID(first << 32 | second << 16 | third, fourth << 48 | fifth);
  }

  /** Below zero when one is none. */
  private static long hex(char[] text, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] < HEX.length ? HEX[text[i]] : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
