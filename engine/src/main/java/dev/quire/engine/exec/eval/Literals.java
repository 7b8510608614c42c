package dev.quire.engine.exec.eval;

import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.apache.calcite.util.TimestampWithTimeZoneString;
import org.jspecify.annotations.Nullable;

/** Constants of a plan as values of our classes, without loss. */
public final class Literals {
  static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

  private Literals() {}

  /** The value of a literal; for a symbol its enum constant. */
  public static @Nullable Object value(RexLiteral literal) {
    Comparable<?> value = literal.getValueAs(Comparable.class);
    if (value == null) {
      return null;
    }
    RelDataType type = literal.getType();
    return switch (ValueKind.of(type)) {
      case BOOLEAN -> value;
      case INT -> decimal(value).intValueExact();
      case LONG -> decimal(value).longValueExact();
      case DOUBLE -> ((Number) (Object) value).doubleValue();
      case DECIMAL -> SqlTypes.isUnbounded(type) ? asWritten(decimal(value)) : decimal(value);
      case STRING -> literal.getValueAs(String.class);
      case BYTES -> bytes(literal);
      case DATE -> LocalDate.parse(value(literal, DateString.class).toString());
      case TIME -> LocalTime.parse(value(literal, TimeString.class).toString());
      case TIMESTAMP -> timestamp(value(literal, TimestampString.class));
      case INSTANT -> instant(value);
      case UUID -> uuid(literal);
      case MONTHS -> decimal(value).longValueExact();
      case NANOS -> decimal(value).multiply(NANOS_PER_MILLI).longValueExact();
      default -> value;
    };
  }

  private static <T> T value(RexLiteral literal, Class<T> type) {
    T value = literal.getValueAs(type);
    if (value == null) {
      throw new SourceException(ErrorKind.INTERNAL, "the literal " + literal + " has no value");
    }
    return value;
  }

  /** Calcite fills a constant of an unbounded decimal up with zeros to its nominal scale. */
  private static BigDecimal asWritten(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
  }

  private static byte[] bytes(RexLiteral literal) {
    return value(literal, ByteString.class).getBytes();
  }

  private static UUID uuid(RexLiteral literal) {
    return value(literal, UUID.class);
  }

  private static LocalDateTime timestamp(TimestampString text) {
    return LocalDateTime.parse(text.toString().replace(' ', 'T'));
  }

  private static Object instant(Object value) {
    TimestampString text =
        value instanceof TimestampWithTimeZoneString zoned
            ? zoned.withTimeZone(TimeZone.getTimeZone("UTC")).getLocalTimestampString()
            : (TimestampString) value;
    return timestamp(text).toInstant(ZoneOffset.UTC);
  }
}
