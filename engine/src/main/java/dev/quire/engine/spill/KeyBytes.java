package dev.quire.engine.spill;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes whose order, one by one and without sign, is SQL's order of the values, and that
 * are equal exactly if the values are. One thread at a time.
 */
public final class KeyBytes {
  private static final int NULL_FIRST = 0;
  private static final int VALUE = 1;
  private static final int NULL_LAST = 2;

  private static final int NEGATIVE_INFINITY = 1;
  private static final int NEGATIVE = 2;
  private static final int ZERO = 3;
  private static final int POSITIVE = 4;
  private static final int POSITIVE_INFINITY = 5;
  private static final int NOT_A_NUMBER = 6;

  private static final int SURROGATE = 0xF8;

  private final ByteSink sink = new ByteSink();

  /** Whether values of a class have such bytes. */
  public static boolean supports(Object value) {
    return value instanceof Number
        || value instanceof String
        || value instanceof Boolean
        || value instanceof byte[]
        || value instanceof UUID
        || value instanceof LocalTime
        || isMoment(value);
  }

  private static boolean isMoment(Object value) {
    return value instanceof LocalDate || value instanceof LocalDateTime || value instanceof Instant;
  }

  /** Adds a part, NULL below every value. */
  public KeyBytes add(@Nullable Object value) {
    return add(value, false, true);
  }

  /** Adds a part. */
  public KeyBytes add(@Nullable Object value, boolean descending, boolean nullsFirst) {
    if (value == null) {
      sink.put(nullsFirst ? NULL_FIRST : NULL_LAST);
      return this;
    }
    sink.put(VALUE);
    int start = sink.size();
    addValue(value);
    if (descending) {
      sink.invertFrom(start);
    }
    return this;
  }

  /** Adds a number that is not negative. */
  public KeyBytes addCount(int number) {
    sink.putInt(number);
    return this;
  }

  /** The parts so far, and begins a new key. */
  public byte[] take() {
    return sink.take();
  }

  private void addValue(Object value) {
    if (value instanceof Number number) {
      addNumber(number);
    } else if (value instanceof String text) {
      addText(text);
    } else if (value instanceof Boolean truth) {
      sink.put(truth ? 1 : 0);
    } else if (value instanceof byte[] bytes) {
      addBytes(bytes);
    } else if (value instanceof UUID uuid) {
      sink.putLong(uuid.getMostSignificantBits());
      sink.putLong(uuid.getLeastSignificantBits());
    } else if (value instanceof LocalTime time) {
      sink.putLong(time.toNanoOfDay());
    } else {
      addMoment(value);
    }
  }

  private void addMoment(Object value) {
    Instant moment =
        value instanceof LocalDate date
            ? date.atStartOfDay().toInstant(ZoneOffset.UTC)
            : value instanceof LocalDateTime time
                ? time.toInstant(ZoneOffset.UTC)
                : (Instant) value;
    sink.putLong(moment.getEpochSecond() ^ Long.MIN_VALUE);
    sink.putInt(moment.getNano());
  }

  private void addText(String text) {
    for (int i = 0; i < text.length(); i++) {
      addChar(text.charAt(i));
    }
    sink.put(0);
    sink.put(0);
  }

  /** As UTF-8 does, but halves of pairs stay what they are, above every other char. */
  private void addChar(char c) {
    if (c == 0) {
      sink.put(0);
      sink.put(0xFF);
    } else if (c < 0x80) {
      sink.put(c);
    } else if (c < 0x800) {
      sink.put(0xC0 | c >> 6);
      sink.put(0x80 | c & 0x3F);
    } else if (Character.isSurrogate(c)) {
      sink.put(SURROGATE);
      sink.put(c >> 8);
      sink.put(c);
    } else {
      sink.put(0xE0 | c >> 12);
      sink.put(0x80 | c >> 6 & 0x3F);
      sink.put(0x80 | c & 0x3F);
    }
  }

  private void addBytes(byte[] bytes) {
    for (byte each : bytes) {
      sink.put(each);
      if (each == 0) {
        sink.put(0xFF);
      }
    }
    sink.put(0);
    sink.put(0);
  }

  private void addNumber(Number number) {
    if (number instanceof Double real) {
      addDouble(real);
    } else if (number instanceof BigDecimal decimal) {
      addDecimal(decimal.unscaledValue(), decimal.scale());
    } else {
      addLong(number.longValue());
    }
  }

  private void addDouble(double number) {
    if (Double.isNaN(number)) {
      sink.put(NOT_A_NUMBER);
    } else if (Double.isInfinite(number)) {
      sink.put(number > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
    } else if (number == Math.rint(number) && Math.abs(number) < 0x1p62) {
      addLong((long) number);
    } else {
      BigDecimal exact = new BigDecimal(number);
      addDecimal(exact.unscaledValue(), exact.scale());
    }
  }

  private void addLong(long number) {
    if (number == Long.MIN_VALUE) {
      addDecimal(BigInteger.valueOf(number), 0);
    } else {
      addDigits(Long.signum(number), Long.toString(Math.abs(number)), 0);
    }
  }

  private void addDecimal(BigInteger unscaled, int scale) {
    addDigits(unscaled.signum(), unscaled.abs().toString(), scale);
  }

  /** The place of the first digit, then the digits in twos, to the last that is not zero. */
  private void addDigits(int sign, String digits, int scale) {
    if (sign == 0) {
      sink.put(ZERO);
      return;
    }
    sink.put(sign > 0 ? POSITIVE : NEGATIVE);
    int start = sink.size();
    sink.putInt((digits.length() - scale) ^ Integer.MIN_VALUE);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    for (int i = 0; i < end; i += 2) {
      int second = i + 1 < end ? digits.charAt(i + 1) - '0' : 0;
      sink.put((digits.charAt(i) - '0') * 10 + second + 1);
    }
    sink.put(0);
    if (sign < 0) {
      sink.invertFrom(start);
    }
  }
}
