package dev.quire.duckdb;

import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Values of the classes that {@link DataType.Kind} names, to and from DuckDB. None is rounded: what
 * a column of DuckDB's cannot hold is an error.
 */
public final class DuckValues {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private DuckValues() {}

  /**
   * The value of a column of the current row.
   *
   * @param column from 1
   * @param type of the column; the statement selects its {@link DuckType#selection}
   */
  public static @Nullable Object read(ResultSet row, int column, DuckType type)
      throws SQLException {
    Object value =
        switch (type.type().kind()) {
          case BOOLEAN -> row.getBoolean(column);
          case SMALLINT, INTEGER -> row.getInt(column);
          case BIGINT -> row.getLong(column);
          case REAL -> floating(row, column, type);
          case DOUBLE -> row.getDouble(column);
          case DECIMAL -> decimal(row, column, type);
          case VARCHAR, JSON -> row.getString(column);
          case VARBINARY -> row.getBytes(column);
          case DATE -> row.getObject(column, LocalDate.class);
          case TIME -> row.getObject(column, LocalTime.class);
          case TIMESTAMP -> row.getObject(column, LocalDateTime.class);
          case TIMESTAMP_TZ -> moment(row.getObject(column, OffsetDateTime.class));
          case UUID -> row.getObject(column);
        };
    return row.wasNull() ? null : value;
  }

  private static @Nullable Object floating(ResultSet row, int column, DuckType type)
      throws SQLException {
    return type.sqlName().equals("FLOAT")
        ? Double.valueOf(row.getFloat(column))
        : Double.valueOf(row.getDouble(column));
  }

  private static @Nullable Object decimal(ResultSet row, int column, DuckType type)
      throws SQLException {
    if (type.sqlName().startsWith("DECIMAL")) {
      return row.getBigDecimal(column);
    }
    String digits = row.getString(column);
    return digits == null ? null : new BigDecimal(digits);
  }

  private static @Nullable Instant moment(@Nullable OffsetDateTime value) {
    return value == null ? null : value.toInstant();
  }

  /**
   * Appends a value to the row that was begun.
   *
   * @param type of the column, from {@link DuckType#holding}
   * @throws SourceException INVALID_VALUE if the column cannot hold it exactly
   */
  public static void append(DuckDBAppender row, @Nullable Object value, DuckType type)
      throws SQLException {
    if (value == null) {
      row.appendNull();
      return;
    }
    switch (type.type().kind()) {
      case BOOLEAN -> row.append((boolean) (Boolean) value);
      case SMALLINT, INTEGER -> row.append(((Number) value).intValue());
      case BIGINT -> row.append(((Number) value).longValue());
      case REAL, DOUBLE -> row.append(((Number) value).doubleValue());
      case DECIMAL -> row.append(fitting((BigDecimal) value, type.type()));
      case VARCHAR, JSON -> row.append((String) value);
      case VARBINARY -> row.append((byte[]) value);
      case DATE -> row.append((LocalDate) value);
      case TIME -> row.append(fitting((LocalTime) value, type));
      case TIMESTAMP -> appendTimestamp(row, (LocalDateTime) value, type);
      case TIMESTAMP_TZ -> row.append(fitting((Instant) value, type).atOffset(ZoneOffset.UTC));
      case UUID -> row.append((UUID) value);
    }
  }

  private static BigDecimal fitting(BigDecimal value, DataType type) {
    BigDecimal exact =
        value.stripTrailingZeros().scale() > type.scale() ? value : value.setScale(type.scale());
    if (exact.scale() != type.scale() || exact.precision() > type.precision()) {
      throw unfit(value, type.sqlName());
    }
    return exact;
  }

  private static void appendTimestamp(DuckDBAppender row, LocalDateTime value, DuckType type)
      throws SQLException {
    if (!type.sqlName().equals("TIMESTAMP_NS")) {
      long seconds = fitting(value, type).toEpochSecond(ZoneOffset.UTC);
      row.appendEpochMicros(seconds * MICROS_PER_SECOND + value.getNano() / 1_000);
      return;
    }
    try {
      row.appendEpochNanos(ChronoUnit.NANOS.between(LocalDateTime.of(1970, 1, 1, 0, 0), value));
    } catch (ArithmeticException e) {
      throw unfit(value, type.sqlName());
    }
  }

  private static <T extends Temporal> T fitting(T value, DuckType type) {
    if (value.get(ChronoField.NANO_OF_SECOND) % 1_000 != 0 && !type.sqlName().endsWith("_NS")) {
      throw unfit(value, type.sqlName());
    }
    return value;
  }

  private static SourceException unfit(Object value, String type) {
    return new SourceException(
        ErrorKind.INVALID_VALUE, "DuckDB's type " + type + " cannot hold " + value + " exactly");
  }
}
