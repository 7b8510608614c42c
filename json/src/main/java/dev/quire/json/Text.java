package dev.quire.json;

import java.nio.charset.StandardCharsets;

/** Strings of bytes that were checked by {@link Skim#string}. */
final class Text {
  private Text() {}

  /** A string that may have characters beyond ASCII, and escapes. */
  static String of(byte[] b, int from, int to) throws UncertainException {
    for (int i = from; i < to; i++) {
      if (b[i] == '\\') {
        return unescaped(b, from, to);
      }
    }
    return new String(b, from, to - from, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] b, int from, int to) throws UncertainException {
    byte[] out = new byte[to - from];
    int n = 0;
    int i = from;
    while (i < to) {
      if (b[i] != '\\') {
        out[n++] = b[i++];
      } else if (b[i + 1] != 'u') {
        out[n++] = named(b[i + 1]);
        i += 2;
      } else {
        int c = coded(b, i);
        n = Utf8.write(c, out, n);
        i += c < 0x10000 ? 6 : 12;
      }
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }

  private static byte named(byte c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  /** The character of one escape, or of two that are a pair of surrogates. */
  private static int coded(byte[] b, int i) throws UncertainException {
    int c = (int) Hex.value(b, i + 2, 4);
    if (c < 0xd800 || c > 0xdfff) {
      return c;
    }
    boolean pair = c < 0xdc00 && b[i + 6] == '\\' && b[i + 7] == 'u';
    int low = pair ? (int) Hex.value(b, i + 8, 4) : -1;
    if (low < 0xdc00 || low > 0xdfff) {
      throw UncertainException.INSTANCE;
    }
    return Character.toCodePoint((char) c, (char) low);
  }

  /**
   * Whether a checked value is as short as JSON can be: no white space between its parts, and no
   * escapes but those of one letter that must be.
   */
  static boolean isCompact(byte[] b, int from, int to) {
    boolean inside = false;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == '"') {
        inside = !inside;
      } else if (inside ? c == '\\' && isLong(b[++i]) : c >= 0 && c <= ' ') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLong(byte c) {
    return c == 'u' || c == '/';
  }
}
