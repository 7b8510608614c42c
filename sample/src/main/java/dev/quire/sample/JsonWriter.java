package dev.quire.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes JSON as bytes. One thread at a time. Closing it flushes; the stream below stays open. */
final class JsonWriter implements AutoCloseable {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_TOKEN = 64;

  private final OutputStream out;
  private final boolean numbersAsText;
  private final byte[] buffer = new byte[8 * 1024];
  private int filled;

  /**
   * @param numbersAsText whether Int64 and Decimal are written as strings (IEEE754Compatible)
   */
  JsonWriter(OutputStream out, boolean numbersAsText) {
    this.out = out;
    this.numbersAsText = numbersAsText;
  }

  JsonWriter raw(String ascii) throws IOException {
    return raw(ascii.getBytes(StandardCharsets.UTF_8));
  }

  JsonWriter raw(byte[] bytes) throws IOException {
    room(bytes.length);
    if (bytes.length > buffer.length) {
      out.write(bytes);
    } else {
      System.arraycopy(bytes, 0, buffer, filled, bytes.length);
      filled += bytes.length;
    }
    return this;
  }

  /** A JSON string with its quotes. */
  JsonWriter text(String text) throws IOException {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next >= 0x80) {
        int end = pastNonAscii(text, i);
        raw(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      } else if (next == '"' || next == '\\') {
        put('\\');
        put(next);
      } else if (next >= 0x20) {
        put(next);
      } else {
        raw("\\u00").put((char) HEX[next >> 4]).put((char) HEX[next & 0xF]);
      }
    }
    return put('"');
  }

  /** A value of one of the classes that {@link EdmType} names. */
  JsonWriter value(EdmType type, @Nullable Object value) throws IOException {
    if (value == null) {
      return raw(NULL);
    }
    return switch (type) {
      case GUID -> put('"').guid((UUID) value).put('"');
      case STRING -> text((String) value);
      case INT32 -> number((Long) value);
      case INT64 -> numbersAsText ? put('"').number((Long) value).put('"') : number((Long) value);
      case DECIMAL -> decimal((BigDecimal) value);
      case BOOLEAN -> raw((Boolean) value ? "true" : "false");
      case DATE -> put('"').date((LocalDate) value).put('"');
      case DATE_TIME_OFFSET -> put('"').instant((Instant) value).put('"');
    };
  }

  JsonWriter number(long value) throws IOException {
    room(LONGEST_TOKEN);
    if (value < 0) {
      return raw(Long.toString(value));
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    digits(value, digits);
    return this;
  }

  @Override
  public void close() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }

  private JsonWriter decimal(BigDecimal value) throws IOException {
    String plain = value.toPlainString();
    return numbersAsText ? text(plain) : raw(plain);
  }

  private JsonWriter guid(UUID value) throws IOException {
    room(LONGEST_TOKEN);
    long high = value.getMostSignificantBits();
    long low = value.getLeastSignificantBits();
    hex(high >>> 32, 8);
    buffer[filled++] = '-';
    hex(high >>> 16, 4);
    buffer[filled++] = '-';
    hex(high, 4);
    buffer[filled++] = '-';
    hex(low >>> 48, 4);
    buffer[filled++] = '-';
    hex(low, 12);
    return this;
  }

  private JsonWriter date(LocalDate value) throws IOException {
    room(LONGEST_TOKEN);
    digits(value.getYear(), 4);
    buffer[filled++] = '-';
    digits(value.getMonthValue(), 2);
    buffer[filled++] = '-';
    digits(value.getDayOfMonth(), 2);
    return this;
  }

  private JsonWriter instant(Instant value) throws IOException {
    long seconds = value.getEpochSecond();
    date(LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400)));
    int ofDay = (int) Math.floorMod(seconds, 86_400L);
    room(LONGEST_TOKEN);
    buffer[filled++] = 'T';
    digits(ofDay / 3600, 2);
    buffer[filled++] = ':';
    digits(ofDay / 60 % 60, 2);
    buffer[filled++] = ':';
    digits(ofDay % 60, 2);
    return put('Z');
  }

  private void hex(long bits, int count) {
    for (int i = count - 1; i >= 0; i--) {
      buffer[filled++] = HEX[(int) (bits >>> (i * 4)) & 0xF];
    }
  }

  private void digits(long value, int count) {
    long rest = value;
    for (int i = filled + count - 1; i >= filled; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    filled += count;
  }

  private JsonWriter put(char ascii) throws IOException {
    room(1);
    buffer[filled++] = (byte) ascii;
    return this;
  }

  private void room(int bytes) throws IOException {
    if (filled + bytes > buffer.length) {
      close();
    }
  }

  private static int pastNonAscii(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= 0x80) {
      end++;
    }
    return end;
  }
}
