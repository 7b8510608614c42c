package dev.quire.spi;

import org.jspecify.annotations.Nullable;

/**
 * The SQL type of a column or constant.
 *
 * @param precision of a DECIMAL: digits in all; of TIME and TIMESTAMP kinds: digits of the second's
 *     fraction; of VARCHAR and VARBINARY: the greatest length; {@link #UNKNOWN} where the service
 *     does not say
 * @param scale of a DECIMAL: digits after the point, {@link #UNKNOWN} where it varies from row to
 *     row; else 0
 */
public record DataType(Kind kind, int precision, int scale) {
  public static final int UNKNOWN = -1;

  /** The SQL type and, in brackets, the Java class of its values in a {@link Page}. */
  public enum Kind {
    /** ({@link Boolean}) */
    BOOLEAN,
    /** 16 bits and smaller ({@link Integer}) */
    SMALLINT,
    /** 32 bits ({@link Integer}) */
    INTEGER,
    /** 64 bits ({@link Long}) */
    BIGINT,
    /** 32-bit floating point ({@link Double}) */
    REAL,
    /** 64-bit floating point ({@link Double}) */
    DOUBLE,
    /** exact ({@link java.math.BigDecimal}) */
    DECIMAL,
    /** ({@link String}) */
    VARCHAR,
    /** a JSON value as its text ({@link String}) */
    JSON,
    /** (byte[]) */
    VARBINARY,
    /** ({@link java.time.LocalDate}) */
    DATE,
    /** ({@link java.time.LocalTime}) */
    TIME,
    /** without a zone ({@link java.time.LocalDateTime}) */
    TIMESTAMP,
    /** a moment, whatever the zone it was written in ({@link java.time.Instant}) */
    TIMESTAMP_TZ,
    /** ({@link java.util.UUID}) */
    UUID
  }

  public static final DataType BOOLEAN = of(Kind.BOOLEAN);
  public static final DataType SMALLINT = of(Kind.SMALLINT);
  public static final DataType INTEGER = of(Kind.INTEGER);
  public static final DataType BIGINT = of(Kind.BIGINT);
  public static final DataType REAL = of(Kind.REAL);
  public static final DataType DOUBLE = of(Kind.DOUBLE);
  public static final DataType VARCHAR = of(Kind.VARCHAR);
  public static final DataType JSON = of(Kind.JSON);
  public static final DataType VARBINARY = of(Kind.VARBINARY);
  public static final DataType DATE = of(Kind.DATE);
  public static final DataType TIME = of(Kind.TIME);
  public static final DataType TIMESTAMP = of(Kind.TIMESTAMP);
  public static final DataType TIMESTAMP_TZ = of(Kind.TIMESTAMP_TZ);
  public static final DataType UUID = of(Kind.UUID);

  /** A decimal whose digits the service does not bound. */
  public static final DataType DECIMAL = new DataType(Kind.DECIMAL, UNKNOWN, UNKNOWN);

  public static DataType of(Kind kind) {
    return new DataType(kind, UNKNOWN, 0);
  }

  public static DataType decimal(int precision, int scale) {
    return new DataType(Kind.DECIMAL, precision, scale);
  }

  public static DataType varchar(int length) {
    return new DataType(Kind.VARCHAR, length, 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataType that
        && kind == that.kind
        && precision == that.precision
        && scale == that.scale;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind.ordinal() + precision) + scale;
  }

  /** As SQL writes it: {@code DECIMAL(18, 2)}, {@code TIMESTAMP WITH TIME ZONE}. */
  public String sqlName() {
    return switch (kind) {
      case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
      case DECIMAL ->
          precision == UNKNOWN
              ? "DECIMAL"
              : scale == UNKNOWN
                  ? "DECIMAL(" + precision + ")"
                  : "DECIMAL(" + precision + ", " + scale + ")";
      case VARCHAR, VARBINARY ->
          precision == UNKNOWN ? kind.name() : kind.name() + "(" + precision + ")";
      default -> kind.name();
    };
  }
}
