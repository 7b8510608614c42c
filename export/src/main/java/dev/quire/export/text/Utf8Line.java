package dev.quire.export.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * A line of text in the making, as UTF-8 bytes: values of the common types are written without a
 * String between. One thread at a time.
 */
final class Utf8Line {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long SECONDS_OF_DAY = 86_400;

  /** The years 0 to 9999, which have four digits. */
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private byte[] bytes = new byte[1024];
  private int length;

  /** Writes the line out, and begins the next. */
  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  void add(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void addAscii(String text) {
    int count = text.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  void add(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /** As {@link Long#toString(long)}. */
  void add(long number) {
    if (number == Long.MIN_VALUE) {
      addAscii(Long.toString(number));
      return;
    }
    reserve(20);
    long left = Math.abs(number);
    if (number < 0) {
      bytes[length++] = '-';
    }
    int digits = 1;
    for (long most = 10; digits < 19 && left >= most; most *= 10) {
      digits++;
    }
    addDigits(left, digits);
  }

  private void addDigits(long number, int count) {
    long left = number;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length += count;
  }

  /** As {@link UUID#toString}. */
  void add(UUID id) {
    reserve(36);
    addHex(id.getMostSignificantBits(), 64, 32);
    bytes[length++] = '-';
    addHex(id.getMostSignificantBits(), 32, 16);
    bytes[length++] = '-';
    addHex(id.getMostSignificantBits(), 16, 0);
    bytes[length++] = '-';
    addHex(id.getLeastSignificantBits(), 64, 48);
    bytes[length++] = '-';
    addHex(id.getLeastSignificantBits(), 48, 0);
  }

  private void addHex(long bits, int from, int to) {
    for (int shift = from - 4; shift >= to; shift -= 4) {
      bytes[length++] = HEX[(int) (bits >>> shift) & 0xf];
    }
  }

  /** As {@link Instant#toString}. */
  void add(Instant moment) {
    long second = moment.getEpochSecond();
    if (second < FIRST_SECOND || second > LAST_SECOND) {
      addAscii(moment.toString());
      return;
    }
    reserve(30);
    addDate(Math.floorDiv(second, SECONDS_OF_DAY));
    int ofDay = (int) Math.floorMod(second, SECONDS_OF_DAY);
    addTwo('T', ofDay / 3600);
    addTwo(':', ofDay / 60 % 60);
    addTwo(':', ofDay % 60);
    addFraction(moment.getNano());
    bytes[length++] = 'Z';
  }

  private void addTwo(char before, int number) {
    bytes[length++] = (byte) before;
    bytes[length++] = (byte) ('0' + number / 10);
    bytes[length++] = (byte) ('0' + number % 10);
  }

  /** In groups of three digits, as many as are needed. */
  private void addFraction(int nanos) {
    if (nanos > 0) {
      bytes[length++] = '.';
      int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
      addDigits(digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1_000 : nanos, digits);
    }
  }

  /** Counts in years that begin in March, whose last day is the one that some years have more. */
  private void addDate(long epochDay) {
    long day = epochDay + 719_468;
    long era = Math.floorDiv(day, 146_097L);
    int ofEra = (int) (day - era * 146_097);
    int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int march = (5 * ofYear + 2) / 153;
    int month = march < 10 ? march + 3 : march - 9;
    addDigits(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
    addTwo('-', month);
    addTwo('-', ofYear - (153 * march + 2) / 5 + 1);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
