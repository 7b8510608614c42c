package dev.quire.engine.spill;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows as bytes and back, each value of the same class and exactly the same. Thread-safe. */
public final class RowBytes {
  private static final int NULL = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int INT = 3;
  private static final int LONG = 4;
  private static final int DOUBLE = 5;
  private static final int DECIMAL = 6;
  private static final int TEXT = 7;
  private static final int TEXT_WITH_SURROGATES = 8;
  private static final int BYTES = 9;
  private static final int DATE = 10;
  private static final int TIME = 11;
  private static final int TIMESTAMP = 12;
  private static final int INSTANT = 13;
  private static final int IDENTIFIER = 14;

  private RowBytes() {}

  /** A row's bytes; its values are such as {@link KeyBytes#supports}, or null. */
  public static byte[] encode(@Nullable Object[] row) {
    ByteSink sink = new ByteSink();
    sink.putShort(row.length);
    for (Object value : row) {
      put(sink, value);
    }
    return sink.take();
  }

  private static void put(ByteSink sink, @Nullable Object value) {
    if (value == null) {
      sink.put(NULL);
    } else if (value instanceof String text) {
      putText(sink, text);
    } else if (value instanceof Number number) {
      putNumber(sink, number);
    } else if (value instanceof Boolean truth) {
      sink.put(truth ? TRUE : FALSE);
    } else if (value instanceof byte[] bytes) {
      sink.put(BYTES);
      putBytes(sink, bytes);
    } else if (value instanceof UUID uuid) {
      sink.put(IDENTIFIER);
      sink.putLong(uuid.getMostSignificantBits());
      sink.putLong(uuid.getLeastSignificantBits());
    } else {
      putTime(sink, value);
    }
  }

  private static void putText(ByteSink sink, String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      sink.put(TEXT);
      putBytes(sink, text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    sink.put(TEXT_WITH_SURROGATES);
    ByteBuffer chars = ByteBuffer.allocate(text.length() * 2);
    chars.asCharBuffer().put(text);
    putBytes(sink, chars.array());
  }

  private static void putBytes(ByteSink sink, byte[] bytes) {
    sink.putShort(bytes.length);
    sink.putAll(bytes);
  }

  private static void putNumber(ByteSink sink, Number number) {
    if (number instanceof Integer) {
      sink.put(INT);
      sink.putShort(number.intValue());
    } else if (number instanceof Long) {
      sink.put(LONG);
      sink.putShort(number.longValue());
    } else if (number instanceof Double real) {
      sink.put(DOUBLE);
      sink.putLong(Double.doubleToRawLongBits(real));
    } else {
      BigDecimal decimal = (BigDecimal) number;
      sink.put(DECIMAL);
      sink.putShort(decimal.scale());
      putBytes(sink, decimal.unscaledValue().toByteArray());
    }
  }

  private static void putTime(ByteSink sink, Object value) {
    if (value instanceof LocalDate date) {
      sink.put(DATE);
      sink.putShort(date.toEpochDay());
    } else if (value instanceof LocalTime time) {
      sink.put(TIME);
      sink.putShort(time.toNanoOfDay());
    } else if (value instanceof LocalDateTime time) {
      sink.put(TIMESTAMP);
      sink.putShort(time.toEpochSecond(ZoneOffset.UTC));
      sink.putShort(time.getNano());
    } else {
      Instant moment = (Instant) value;
      sink.put(INSTANT);
      sink.putShort(moment.getEpochSecond());
      sink.putShort(moment.getNano());
    }
  }

  /** The row of {@link #encode}. */
  public static @Nullable Object[] decode(byte[] bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    @Nullable Object[] row = new @Nullable Object[(int) readShort(source)];
    for (int i = 0; i < row.length; i++) {
      row[i] = read(source);
    }
    return row;
  }

  private static @Nullable Object read(ByteBuffer source) {
    int kind = source.get();
    return switch (kind) {
      case NULL -> null;
      case TRUE -> true;
      case FALSE -> false;
      case INT -> (int) readShort(source);
      case LONG -> readShort(source);
      case DOUBLE -> source.getDouble();
      case DECIMAL -> readDecimal(source);
      case TEXT -> new String(readBytes(source), StandardCharsets.UTF_8);
      case TEXT_WITH_SURROGATES -> ByteBuffer.wrap(readBytes(source)).asCharBuffer().toString();
      case BYTES -> readBytes(source);
      case DATE -> LocalDate.ofEpochDay(readShort(source));
      case TIME -> LocalTime.ofNanoOfDay(readShort(source));
      case TIMESTAMP ->
          LocalDateTime.ofEpochSecond(readShort(source), (int) readShort(source), ZoneOffset.UTC);
      case INSTANT -> Instant.ofEpochSecond(readShort(source), readShort(source));
      case IDENTIFIER -> new UUID(source.getLong(), source.getLong());
      default -> throw new IllegalStateException("no kind " + kind);
    };
  }

  private static BigDecimal readDecimal(ByteBuffer source) {
    int scale = (int) readShort(source);
    return new BigDecimal(new BigInteger(readBytes(source)), scale);
  }

  private static byte[] readBytes(ByteBuffer source) {
    byte[] bytes = new byte[(int) readShort(source)];
    source.get(bytes);
    return bytes;
  }

  private static long readShort(ByteBuffer source) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = source.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
  }
}
