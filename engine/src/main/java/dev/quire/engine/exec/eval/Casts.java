package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * CAST. A value that the target cannot hold is an error. Fractions are cut when a whole number is
 * wanted, and rounded half up when a decimal of fewer digits is. A timestamp without zone and a
 * moment are changed into one another as UTC.
 */
public final class Casts {
  /** A decimal type with so many digits says nothing of its values. */
  private static final int UNBOUNDED_PRECISION = 200;

  private static final long DAY_NANOS = 86_400_000_000_000L;

  private Casts() {}

  /** The bounds of a type held as Integer. */
  record IntRange(long low, long high, String name) {
    static IntRange of(RelDataType type) {
      return switch (type.getSqlTypeName()) {
        case TINYINT -> new IntRange(Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
        case SMALLINT -> new IntRange(Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
        case UTINYINT -> new IntRange(0, 255, "TINYINT UNSIGNED");
        case USMALLINT -> new IntRange(0, 65535, "SMALLINT UNSIGNED");
        default -> new IntRange(Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
      };
    }

    Integer check(long value) {
      if (value < low || value > high) {
        throw Arithmetic.outOfRange(Long.toString(value), name);
      }
      return (int) value;
    }
  }

  /** CAST, or with {@code safe} TRY_CAST, which answers NULL instead of failing. */
  static Evaluator compile(
      RelDataType from, RelDataType to, RelDataTypeSystem types, Evaluator argument, boolean safe) {
    Function<Object, Object> cast = find(from, to, types);
    if (cast == null) {
      throw Unsupported.function("CAST from " + from + " to " + to);
    }
    return Strict.unary(argument, safe ? value -> orNull(cast, value) : cast);
  }

  private static @Nullable Object orNull(Function<Object, Object> cast, Object value) {
    try {
      return cast.apply(value);
    } catch (SourceException e) {
      if (e.kind() == ErrorKind.INVALID_VALUE) {
        return null;
      }
      throw e;
    }
  }

  /** The change of a value that is not NULL; null if there is none between these types. */
  public static @Nullable Function<Object, Object> find(
      RelDataType from, RelDataType to, RelDataTypeSystem types) {
    ValueKind source = ValueKind.of(from);
    ValueKind target = ValueKind.of(to);
    if (!isAllowed(source, target)) {
      return null;
    }
    return switch (target) {
      case BOOLEAN -> Casts::truth;
      case INT -> {
        IntRange range = IntRange.of(to);
        yield value -> range.check(whole(value, range.name()));
      }
      case LONG -> value -> whole(value, "BIGINT");
      case DOUBLE -> Casts::real;
      case DECIMAL -> value -> decimal(value, to);
      case STRING -> text(to);
      case DATE -> Casts::date;
      case TIME -> value -> rounded(time(value), to, types);
      case TIMESTAMP -> value -> rounded(timestamp(value), to, types);
      case INSTANT -> value -> rounded(instant(value), to, types);
      case UUID -> value -> value instanceof UUID ? value : TextValues.uuid((String) value);
      default -> Function.identity();
    };
  }

  private static boolean isAllowed(ValueKind source, ValueKind target) {
    if (source == target || source == ValueKind.NULL) {
      return source != ValueKind.OTHER;
    }
    boolean readable = target != ValueKind.BYTES && isPlain(target);
    if (source == ValueKind.STRING) {
      return readable;
    }
    return switch (target) {
      case STRING -> isPlain(source) && source != ValueKind.BYTES;
      case BOOLEAN -> source.isNumeric();
      case INT, LONG, DOUBLE, DECIMAL -> source.isNumeric() || source == ValueKind.BOOLEAN;
      case DATE, TIME -> source == ValueKind.TIMESTAMP || source == ValueKind.INSTANT;
      case TIMESTAMP -> source == ValueKind.DATE || source == ValueKind.INSTANT;
      case INSTANT -> source == ValueKind.DATE || source == ValueKind.TIMESTAMP;
      default -> false;
    };
  }

  private static boolean isPlain(ValueKind kind) {
    return switch (kind) {
      case MONTHS, NANOS, NULL, OTHER -> false;
      default -> true;
    };
  }

  static Object truth(Object value) {
    if (value instanceof Number number) {
      return ValueOrder.compare(number, 0) != 0;
    }
    return value instanceof Boolean ? value : TextValues.truth((String) value);
  }

  static Long whole(Object value, String type) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    if (value instanceof String text) {
      return exactly(TextValues.number(text, type), text, type);
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw Arithmetic.outOfRange(number.toString(), type);
    }
    return cut(ValueOrder.exact((Number) value), type);
  }

  private static Long exactly(BigDecimal number, String text, String type) {
    if (number.stripTrailingZeros().scale() > 0) {
      throw TextValues.invalid(text, type);
    }
    return cut(number, type);
  }

  private static Long cut(BigDecimal number, String type) {
    try {
      return number.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw Arithmetic.outOfRange(number.toPlainString(), type);
    }
  }

  static Double real(Object value) {
    if (value instanceof Double number) {
      return number;
    }
    if (value instanceof Boolean truth) {
      return truth ? 1.0 : 0.0;
    }
    return value instanceof String text ? TextValues.real(text) : ((Number) value).doubleValue();
  }

  private static BigDecimal decimal(Object value, RelDataType type) {
    BigDecimal number =
        value instanceof String text
            ? TextValues.number(text, type.toString())
            : value instanceof Boolean truth
                ? (truth ? BigDecimal.ONE : BigDecimal.ZERO)
                : Arithmetic.decimal(value);
    return fit(number, type);
  }

  /** A number with the digits of a decimal type: rounded half up, checked against its precision. */
  public static BigDecimal fit(BigDecimal number, RelDataType type) {
    if (isUnbounded(type)) {
      return number;
    }
    BigDecimal scaled = number.setScale(Math.max(0, type.getScale()), RoundingMode.HALF_UP);
    if (type.getPrecision() > 0 && scaled.precision() > type.getPrecision()) {
      throw Arithmetic.outOfRange(number.toPlainString(), type.toString());
    }
    return scaled;
  }

  /** Digits after the point that a decimal type promises; 0 for one that leaves them open. */
  public static int scaleOf(RelDataType type) {
    return isUnbounded(type) ? 0 : Math.max(type.getScale(), 0);
  }

  private static boolean isUnbounded(RelDataType type) {
    return type.getScale() == RelDataType.SCALE_NOT_SPECIFIED
        || type.getPrecision() >= UNBOUNDED_PRECISION;
  }

  /** A whole number of a type held as Integer. */
  public static Integer toInt(BigDecimal number, RelDataType type) {
    IntRange range = IntRange.of(type);
    return range.check(cut(number, range.name()));
  }

  public static Long toLong(BigDecimal number) {
    return cut(number, "BIGINT");
  }

  private static Function<Object, Object> text(RelDataType type) {
    int length = type.getPrecision();
    boolean isBounded = length >= 0 && length < Integer.MAX_VALUE;
    boolean pads = type.getSqlTypeName() == SqlTypeName.CHAR && isBounded;
    return value -> {
      String text = TextValues.text(value);
      int points = isBounded ? text.codePointCount(0, text.length()) : 0;
      if (isBounded && points > length) {
        return text.substring(0, text.offsetByCodePoints(0, length));
      }
      return pads ? text + " ".repeat(length - points) : text;
    };
  }

  static LocalDate date(Object value) {
    if (value instanceof String text) {
      return TextValues.date(text);
    }
    return value instanceof LocalDate date ? date : timestamp(value).toLocalDate();
  }

  private static LocalTime time(Object value) {
    if (value instanceof String text) {
      return TextValues.time(text);
    }
    return value instanceof LocalTime time ? time : timestamp(value).toLocalTime();
  }

  /** A date, a moment or a text as a timestamp. */
  static LocalDateTime timestamp(Object value) {
    if (value instanceof LocalDateTime time) {
      return time;
    }
    if (value instanceof Instant instant) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    return value instanceof LocalDate date
        ? date.atStartOfDay()
        : TextValues.timestamp((String) value);
  }

  static Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    return value instanceof String text
        ? TextValues.instant(text)
        : timestamp(value).toInstant(ZoneOffset.UTC);
  }

  /**
   * Cuts the second's fraction, if the type asks for another precision than types have by default.
   */
  private static Object rounded(Object time, RelDataType type, RelDataTypeSystem types) {
    int digits = type.getPrecision();
    boolean keeps =
        digits < 0 || digits >= 9 || digits == types.getDefaultPrecision(type.getSqlTypeName());
    if (keeps) {
      return time;
    }
    long unit = (long) Math.pow(10, 9 - digits);
    if (time instanceof LocalTime value) {
      return LocalTime.ofNanoOfDay(value.toNanoOfDay() / unit * unit % DAY_NANOS);
    }
    return time instanceof Instant value
        ? value.minusNanos(value.getNano() % unit)
        : ((LocalDateTime) time).minusNanos(((LocalDateTime) time).getNano() % unit);
  }
}
