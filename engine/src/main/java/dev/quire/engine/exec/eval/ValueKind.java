package dev.quire.engine.exec.eval;

import org.apache.calcite.rel.type.RelDataType;

/** The Java class in which the values of a SQL type are held. */
public enum ValueKind {
  BOOLEAN,
  /** {@link Integer} */
  INT,
  /** {@link Long} */
  LONG,
  /** {@link Double} */
  DOUBLE,
  /** {@link java.math.BigDecimal} */
  DECIMAL,
  STRING,
  /** byte[] */
  BYTES,
  DATE,
  TIME,
  /** {@link java.time.LocalDateTime} */
  TIMESTAMP,
  /** {@link java.time.Instant} */
  INSTANT,
  UUID,
  /** a {@link Long} */
  MONTHS,
  /** a {@link Long} of nanoseconds */
  NANOS,
  /** NULL without a type */
  NULL,
  /** arrays, rows, maps and whatever else has no class here */
  OTHER;

  /** The kind of a type's values. */
  public static ValueKind of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, UTINYINT, USMALLINT -> INT;
      case BIGINT, UINTEGER -> LONG;
      case FLOAT, REAL, DOUBLE -> DOUBLE;
      case DECIMAL, UBIGINT -> DECIMAL;
      case CHAR, VARCHAR -> STRING;
      case BINARY, VARBINARY -> BYTES;
      case DATE -> DATE;
      case TIME -> TIME;
      case TIMESTAMP -> TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> INSTANT;
      case UUID -> UUID;
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> MONTHS;
      case INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          NANOS;
      case NULL -> NULL;
      default -> OTHER;
    };
  }

  /** Whether values are numbers. */
  public boolean isNumeric() {
    return this == INT || this == LONG || this == DOUBLE || this == DECIMAL;
  }
}
