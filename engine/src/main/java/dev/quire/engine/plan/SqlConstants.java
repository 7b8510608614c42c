package dev.quire.engine.plan;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Java values as constants of a syntax tree. */
final class SqlConstants {
  private static final int DIGITS = 9;

  private SqlConstants() {}

  /**
   * A constant.
   *
   * @param value of a class that {@link dev.quire.spi.DataType.Kind} names, or null
   */
  static SqlNode literal(@Nullable Object value, SqlParserPos pos) {
    if (value == null) {
      return SqlLiteral.createNull(pos);
    } else if (value instanceof Boolean truth) {
      return SqlLiteral.createBoolean(truth, pos);
    } else if (value instanceof Float || value instanceof Double) {
      return approximate(((Number) value).doubleValue(), pos);
    } else if (value instanceof Number number) {
      return exact(new BigDecimal(number.toString()), pos);
    } else if (value instanceof String string) {
      return SqlLiteral.createCharString(string, pos);
    } else if (value instanceof UUID uuid) {
      return SqlLiteral.createUuid(uuid, pos);
    } else if (value instanceof byte[] bytes) {
      return SqlLiteral.createBinaryString(bytes, pos);
    }
    return time(value, pos);
  }

  private static SqlNode time(Object value, SqlParserPos pos) {
    if (value instanceof Instant moment) {
      TimestampString utc = timestamp(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
      return SqlLiteral.createTimestamp(
          SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, utc, DIGITS, pos);
    } else if (value instanceof LocalDateTime timestamp) {
      return SqlLiteral.createTimestamp(SqlTypeName.TIMESTAMP, timestamp(timestamp), DIGITS, pos);
    } else if (value instanceof LocalDate date) {
      return SqlLiteral.createDate(date(date), pos);
    } else if (value instanceof LocalTime time) {
      return SqlLiteral.createTime(time(time), DIGITS, pos);
    }
    throw new SourceException(
        ErrorKind.INVALID_STATEMENT,
        "a parameter cannot be of the Java class " + value.getClass().getName());
  }

  private static SqlNode approximate(double value, SqlParserPos pos) {
    SqlNode magnitude = SqlLiteral.createApproxNumeric(new BigDecimal(Math.abs(value)) + "E0", pos);
    return value < 0 ? negative(magnitude, pos) : magnitude;
  }

  private static SqlNode exact(BigDecimal value, SqlParserPos pos) {
    SqlNode magnitude = SqlLiteral.createExactNumeric(value.abs().toPlainString(), pos);
    return value.signum() < 0 ? negative(magnitude, pos) : magnitude;
  }

  private static SqlNode negative(SqlNode magnitude, SqlParserPos pos) {
    return SqlStdOperatorTable.UNARY_MINUS.createCall(pos, magnitude);
  }

  static TimestampString timestamp(LocalDateTime value) {
    return new TimestampString(
            value.getYear(),
            value.getMonthValue(),
            value.getDayOfMonth(),
            value.getHour(),
            value.getMinute(),
            value.getSecond())
        .withNanos(value.getNano());
  }

  static DateString date(LocalDate value) {
    return new DateString(value.getYear(), value.getMonthValue(), value.getDayOfMonth());
  }

  static TimeString time(LocalTime value) {
    return new TimeString(value.getHour(), value.getMinute(), value.getSecond())
        .withNanos(value.getNano());
  }
}
