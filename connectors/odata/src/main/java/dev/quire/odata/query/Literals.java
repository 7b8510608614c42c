package dev.quire.odata.query;

import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Model.EnumDef;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Placeholder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Constants in OData's URL language (ABNF 4.01, primitiveLiteral), unencoded and without what
 * version 2 puts around them: only those that the property's own type can hold exactly, so that no
 * service has to round.
 */
final class Literals {
  /** Fraction digits of a time that every service keeps, where it does not say how many it does. */
  static final int SAFE_FRACTION = 3;

  /** Digits that a 128-bit decimal of .NET surely holds. */
  private static final int SAFE_DIGITS = 28;

  private static final int MOST_SCALE = 400;
  private static final BigDecimal EXACT_IN_DOUBLE = BigDecimal.valueOf(1L << 53);
  private static final String UNKNOWN_KEY = "00000000-0000-0000-0000-000000000000";

  private Literals() {}

  /** The literal; empty when the property's type does not hold the value exactly. */
  static Optional<String> of(Field field, Expression value) {
    if (value instanceof Placeholder placeholder) {
      return placeholder(field, placeholder.type().kind());
    }
    return value instanceof Constant constant && constant.value() != null
        ? Optional.ofNullable(text(field, constant.value()))
        : Optional.empty();
  }

  /**
   * A stand-in for the key that a join will supply; only its length counts. A key that then turns
   * out not to fit is refused when the scan is opened, and the engine plans again.
   */
  private static Optional<String> placeholder(Field field, DataType.Kind given) {
    boolean fits =
        switch (field.kind()) {
          case BYTE, SBYTE, INT16, INT32, INT64 ->
              given == DataType.Kind.SMALLINT
                  || given == DataType.Kind.INTEGER
                  || given == DataType.Kind.BIGINT;
          case DECIMAL -> given == DataType.Kind.DECIMAL || isInteger(given);
          case STRING -> given == DataType.Kind.VARCHAR;
          case GUID -> given == DataType.Kind.UUID;
          case DATE -> given == DataType.Kind.DATE;
          case DOUBLE -> given == DataType.Kind.DOUBLE;
          case BOOLEAN -> given == DataType.Kind.BOOLEAN;
          case TIME_OF_DAY, TIME -> given == DataType.Kind.TIME;
          case DATE_TIME -> given == DataType.Kind.TIMESTAMP;
          case DATE_TIME_OFFSET -> given == DataType.Kind.TIMESTAMP_TZ;
          default -> false;
        };
    return fits ? Optional.of(UNKNOWN_KEY) : Optional.empty();
  }

  private static boolean isInteger(DataType.Kind kind) {
    return kind == DataType.Kind.SMALLINT
        || kind == DataType.Kind.INTEGER
        || kind == DataType.Kind.BIGINT;
  }

  private static @Nullable String text(Field field, Object value) {
    return switch (field.kind()) {
      case BOOLEAN -> value instanceof Boolean ? value.toString() : null;
      case BYTE -> integer(value, 0, 255);
      case SBYTE -> integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32 -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64 -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case DECIMAL -> decimal(field, value);
      case DOUBLE -> floating(value);
      case STRING -> value instanceof String text ? string(text) : null;
      case GUID -> value instanceof UUID ? value.toString() : null;
      case DATE -> value instanceof LocalDate date && isCommon(date) ? date.toString() : null;
      case TIME_OF_DAY -> value instanceof LocalTime time ? timeOfDay(field, time) : null;
      case TIME -> value instanceof LocalTime time ? sinceMidnight(field, time) : null;
      case DATE_TIME_OFFSET, DATE_TIME -> moment(field, value);
      case ENUM -> value instanceof String member ? member(field, member) : null;
      case SINGLE, BINARY, DURATION, STREAM, STRUCTURE -> null;
    };
  }

  private static @Nullable String integer(Object value, long least, long greatest) {
    BigDecimal number = exact(value);
    if (number == null
        || number.stripTrailingZeros().scale() > 0
        || (value instanceof Double && number.abs().compareTo(EXACT_IN_DOUBLE) > 0)) {
      return null;
    }
    BigInteger whole = number.toBigInteger();
    boolean fits =
        whole.compareTo(BigInteger.valueOf(least)) >= 0
            && whole.compareTo(BigInteger.valueOf(greatest)) <= 0;
    return fits ? whole.toString() : null;
  }

  /** With no more digits after the point than the property has: services round the others. */
  private static @Nullable String decimal(Field field, Object value) {
    BigDecimal number = value instanceof Double ? null : exact(value);
    int scale = field.column().type().scale();
    if (number == null
        || (scale != DataType.UNKNOWN && number.stripTrailingZeros().scale() > scale)) {
      return null;
    }
    BigDecimal plain = number.stripTrailingZeros();
    boolean safe =
        plain.precision() <= SAFE_DIGITS && plain.scale() <= SAFE_DIGITS && plain.scale() >= -9;
    return safe ? plain.toPlainString() : null;
  }

  /** A number that a double holds exactly, written without an exponent where it is whole. */
  private static @Nullable String floating(Object value) {
    BigDecimal number = exact(value);
    if (number == null || new BigDecimal(number.doubleValue()).compareTo(number) != 0) {
      return null;
    }
    boolean whole =
        number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(EXACT_IN_DOUBLE) <= 0;
    return whole ? number.toBigInteger().toString() : Double.toString(number.doubleValue());
  }

  private static @Nullable BigDecimal exact(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? new BigDecimal(number) : null;
    }
    return value instanceof BigDecimal number && Math.abs((long) number.scale()) < MOST_SCALE
        ? number
        : null;
  }

  /** In quotes, with inner quotes doubled; null for text that no URL carries faithfully. */
  static @Nullable String string(String text) {
    boolean faithful =
        text.codePoints().noneMatch(c -> c < 0x20 || (c >= 0xd800 && c <= 0xdfff) || c == 0x7f);
    return faithful ? "'" + text.replace("'", "''") + "'" : null;
  }

  private static @Nullable String member(Field field, String member) {
    EnumDef type = field.enumeration().orElse(null);
    return type == null || type.flags() || !type.members().contains(member)
        ? null
        : type.name() + "'" + member + "'";
  }

  private static boolean isCommon(LocalDate date) {
    return date.getYear() >= 1 && date.getYear() <= 9999;
  }

  private static @Nullable String timeOfDay(Field field, LocalTime time) {
    return digits(time.getNano()) <= fraction(field)
        ? String.format(
                Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond())
            + fractionText(time.getNano())
        : null;
  }

  private static @Nullable String sinceMidnight(Field field, LocalTime time) {
    return digits(time.getNano()) <= fraction(field)
        ? String.format(
                Locale.ROOT, "PT%02dH%02dM%02d", time.getHour(), time.getMinute(), time.getSecond())
            + fractionText(time.getNano())
            + "S"
        : null;
  }

  private static @Nullable String moment(Field field, Object value) {
    return moment(field.kind(), value)
        .filter(moment -> digits(nanos(moment)) <= fraction(field))
        .flatMap(moment -> momentText(field, moment))
        .orElse(null);
  }

  /** The point in time that a property of this type would have to hold. */
  static Optional<Instant> moment(Field field, Expression value) {
    return value instanceof Constant constant && constant.value() != null
        ? moment(field.kind(), constant.value())
        : Optional.empty();
  }

  /** Times without an offset as if they were UTC's. */
  private static Optional<Instant> moment(EdmKind kind, Object value) {
    if (kind == EdmKind.DATE_TIME) {
      return value instanceof LocalDateTime time
          ? Optional.of(time.toInstant(ZoneOffset.UTC))
          : Optional.empty();
    }
    return value instanceof Instant moment ? Optional.of(moment) : Optional.empty();
  }

  /** Empty for years that not every service knows. */
  static Optional<String> momentText(Field field, Instant moment) {
    if (moment.getEpochSecond() < -62_135_596_800L || moment.getEpochSecond() > 253_402_300_799L) {
      return Optional.empty();
    }
    OffsetDateTime utc = moment.atOffset(ZoneOffset.UTC);
    String zone = field.kind() == EdmKind.DATE_TIME ? "" : "Z";
    return Optional.of(
        String.format(
                Locale.ROOT,
                "%sT%02d:%02d:%02d",
                utc.toLocalDate(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond())
            + fractionText(utc.getNano())
            + zone);
  }

  /**
   * The nearest decimal or moment that the property's type holds, at or before the value, or with
   * {@code up} at or after it: for bounds that may let in more than wanted.
   */
  static Optional<String> rounded(Field field, Expression value, boolean up) {
    int scale = field.column().type().scale();
    if (field.kind() == EdmKind.DECIMAL
        && scale != DataType.UNKNOWN
        && value instanceof Constant constant
        && constant.value() instanceof BigDecimal number
        && Math.abs((long) number.scale()) < MOST_SCALE) {
      RoundingMode mode = up ? RoundingMode.CEILING : RoundingMode.FLOOR;
      return Optional.ofNullable(decimal(field, number.setScale(scale, mode)));
    }
    return moment(field, value).flatMap(moment -> rounded(field, moment, up));
  }

  private static Optional<String> rounded(Field field, Instant moment, boolean up) {
    long unit = (long) Math.pow(10, 9 - fraction(field));
    Instant floor = moment.minusNanos(nanos(moment) % unit);
    return momentText(field, up && !floor.equals(moment) ? floor.plusNanos(unit) : floor);
  }

  private static int nanos(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).getNano();
  }

  private static int fraction(Field field) {
    int declared = field.column().type().precision();
    return declared == DataType.UNKNOWN ? SAFE_FRACTION : Math.min(declared, 9);
  }

  private static int digits(int nanos) {
    return fractionText(nanos).isEmpty() ? 0 : fractionText(nanos).length() - 1;
  }

  private static String fractionText(int nanos) {
    return nanos == 0 ? "" : String.format(Locale.ROOT, ".%09d", nanos).replaceAll("0+$", "");
  }
}
