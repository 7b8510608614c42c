package dev.quire.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.DataType;
import dev.quire.spi.DataType.Kind;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckValuesTest {
  @TempDir Path folder;

  @Test
  void values_of_every_type_come_back_as_they_went() {
    check(DataType.BOOLEAN, true, false);
    check(DataType.SMALLINT, -32768, 0, 32767);
    check(DataType.INTEGER, Integer.MIN_VALUE, -1, Integer.MAX_VALUE);
    check(DataType.BIGINT, Long.MIN_VALUE, 0L, Long.MAX_VALUE);
    check(DataType.REAL, 0.1, (double) 0.1f, Double.NaN, Double.NEGATIVE_INFINITY);
    check(DataType.DOUBLE, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY);
    check(DataType.VARCHAR, "", "a'b\"c", "ü€😀", "nul\0inside", "x".repeat(100_000));
    check(DataType.JSON, "{\"a\": [1, 2]}", "null");
    check(DataType.VARBINARY, new byte[] {}, new byte[] {0, -1, 127}, new byte[5_000]);
    check(DataType.UUID, new UUID(0, 0), new UUID(-1, -1), UUID.fromString("0a-0b-0c-0d-0e"));
  }

  @Test
  void decimals_keep_every_digit_and_have_the_columns_scale() {
    check(DataType.decimal(4, 2), new BigDecimal("-99.99"), new BigDecimal("0.01"));
    check(DataType.decimal(9, 0), new BigDecimal("999999999"));
    check(DataType.decimal(18, 18), new BigDecimal("0.999999999999999999"));
    check(
        DataType.decimal(38, 0),
        new BigDecimal("9".repeat(38)),
        new BigDecimal("-" + "9".repeat(38)));
    check(DataType.decimal(38, 37), new BigDecimal("1." + "0".repeat(36) + "1"));
  }

  @Test
  void times_come_back_as_they_went() {
    check(
        DataType.DATE,
        LocalDate.of(1, 1, 1),
        LocalDate.of(1969, 12, 31),
        LocalDate.of(9999, 12, 31));
    check(DataType.TIME, LocalTime.MIN, LocalTime.of(23, 59, 59, 999_999_000));
    check(
        DataType.TIMESTAMP,
        LocalDateTime.of(1, 1, 1, 0, 0),
        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
    check(
        new DataType(Kind.TIMESTAMP, 9, 0),
        LocalDateTime.of(1700, 1, 1, 0, 0, 0, 1),
        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999),
        LocalDateTime.of(2262, 1, 1, 0, 0));
    check(
        DataType.TIMESTAMP_TZ,
        Instant.parse("0001-01-01T00:00:00Z"),
        Instant.parse("1969-12-31T23:59:59.999999Z"),
        Instant.parse("2026-03-29T01:30:00Z"),
        Instant.parse("9999-12-31T23:59:59.999999Z"));
  }

  @Test
  void what_a_column_cannot_hold_is_refused_and_never_rounded() {
    refuse(DataType.TIMESTAMP, LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1));
    refuse(DataType.TIMESTAMP_TZ, Instant.parse("2026-01-01T00:00:00.000000001Z"));
    refuse(DataType.TIME, LocalTime.of(0, 0, 0, 1));
    refuse(new DataType(Kind.TIMESTAMP, 9, 0), LocalDateTime.of(1, 1, 1, 0, 0));
    refuse(DataType.decimal(4, 2), new BigDecimal("0.001"));
    refuse(DataType.decimal(4, 2), new BigDecimal("100"));
  }

  @Test
  void unbounded_decimals_and_times_in_nanoseconds_have_no_type() {
    assertThat(DuckType.holding(DataType.DECIMAL)).isEmpty();
    assertThat(DuckType.holding(DataType.decimal(39, 0))).isEmpty();
    assertThat(DuckType.holding(new DataType(Kind.TIME, 9, 0))).isEmpty();
  }

  @Test
  void what_duckdb_computes_is_read_as_the_nearest_type() throws SQLException {
    try (DuckDatabase database = open();
        DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement()) {
      assertRead(statement, "[1, 2]", DataType.JSON, "[1,2]");
      assertRead(statement, "{'a': 1, 'b': [true]}", DataType.JSON, "{\"a\":1,\"b\":[true]}");
      assertRead(statement, "MAP {'k': 1}", DataType.JSON, "{\"k\":1}");
      assertRead(statement, "'{\"a\":  1}'::JSON", DataType.JSON, "{\"a\":  1}");
      assertRead(
          statement,
          "170141183460469231731687303715884105727::HUGEINT",
          DataType.decimal(39, 0),
          new BigDecimal("170141183460469231731687303715884105727"));
      assertRead(
          statement,
          "18446744073709551615::UBIGINT",
          DataType.decimal(20, 0),
          new BigDecimal("18446744073709551615"));
      assertRead(statement, "255::UTINYINT", DataType.SMALLINT, 255);
      assertRead(statement, "4294967295::UINTEGER", DataType.BIGINT, 4294967295L);
      assertRead(statement, "0.1::FLOAT", DataType.REAL, (double) 0.1f);
      assertRead(statement, "INTERVAL 3 DAY", DataType.VARCHAR, "3 days");
      assertRead(statement, "'b'::ENUM('a', 'b')", DataType.VARCHAR, "b");
      assertRead(
          statement,
          "TIME_NS '23:59:59.123456789'",
          new DataType(Kind.TIME, 9, 0),
          LocalTime.of(23, 59, 59, 123_456_789));
      assertRead(
          statement,
          "TIMESTAMP_S '2026-01-02 03:04:05'",
          new DataType(Kind.TIMESTAMP, 0, 0),
          LocalDateTime.of(2026, 1, 2, 3, 4, 5));
      assertRead(
          statement,
          "TIMESTAMP_MS '2026-01-02 03:04:05.678'",
          new DataType(Kind.TIMESTAMP, 3, 0),
          LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_000_000));
    }
  }

  private static void assertRead(
      Statement statement, String expression, DataType type, Object expected) throws SQLException {
    DuckType found;
    try (ResultSet described = statement.executeQuery("DESCRIBE SELECT " + expression + " AS x")) {
      assertThat(described.next()).isTrue();
      found = DuckType.parse(described.getString("column_type"));
    }
    assertThat(found.type()).isEqualTo(type);
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT " + found.selection("x") + " FROM (SELECT " + expression + " AS x)")) {
      assertThat(rows.next()).isTrue();
      assertThat(DuckValues.read(rows, 1, found)).isEqualTo(expected);
    }
  }

  private DuckDatabase open() {
    return DuckDatabase.inMemory(DuckSettings.defaults().withSpillFolder(folder));
  }

  private void check(DataType type, Object... values) {
    List<Object> given = new ArrayList<>(Arrays.asList(values));
    given.add(null);
    try (DuckDatabase database = open()) {
      assertThat(roundTrip(database, DuckType.holding(type).orElseThrow(), given))
          .usingElementComparator((a, b) -> Objects.deepEquals(a, b) ? 0 : 1)
          .containsExactlyElementsOf(given);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void refuse(DataType type, Object value) {
    try (DuckDatabase database = open()) {
      assertThatThrownBy(
              () -> roundTrip(database, DuckType.holding(type).orElseThrow(), List.of(value)))
          .isInstanceOfSatisfying(
              SourceException.class,
              fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.INVALID_VALUE))
          .hasMessageContaining("exactly");
    }
  }

  private static List<Object> roundTrip(DuckDatabase database, DuckType type, List<Object> values)
      throws SQLException {
    List<Object> read = new ArrayList<>();
    try (DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE t(n INTEGER, x " + type.sqlName() + ")");
      try (DuckDBAppender appender = connection.createAppender("temp", "main", "t")) {
        for (int i = 0; i < values.size(); i++) {
          appender.beginRow().append(i);
          DuckValues.append(appender, values.get(i), type);
          appender.endRow();
        }
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT " + type.selection("x") + " FROM t ORDER BY n")) {
        while (rows.next()) {
          read.add(DuckValues.read(rows, 1, type));
        }
      }
    }
    return read;
  }
}
