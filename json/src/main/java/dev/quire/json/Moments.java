package dev.quire.json;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates and moments of ISO 8601 with a year of four digits. */
final class Moments {
  private static final int SECONDS_OF_DAY = 86_400;
  private static final int DAYS_TO_1970 = 719_528;
  private static final int MOST_FRACTION = 9;

  /** Days before a month, in a year that is no leap year. */
  private static final int[] BEFORE = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

  private static final int[] LENGTH = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Moments() {}

  /** Two digits, or a value below zero that stays so when it is multiplied or added to. */
  private static int two(byte[] b, int i) {
    int tens = b[i] - '0';
    int ones = b[i + 1] - '0';
    return (tens | ones | 9 - tens | 9 - ones) < 0 ? -1_000_000 : tens * 10 + ones;
  }

  /** {@code yyyy-MM-dd}, after which anything may follow. */
  static @Nullable LocalDate date(byte[] b, int i) {
    long day = epochDay(b, i);
    return day == Long.MIN_VALUE ? null : LocalDate.ofEpochDay(day);
  }

  /** Days since 1970, or the least number for what is no date. */
  private static long epochDay(byte[] b, int i) {
    int century = two(b, i);
    int ofCentury = two(b, i + 2);
    int year = century * 100 + ofCentury;
    int month = two(b, i + 5);
    int day = two(b, i + 8);
    boolean formed = year >= 0 && b[i + 4] == '-' && b[i + 7] == '-';
    if (!formed || month < 1 || month > 12 || day < 1 || day > LENGTH[month]) {
      return Long.MIN_VALUE;
    }
    boolean leap = ((ofCentury == 0 ? century : ofCentury) & 3) == 0;
    if (month == 2 && day == 29 && !leap) {
      return Long.MIN_VALUE;
    }
    int centuries = ofCentury == 0 ? century - 1 : century;
    int leaps = year == 0 ? 0 : (year - 1 >> 2) - centuries + (centuries >> 2) + 1;
    int inYear = BEFORE[month] + day - 1 + (leap && month > 2 ? 1 : 0);
    return 365L * year + leaps + inYear - DAYS_TO_1970;
  }

  /** The place after the fraction of seconds of {@code yyyy-MM-ddTHH:mm:ss.n}, which ends in Z. */
  static int end(byte[] b, int from) {
    int i = from + 19;
    if (b[i] == '.') {
      i++;
      while (b[i] >= '0' && b[i] <= '9') {
        i++;
      }
    }
    return i;
  }

  /**
   * {@code yyyy-MM-ddTHH:mm:ss}, perhaps a fraction, Z.
   *
   * @param z where the Z is
   */
  static @Nullable Instant instant(byte[] b, int i, int z) {
    int hour = two(b, i + 11);
    int minute = two(b, i + 14);
    int second = two(b, i + 17);
    boolean formed = b[i + 10] == 'T' && b[i + 13] == ':' && b[i + 16] == ':';
    if (!formed || (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    long day = epochDay(b, i);
    int places = z - i - 20;
    if (day == Long.MIN_VALUE || places == 0 || places > MOST_FRACTION) {
      return null;
    }
    long time = day * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second;
    return places < 0
        ? Instant.ofEpochSecond(time)
        : Instant.ofEpochSecond(time, nanos(b, i + 20, places));
  }

  private static int nanos(byte[] b, int from, int places) {
    int nanos = 0;
    for (int k = 0; k < MOST_FRACTION; k++) {
      nanos = nanos * 10 + (k < places ? b[from + k] - '0' : 0);
    }
    return nanos;
  }
}
