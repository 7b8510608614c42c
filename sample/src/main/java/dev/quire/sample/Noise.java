package dev.quire.sample;

/** Numbers that look random and depend on nothing but a row number and a salt. */
final class Noise {
  private Noise() {}

  /** 64 well-mixed bits (the finalizer of SplitMix64). */
  static long of(long row, int salt) {
    long z = row * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** 0 to below {@code bound}. */
  static int below(int bound, long row, int salt) {
    return (int) Long.remainderUnsigned(of(row, salt), bound);
  }

  static String pick(String[] choices, long row, int salt) {
    return choices[below(choices.length, row, salt)];
  }
}
