package dev.quire.engine.plan;

import dev.quire.spi.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Constants in the class of the column that they are compared with, where nothing is lost. */
final class ValueConversion {
  private ValueConversion() {}

  /** The same value as one of a column's; empty if the column cannot hold exactly this value. */
  static Optional<Object> exactly(Object value, DataType.Kind kind) {
    try {
      return Optional.ofNullable(
          switch (kind) {
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case SMALLINT ->
                value instanceof Number n ? (Object) (int) decimal(n).shortValueExact() : null;
            case INTEGER -> value instanceof Number n ? (Object) decimal(n).intValueExact() : null;
            case BIGINT -> value instanceof Number n ? (Object) decimal(n).longValueExact() : null;
            case DECIMAL -> value instanceof Number n ? plain(decimal(n)) : null;
            case REAL, DOUBLE -> value instanceof Number n ? real(n) : null;
            case VARCHAR -> value instanceof String ? value : null;
            case VARBINARY -> value instanceof byte[] ? value : null;
            case UUID -> value instanceof UUID ? value : null;
            case DATE -> date(value);
            case TIME -> value instanceof LocalTime ? value : null;
            case TIMESTAMP -> timestamp(value);
            case TIMESTAMP_TZ -> moment(value);
            case JSON -> null;
          });
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static @Nullable Object real(Number number) {
    double real = number.doubleValue();
    boolean exact =
        Double.isFinite(real)
            && (number instanceof Double || new BigDecimal(real).compareTo(decimal(number)) == 0);
    return exact ? (Object) real : null;
  }

  private static @Nullable Object date(Object value) {
    if (value instanceof LocalDate) {
      return value;
    }
    Object timestamp = timestamp(value);
    return timestamp instanceof LocalDateTime local
            && local.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? local.toLocalDate()
        : null;
  }

  private static @Nullable Object timestamp(Object value) {
    return value instanceof Instant moment
        ? (Object) LocalDateTime.ofInstant(moment, ZoneOffset.UTC)
        : value instanceof LocalDate date
            ? date.atStartOfDay()
            : value instanceof LocalDateTime ? value : null;
  }

  private static @Nullable Object moment(Object value) {
    Object timestamp = timestamp(value);
    return value instanceof Instant
        ? value
        : timestamp instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : null;
  }
}
