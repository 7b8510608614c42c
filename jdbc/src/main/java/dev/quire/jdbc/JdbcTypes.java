package dev.quire.jdbc;

import dev.quire.spi.DataType;
import dev.quire.spi.DataType.Kind;
import java.sql.Types;

/**
 * How the types of columns are shown to JDBC. Immutable.
 *
 * <p>{@link #FULL} shows a moment as TIMESTAMP WITH TIME ZONE and a UUID as OTHER, whose values are
 * {@link java.time.OffsetDateTime} and {@link java.util.UUID}. {@link #PLAIN} is for clients that
 * know neither, such as Spark: they are TIMESTAMP and CHAR(36).
 */
enum JdbcTypes {
  FULL,
  PLAIN;

  private static final int UUID_LENGTH = 36;
  private static final int NANOSECONDS = 9;
  private static final int UNBOUNDED_DECIMAL_WIDTH = 40;

  /** A constant of {@link Types}. */
  int code(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Types.BOOLEAN;
      case SMALLINT -> Types.SMALLINT;
      case INTEGER -> Types.INTEGER;
      case BIGINT -> Types.BIGINT;
      case REAL -> Types.REAL;
      case DOUBLE -> Types.DOUBLE;
      case DECIMAL -> Types.DECIMAL;
      case VARCHAR, JSON -> Types.VARCHAR;
      case VARBINARY -> Types.VARBINARY;
      case DATE -> Types.DATE;
      case TIME -> Types.TIME;
      case TIMESTAMP -> Types.TIMESTAMP;
      case TIMESTAMP_TZ -> this == FULL ? Types.TIMESTAMP_WITH_TIMEZONE : Types.TIMESTAMP;
      case UUID -> this == FULL ? Types.OTHER : Types.CHAR;
    };
  }

  /** Without precision and scale, as {@code getTypeInfo} lists it. */
  String name(DataType type) {
    return switch (type.kind()) {
      case TIMESTAMP_TZ -> this == FULL ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP";
      case UUID -> this == FULL ? "UUID" : "CHAR";
      default -> type.kind().name();
    };
  }

  /** The class of what {@code getObject} gives. */
  Class<?> javaClass(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Boolean.class;
      case SMALLINT, INTEGER -> Integer.class;
      case BIGINT -> Long.class;
      case REAL -> Float.class;
      case DOUBLE -> Double.class;
      case DECIMAL -> java.math.BigDecimal.class;
      case VARCHAR, JSON -> String.class;
      case VARBINARY -> byte[].class;
      case DATE -> java.sql.Date.class;
      case TIME -> java.sql.Time.class;
      case TIMESTAMP -> java.sql.Timestamp.class;
      case TIMESTAMP_TZ -> this == FULL ? java.time.OffsetDateTime.class : java.sql.Timestamp.class;
      case UUID -> this == FULL ? java.util.UUID.class : String.class;
    };
  }

  /**
   * Digits, characters or bytes at most; 0 for a DECIMAL whose digits are not bounded, and {@link
   * Integer#MAX_VALUE} for text without a greatest length.
   */
  int precision(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> 1;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case REAL -> 7;
      case DOUBLE -> 15;
      case DECIMAL -> Math.max(0, type.precision());
      case VARCHAR, VARBINARY -> type.precision() > 0 ? type.precision() : Integer.MAX_VALUE;
      case JSON -> Integer.MAX_VALUE;
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> displaySize(type);
      case UUID -> UUID_LENGTH;
    };
  }

  /** Digits after the point, or of the second's fraction. */
  int scale(DataType type) {
    return switch (type.kind()) {
      case DECIMAL -> Math.max(0, type.scale());
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> type.precision() >= 0 ? type.precision() : NANOSECONDS;
      default -> 0;
    };
  }

  /** The most characters of a value's text; {@link Integer#MAX_VALUE} where there is no such. */
  int displaySize(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> 5;
      case SMALLINT -> 6;
      case INTEGER -> 11;
      case BIGINT -> 20;
      case REAL -> 15;
      case DOUBLE -> 25;
      case DECIMAL -> type.precision() > 0 ? type.precision() + 3 : UNBOUNDED_DECIMAL_WIDTH;
      case VARCHAR -> precision(type);
      case JSON -> Integer.MAX_VALUE;
      case VARBINARY -> (int) Math.min(Integer.MAX_VALUE, 2L * precision(type));
      case DATE -> 10;
      case TIME -> 8 + fraction(type);
      case TIMESTAMP -> 19 + fraction(type);
      case TIMESTAMP_TZ -> 20 + fraction(type);
      case UUID -> UUID_LENGTH;
    };
  }

  private int fraction(DataType type) {
    return scale(type) == 0 ? 0 : 1 + scale(type);
  }

  /** Whether it is a number, and so has a sign. */
  static boolean isNumber(DataType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  static boolean isText(DataType type) {
    return type.kind() == Kind.VARCHAR || type.kind() == Kind.JSON;
  }
}
