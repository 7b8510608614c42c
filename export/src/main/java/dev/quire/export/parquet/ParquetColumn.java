package dev.quire.export.parquet;

import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Writes the values of one column. A value that its Parquet type cannot hold exactly is an error:
 * nothing is rounded. Thread-safe.
 */
final class ParquetColumn {
  private final String name;
  private final PrimitiveType type;
  private final Encoder encoder;

  /** Writes one value that is not null. */
  private interface Encoder {
    void write(Object value, ColumnWriter out);
  }

  ParquetColumn(String name, DataType from, PrimitiveType type) {
    this.name = name;
    this.type = type;
    this.encoder = encoder(from, type);
  }

  void write(Object value, ColumnWriter out) {
    try {
      encoder.write(value, out);
    } catch (ArithmeticException e) {
      throw new SourceException(
              ErrorKind.INVALID_VALUE,
              "the column " + name + " has the value " + value + ", which " + type + " cannot hold")
          .withHint(
              "CAST the column to a type that can, such as DECIMAL(38, 18), TIMESTAMP(6) or"
                  + " VARCHAR.");
    }
  }

  private Encoder encoder(DataType from, PrimitiveType to) {
    return switch (from.kind()) {
      case BOOLEAN -> (value, out) -> out.write((Boolean) value, 0, 1);
      case SMALLINT, INTEGER -> (value, out) -> out.write(((Number) value).intValue(), 0, 1);
      case BIGINT -> (value, out) -> out.write(((Number) value).longValue(), 0, 1);
      case REAL -> (value, out) -> out.write(asFloat((Double) value), 0, 1);
      case DOUBLE -> (value, out) -> out.write(((Number) value).doubleValue(), 0, 1);
      case DECIMAL -> decimal(to);
      case VARCHAR, JSON -> (value, out) -> out.write(Binary.fromString((String) value), 0, 1);
      case VARBINARY ->
          (value, out) -> out.write(Binary.fromConstantByteArray((byte[]) value), 0, 1);
      case DATE ->
          (value, out) -> out.write(Math.toIntExact(((LocalDate) value).toEpochDay()), 0, 1);
      case TIME -> (value, out) -> out.write(ofDay((LocalTime) value), 0, 1);
      case TIMESTAMP ->
          (value, out) ->
              out.write(moment(((LocalDateTime) value).toInstant(ZoneOffset.UTC)), 0, 1);
      case TIMESTAMP_TZ -> (value, out) -> out.write(moment((Instant) value), 0, 1);
      case UUID -> (value, out) -> out.write(uuid((UUID) value), 0, 1);
    };
  }

  private static float asFloat(double value) {
    float narrow = (float) value;
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw new ArithmeticException("too large for 32 bits");
    }
    return narrow;
  }

  private static Encoder decimal(PrimitiveType to) {
    int scale = ParquetSchema.scale(to);
    int precision = ParquetSchema.precision(to);
    return (value, out) -> {
      BigInteger digits = unscaled((BigDecimal) value, precision, scale);
      switch (to.getPrimitiveTypeName()) {
        case INT32 -> out.write(digits.intValueExact(), 0, 1);
        case INT64 -> out.write(digits.longValueExact(), 0, 1);
        default -> out.write(fixed(digits, to.getTypeLength()), 0, 1);
      }
    };
  }

  private static BigInteger unscaled(BigDecimal value, int precision, int scale) {
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    if (value.precision() - (long) value.scale() + scale > precision) {
      throw new ArithmeticException("too many digits");
    }
    return value.setScale(scale).unscaledValue();
  }

  /** Two's complement, the highest byte first. */
  private static Binary fixed(BigInteger digits, int length) {
    byte[] few = digits.toByteArray();
    byte[] all = new byte[length];
    Arrays.fill(all, 0, length - few.length, (byte) (digits.signum() < 0 ? -1 : 0));
    System.arraycopy(few, 0, all, length - few.length, few.length);
    return Binary.fromConstantByteArray(all);
  }

  private long ofDay(LocalTime time) {
    return ParquetSchema.isNanos(type) ? time.toNanoOfDay() : exactMicros(time.toNanoOfDay());
  }

  private long moment(Instant moment) {
    if (ParquetSchema.isNanos(type)) {
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano());
    }
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), exactMicros(moment.getNano()));
  }

  private static long exactMicros(long nanos) {
    if (nanos % 1_000 != 0) {
      throw new ArithmeticException("finer than microseconds");
    }
    return nanos / 1_000;
  }

  private static Binary uuid(UUID value) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    return Binary.fromConstantByteArray(bytes.array());
  }
}
