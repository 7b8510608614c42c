package dev.quire.jdbc;

import dev.quire.spi.DataType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A value as an object of a class that the caller names. */
final class ObjectReader {
  private static final Map<Class<?>, Conversion> CONVERSIONS = conversions();

  private ObjectReader() {}

  private interface Conversion {
    Object of(Cell cell) throws SQLException;
  }

  private static Map<Class<?>, Conversion> conversions() {
    Map<Class<?>, Conversion> all = new LinkedHashMap<>();
    numbers(all);
    times(all);
    all.put(String.class, Cell::text);
    all.put(CharSequence.class, Cell::text);
    all.put(Boolean.class, Cell::truth);
    all.put(UUID.class, Cell::uuid);
    all.put(byte[].class, Cell::bytes);
    all.put(InputStream.class, ObjectReader::stream);
    all.put(Reader.class, cell -> new StringReader(cell.text()));
    all.put(Clob.class, cell -> new TextLob(cell.text()));
    all.put(NClob.class, cell -> new TextLob(cell.text()));
    all.put(Blob.class, cell -> new BinaryLob(cell.bytes()));
    all.put(URL.class, ObjectReader::url);
    return all;
  }

  private static void numbers(Map<Class<?>, Conversion> all) {
    all.put(Byte.class, cell -> (byte) cell.whole(Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte"));
    all.put(Short.class, cell -> (short) cell.whole(Short.MIN_VALUE, Short.MAX_VALUE, "a short"));
    all.put(
        Integer.class, cell -> (int) cell.whole(Integer.MIN_VALUE, Integer.MAX_VALUE, "an int"));
    all.put(Long.class, cell -> cell.whole(Long.MIN_VALUE, Long.MAX_VALUE, "a long"));
    all.put(Float.class, Cell::approximateFloat);
    all.put(Double.class, Cell::approximate);
    all.put(BigDecimal.class, Cell::decimal);
    all.put(BigInteger.class, cell -> cell.decimal().toBigInteger());
  }

  private static void times(Map<Class<?>, Conversion> all) {
    all.put(Date.class, cell -> SqlTimes.date(cell, null));
    all.put(Time.class, cell -> SqlTimes.time(cell, null));
    all.put(Timestamp.class, cell -> SqlTimes.timestamp(cell, null));
    all.put(java.util.Date.class, cell -> SqlTimes.timestamp(cell, null));
    all.put(LocalDate.class, cell -> cell.date(ZoneId.systemDefault()));
    all.put(LocalTime.class, cell -> cell.time(ZoneId.systemDefault()));
    all.put(LocalDateTime.class, cell -> cell.timestamp(ZoneId.systemDefault()));
    all.put(Instant.class, cell -> cell.moment(ZoneId.systemDefault()));
    all.put(OffsetDateTime.class, ObjectReader::offset);
    all.put(ZonedDateTime.class, cell -> offset(cell).toZonedDateTime());
  }

  /** A moment in UTC; a time without a zone at the machine's offset. */
  private static OffsetDateTime offset(Cell cell) throws SQLException {
    ZoneId zone = cell.value() instanceof Instant ? ZoneOffset.UTC : ZoneId.systemDefault();
    return cell.moment(zone).atZone(zone).toOffsetDateTime();
  }

  /** Bytes, or the UTF-8 of a text. */
  static InputStream stream(Cell cell) throws SQLException {
    byte[] bytes =
        cell.value() instanceof byte[]
            ? cell.bytes()
            : cell.text().getBytes(StandardCharsets.UTF_8);
    return new ByteArrayInputStream(bytes);
  }

  static URL url(Cell cell) throws SQLException {
    try {
      return new URL(cell.text());
    } catch (MalformedURLException e) {
      throw cell.cannotBe(URL.class);
    }
  }

  /** As the class of {@link JdbcTypes#javaClass}. */
  static Object read(Cell cell, JdbcTypes types) throws SQLException {
    DataType type = cell.column().type();
    return read(cell, types.javaClass(type));
  }

  /**
   * As an object of a class.
   *
   * @throws SQLException that says so if no value of this type can be read as that
   */
  static <T> T read(Cell cell, Class<T> wanted) throws SQLException {
    Conversion conversion = CONVERSIONS.get(wanted);
    if (conversion != null) {
      return wanted.cast(conversion.of(cell));
    }
    if (wanted.isInstance(cell.value())) {
      return wanted.cast(cell.value());
    }
    throw cell.cannotBe(wanted);
  }
}
