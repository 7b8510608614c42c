package dev.quire.export.text;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * A line of text in the making, as UTF-8 bytes: values of the common types are written without a
 * String between. One thread at a time.
 */
final class Utf8Line {
  private static final long SECONDS_OF_DAY = 86_400;

  /** The years 0 to 9999, which have four digits. */
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** So many decimal digits fit into a long, and into an int. */
  private static final int FEW = 18;

  private static final int DIGITS_OF_INT = 9;

  /** From here on, Java writes doubles with an exponent. */
  private static final long EXPONENT = 10_000_000;

  private static final long BILLION = 1_000_000_000;

  /** A tenth in units of 2 to the power of minus 35, rounded up: exact below 2 to the 31st. */
  private static final long TENTH = 0xCCCCCCCDL;

  private static final int TENTH_SHIFT = 35;

  /** A sixtieth in the same way: exact for the seconds of a day. */
  private static final long SIXTIETH = 0x88888889L;

  private static final int SIXTIETH_SHIFT = 37;

  private final Days days = new Days();
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
    byte[] target = bytes;
    for (int i = 0; i < count; i++) {
      target[length + i] = (byte) text.charAt(i);
    }
    length += count;
  }

  void add(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /** In quotes, and each quote inside twice. */
  void addQuoted(byte[] text) {
    reserve(2 * text.length + 2);
    byte[] target = bytes;
    int i = length;
    target[i++] = '"';
    for (byte b : text) {
      target[i++] = b;
      if (b == '"') {
        target[i++] = '"';
      }
    }
    target[i++] = '"';
    length = i;
  }

  /** As {@link Long#toString(long)}. */
  void add(long number) {
    if (number >= 0 && number < 10) {
      add((char) ('0' + number));
      return;
    }
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

  /** The last so many digits, zeros before them included. */
  private void addDigits(long number, int count) {
    int end = length + count;
    length = end;
    long left = number;
    int missing = count;
    while (missing > DIGITS_OF_INT) {
      long high = left / BILLION;
      end = putDigits((int) (left - high * BILLION), DIGITS_OF_INT, end);
      left = high;
      missing -= DIGITS_OF_INT;
    }
    putDigits((int) left, missing, end);
  }

  /** Divides by multiplication: the first compiler leaves a division to the processor. */
  private int putDigits(int number, int count, int end) {
    byte[] target = bytes;
    int left = number;
    int i = end;
    while (i > end - count) {
      int tenth = (int) (left * TENTH >>> TENTH_SHIFT);
      target[--i] = (byte) ('0' + left - 10 * tenth);
      left = tenth;
    }
    return i;
  }

  /**
   * As {@link BigDecimal#toPlainString}.
   *
   * @return false, and nothing is added, for a number of many digits
   */
  boolean add(BigDecimal number) {
    int scale = number.scale();
    if (scale < 0 || scale > FEW || number.precision() > FEW) {
      return false;
    }
    reserve(FEW + 3);
    long unscaled = number.scaleByPowerOfTen(scale).longValue();
    if (unscaled < 0) {
      bytes[length++] = '-';
    }
    addDigits(Math.abs(unscaled), Math.max(number.precision(), scale + 1));
    if (scale > 0) {
      int point = length - scale;
      System.arraycopy(bytes, point, bytes, point + 1, scale);
      bytes[point] = '.';
      length++;
    }
    return true;
  }

  /**
   * As {@link Double#toString(double)} and {@link Float#toString(float)}.
   *
   * @return false, and nothing is added, for a number with a fraction or an exponent
   */
  boolean add(double number) {
    long whole = (long) number;
    boolean isPlain =
        whole == number && Math.abs(whole) < EXPONENT && (whole != 0 || 1 / number > 0);
    if (isPlain) {
      add(whole);
      add('.');
      add('0');
    }
    return isPlain;
  }

  /** As {@link UUID#toString}. */
  void add(UUID id) {
    reserve(Hex.UUID);
    Hex.put(id, bytes, length);
    length += Hex.UUID;
  }

  /** As {@link Instant#toString}. */
  void add(Instant moment) {
    long second = moment.getEpochSecond();
    if (second < FIRST_SECOND || second > LAST_SECOND) {
      addAscii(moment.toString());
      return;
    }
    reserve(30);
    long day = Math.floorDiv(second, SECONDS_OF_DAY);
    days.put(day, bytes, length);
    length += Days.LENGTH;
    addTime((int) (second - day * SECONDS_OF_DAY));
    addFraction(moment.getNano());
    bytes[length++] = 'Z';
  }

  private void addTime(int secondOfDay) {
    int minute = (int) (secondOfDay * SIXTIETH >>> SIXTIETH_SHIFT);
    int hour = (int) (minute * SIXTIETH >>> SIXTIETH_SHIFT);
    addTwo('T', hour);
    addTwo(':', minute - 60 * hour);
    addTwo(':', secondOfDay - 60 * minute);
  }

  private void addTwo(char before, int number) {
    int tens = number * 103 >>> 10;
    byte[] target = bytes;
    int i = length;
    target[i] = (byte) before;
    target[i + 1] = (byte) ('0' + tens);
    target[i + 2] = (byte) ('0' + number - 10 * tens);
    length = i + 3;
  }

  /** In groups of three digits, as many as are needed. */
  private void addFraction(int nanos) {
    if (nanos > 0) {
      bytes[length++] = '.';
      int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
      addDigits(digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1_000 : nanos, digits);
    }
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
