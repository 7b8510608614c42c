package dev.quire.json;

/** Valid UTF-8 (RFC 3629): the shortest form, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /** The place after the character of several bytes that begins at {@code i}. */
  static int next(byte[] b, int i) throws UncertainException {
    int first = b[i] & 0xff;
    if (first < 0xc2) {
      throw UncertainException.INSTANCE;
    }
    int second = b[i + 1] & 0xff;
    if (first < 0xe0 && follows(second)) {
      return i + 2;
    }
    if (first >= 0xe0 && first < 0xf0 && isSecondOfThree(first, second) && follows(b[i + 2])) {
      return i + 3;
    }
    if (first >= 0xf0
        && first < 0xf5
        && isSecondOfFour(first, second)
        && follows(b[i + 2])
        && follows(b[i + 3])) {
      return i + 4;
    }
    throw UncertainException.INSTANCE;
  }

  private static boolean follows(int b) {
    return (b & 0xc0) == 0x80;
  }

  private static boolean isSecondOfThree(int first, int second) {
    return follows(second) && (first != 0xe0 || second >= 0xa0) && (first != 0xed || second < 0xa0);
  }

  private static boolean isSecondOfFour(int first, int second) {
    return follows(second) && (first != 0xf0 || second >= 0x90) && (first != 0xf4 || second < 0x90);
  }

  /** Writes a character from U+0000 to U+10FFFF and gives the place after it. */
  static int write(int c, byte[] out, int at) {
    int n = at;
    if (c < 0x80) {
      out[n++] = (byte) c;
    } else if (c < 0x800) {
      out[n++] = (byte) (0xc0 | c >> 6);
      out[n++] = (byte) (0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      out[n++] = (byte) (0xe0 | c >> 12);
      out[n++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[n++] = (byte) (0x80 | c & 0x3f);
    } else {
      out[n++] = (byte) (0xf0 | c >> 18);
      out[n++] = (byte) (0x80 | c >> 12 & 0x3f);
      out[n++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[n++] = (byte) (0x80 | c & 0x3f);
    }
    return n;
  }
}
