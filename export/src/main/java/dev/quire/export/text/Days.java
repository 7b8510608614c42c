package dev.quire.export.text;

import java.util.Arrays;

/**
 * Dates of years with four digits as text. The last ones are kept, since rows beside each other
 * often have the same. One thread at a time.
 */
final class Days {
  /** {@code yyyy-MM-dd}. */
  static final int LENGTH = 10;

  /** More than a year; a power of two. */
  private static final int KEPT = 512;

  private final long[] days = new long[KEPT];
  private final byte[] texts = new byte[KEPT * LENGTH];

  Days() {
    Arrays.fill(days, Long.MIN_VALUE);
  }

  /** Writes a day, counted from 1970 on. */
  void put(long epochDay, byte[] target, int at) {
    int place = (int) epochDay & KEPT - 1;
    int from = place * LENGTH;
    if (days[place] != epochDay) {
      days[place] = epochDay;
      keep(epochDay, from);
    }
    System.arraycopy(texts, from, target, at, LENGTH);
  }

  /** Counts in years that begin in March, whose last day is the one that some years have more. */
  private void keep(long epochDay, int from) {
    long day = epochDay + 719_468;
    long era = Math.floorDiv(day, 146_097L);
    int ofEra = (int) (day - era * 146_097);
    int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int march = (5 * ofYear + 2) / 153;
    int month = march < 10 ? march + 3 : march - 9;
    int year = yearOfEra + (int) era * 400 + (month <= 2 ? 1 : 0);
    putTwo(year / 100, from);
    putTwo(year % 100, from + 2);
    texts[from + 4] = '-';
    putTwo(month, from + 5);
    texts[from + 7] = '-';
    putTwo(ofYear - (153 * march + 2) / 5 + 1, from + 8);
  }

  private void putTwo(int number, int at) {
    texts[at] = (byte) ('0' + number / 10);
    texts[at + 1] = (byte) ('0' + number % 10);
  }
}
