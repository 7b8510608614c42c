package dev.quire.json;

/** A number of few digits. One thread at a time. */
final class Digits {
  /** So many fit into a long. */
  private static final int FEW = 18;

  private static final int MOST_EXPONENT = 2;

  /** Exact as a double up to here. */
  private static final long EXACT = 1L << 53;

  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };

  private long unscaled;
  private int scale;

  long unscaled() {
    return unscaled;
  }

  int scale() {
    return scale;
  }

  /** The place after the number, or -1 when there is none or it is an unusual one. */
  int read(byte[] b, int from) {
    boolean negative = b[from] == '-';
    int first = negative ? from + 1 : from;
    int i = first;
    long value = 0;
    byte c = b[i];
    while (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      c = b[++i];
    }
    int count = i - first;
    if (count == 0 || (b[first] == '0' && count > 1)) {
      return -1;
    }
    int places = 0;
    if (c == '.') {
      c = b[++i];
      int point = i;
      while (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
        c = b[++i];
      }
      places = i - point;
      if (places == 0) {
        return -1;
      }
    }
    if (count + places > FEW || (negative && value == 0)) {
      return -1;
    }
    unscaled = negative ? -value : value;
    scale = places;
    return (c | 0x20) == 'e' ? exponent(b, i + 1) : i;
  }

  private int exponent(byte[] b, int from) {
    int first = b[from] == '-' || b[from] == '+' ? from + 1 : from;
    int i = first;
    int value = 0;
    while (b[i] >= '0' && b[i] <= '9') {
      value = value * 10 + (b[i] - '0');
      i++;
    }
    if (i == first || i - first > MOST_EXPONENT) {
      return -1;
    }
    scale -= b[from] == '-' ? -value : value;
    return i;
  }

  /** By one division or multiplication of exact numbers, or NaN. */
  double real() {
    if (unscaled > EXACT || unscaled < -EXACT || scale >= TENS.length || scale <= -TENS.length) {
      return Double.NaN;
    }
    return scale < 0 ? unscaled * TENS[-scale] : unscaled / TENS[scale];
  }
}
