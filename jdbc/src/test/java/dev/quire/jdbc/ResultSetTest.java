package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The getters of a result; the tests' time zone is UTC. */
class ResultSetTest {
  private final Pages pages = new Pages(2, 10);
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = pages.connect();
    statement = connection.createStatement();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    pages.close();
  }

  private ResultSet first(String select) throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT " + select + " FROM items ORDER BY id");
    assertThat(rows.next()).isTrue();
    return rows;
  }

  @Test
  void every_type_has_its_class_and_its_text() throws SQLException {
    ResultSet rows = first("*");
    Object[][] expected = {
      {"id", 1, "1"},
      {"name", "n1", "n1"},
      {"price", new BigDecimal("12.50"), "12.50"},
      {"size", 9007199254740993L, "9007199254740993"},
      {"weight", 0.5, "0.5"},
      {"ratio", 1.1f, "1.1"},
      {"sold", true, "true"},
      {"made", Date.valueOf("2026-11-01"), "2026-11-01"},
      {"opens", Time.valueOf("08:30:00"), "08:30:00"},
      {"changed", OffsetDateTime.parse("2026-11-01T08:30:15.25Z"), "2026-11-01T08:30:15.250Z"},
      {
        "code",
        UUID.fromString("11111111-2222-3333-4444-555555555555"),
        "11111111-2222-3333-4444-555555555555"
      },
      {"raw", new byte[] {1, 2, 3}, "010203"}
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(rows.getMetaData().getColumnName(i + 1)).isEqualTo(expected[i][0]);
      assertThat(rows.getObject(i + 1)).as("object " + expected[i][0]).isEqualTo(expected[i][1]);
      assertThat(rows.getObject(i + 1).getClass().getName())
          .isEqualTo(rows.getMetaData().getColumnClassName(i + 1));
      assertThat(rows.getString(i + 1)).isEqualTo(expected[i][2]);
      assertThat(rows.getString((String) expected[i][0])).isEqualTo(expected[i][2]);
    }
  }

  @Test
  void the_metadata_of_the_result_is_that_of_the_columns() throws SQLException {
    ResultSetMetaData columns = first("id, name, price, changed, code").getMetaData();
    assertThat(columns.getColumnCount()).isEqualTo(5);
    assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
    assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNullable);
    assertThat(columns.getPrecision(2)).isEqualTo(80);
    assertThat(columns.getPrecision(3)).isEqualTo(18);
    assertThat(columns.getScale(3)).isEqualTo(2);
    assertThat(columns.getColumnType(4)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
    assertThat(columns.getColumnTypeName(5)).isEqualTo("UUID");
    assertThatThrownBy(() -> columns.getColumnType(6)).hasMessageContaining("no column 6");
  }

  @Test
  void plain_types_are_for_clients_that_know_no_others() throws SQLException {
    try (Connection plain = pages.connect(";types=plain");
        ResultSet rows = plain.createStatement().executeQuery("SELECT changed, code FROM items")) {
      rows.next();
      assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.TIMESTAMP);
      assertThat(rows.getObject(1))
          .isEqualTo(Timestamp.from(Instant.parse("2026-11-01T08:30:15.25Z")));
      assertThat(rows.getMetaData().getColumnType(2)).isEqualTo(Types.CHAR);
      assertThat(rows.getObject(2)).isEqualTo("11111111-2222-3333-4444-555555555555");
    }
  }

  @Test
  void numbers_are_read_as_any_other_that_holds_them() throws SQLException {
    ResultSet rows = first("id, price, size, weight, '42' AS word, sold");
    assertThat(rows.getByte("id")).isEqualTo((byte) 1);
    assertThat(rows.getShort("id")).isEqualTo((short) 1);
    assertThat(rows.getInt("price")).isEqualTo(12);
    assertThat(rows.getLong("size")).isEqualTo(9007199254740993L);
    assertThat(rows.getBigDecimal("size")).isEqualByComparingTo("9007199254740993");
    assertThat(rows.getDouble("price")).isEqualTo(12.5);
    assertThat(rows.getFloat("weight")).isEqualTo(0.5f);
    assertThat(rows.getInt("word")).isEqualTo(42);
    assertThat(rows.getBoolean("id")).isTrue();
    assertThat(rows.getInt("sold")).isEqualTo(1);
    assertThat(rows.getObject("size", BigInteger.class)).isEqualTo("9007199254740993");
    assertThat(rows.getObject("id", Long.class)).isEqualTo(1L);
  }

  @Test
  void what_does_not_fit_is_a_data_exception() throws SQLException {
    ResultSet rows = first("size, name, 300 AS three");
    assertThatThrownBy(() -> rows.getInt("size"))
        .isInstanceOfSatisfying(
            SQLDataException.class, e -> assertThat(e.getSQLState()).isEqualTo("22003"))
        .hasMessage("a BIGINT of column 'size' does not fit into an int");
    assertThatThrownBy(() -> rows.getByte("three")).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> rows.getInt("name"))
        .isInstanceOfSatisfying(
            SQLDataException.class, e -> assertThat(e.getSQLState()).isEqualTo("22018"));
    assertThatThrownBy(() -> rows.getTimestamp("size")).isInstanceOf(SQLDataException.class);
  }

  @Test
  void times_are_read_as_every_class_of_java_time() throws SQLException {
    ResultSet rows = first("made, opens, changed, TIMESTAMP '2026-11-01 08:30:15' AS local");
    Instant moment = Instant.parse("2026-11-01T08:30:15.25Z");
    assertThat(rows.getObject("made", LocalDate.class)).isEqualTo("2026-11-01");
    assertThat(rows.getObject("opens", LocalTime.class)).isEqualTo("08:30:00");
    assertThat(rows.getObject("changed", Instant.class)).isEqualTo(moment);
    assertThat(rows.getObject("changed", OffsetDateTime.class).toInstant()).isEqualTo(moment);
    assertThat(rows.getObject("changed", ZonedDateTime.class).toInstant()).isEqualTo(moment);
    assertThat(rows.getObject("local", LocalDateTime.class)).isEqualTo("2026-11-01T08:30:15");
    assertThat(rows.getString("local")).isEqualTo("2026-11-01 08:30:15");
    assertThat(rows.getTimestamp("local")).isEqualTo(Timestamp.valueOf("2026-11-01 08:30:15"));
    assertThat(rows.getDate("changed")).isEqualTo(Date.valueOf("2026-11-01"));
    assertThat(rows.getTime("opens")).isEqualTo(Time.valueOf("08:30:00"));
  }

  @Test
  void a_calendar_says_in_which_zone_a_time_without_one_is() throws SQLException {
    ResultSet rows = first("changed, made, TIMESTAMP '2026-11-01 08:30:15' AS local");
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(rows.getTimestamp("changed", tokyo).toInstant())
        .isEqualTo(Instant.parse("2026-11-01T08:30:15.25Z"));
    assertThat(rows.getTimestamp("local", tokyo).toInstant())
        .isEqualTo(Instant.parse("2026-10-31T23:30:15Z"));
    assertThat(Instant.ofEpochMilli(rows.getDate("made", tokyo).getTime()))
        .isEqualTo(Instant.parse("2026-10-31T15:00:00Z"));
  }

  @Test
  void bytes_and_texts_are_read_as_streams_and_large_objects() throws Exception {
    ResultSet rows = first("name, raw, code");
    assertThat(rows.getBinaryStream("raw").readAllBytes()).containsExactly(1, 2, 3);
    assertThat(rows.getObject("raw", InputStream.class).readAllBytes()).containsExactly(1, 2, 3);
    assertThat(rows.getBlob("raw").getBytes(2, 5)).containsExactly(2, 3);
    assertThat(rows.getCharacterStream("name").read()).isEqualTo('n');
    assertThat(rows.getClob("name").getSubString(1, 2)).isEqualTo("n1");
    assertThat(rows.getClob("name").position("1", 1)).isEqualTo(2);
    assertThat(rows.getObject("code", UUID.class)).hasToString(rows.getString("code"));
    assertThatThrownBy(() -> rows.getArray("name"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> rows.getObject("name", Thread.class))
        .hasMessageContaining("java.lang.Thread");
  }

  @Test
  void null_is_null_zero_or_false_and_was_null() throws SQLException {
    ResultSet rows = first("CAST(NULL AS INTEGER) AS nothing, id");
    assertThat(rows.getInt("nothing")).isZero();
    assertThat(rows.wasNull()).isTrue();
    assertThat(rows.getInt("id")).isEqualTo(1);
    assertThat(rows.wasNull()).isFalse();
    assertThat(rows.getObject("nothing")).isNull();
    assertThat(rows.getBoolean("nothing")).isFalse();
    assertThat(rows.getObject("nothing", LocalDate.class)).isNull();
    assertThat(rows.getString("nothing")).isNull();
    assertThat(rows.getBytes("nothing")).isNull();
  }

  @Test
  void the_place_in_the_result_is_known() throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT id FROM items ORDER BY id");
    assertThat(rows.isBeforeFirst()).isTrue();
    assertThatThrownBy(() -> rows.getInt(1)).hasMessageContaining("next() was not called");
    assertThat(rows.next()).isTrue();
    assertThat(rows.isFirst()).isTrue();
    assertThat(rows.isLast()).isFalse();
    assertThat(rows.getRow()).isEqualTo(1);
    assertThat(rows.next()).isTrue();
    assertThat(rows.isLast()).isTrue();
    assertThat(rows.getInt(1)).isEqualTo(2);
    assertThat(rows.next()).isFalse();
    assertThat(rows.isAfterLast()).isTrue();
    assertThat(rows.getRow()).isZero();
    assertThatThrownBy(() -> rows.getInt(1)).hasMessageContaining("at its end");
  }

  @Test
  void names_of_columns_are_found_in_any_case_and_the_nearest_is_named() throws SQLException {
    ResultSet rows = first("id, name");
    assertThat(rows.findColumn("NAME")).isEqualTo(2);
    assertThatThrownBy(() -> rows.getString("nmae"))
        .hasMessage("the result has no column 'nmae'. Did you mean 'name'?");
  }

  @Test
  void a_result_cannot_be_changed_or_read_backwards() throws SQLException {
    ResultSet rows = first("id");
    assertThatThrownBy(() -> rows.updateInt(1, 2))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(rows::previous).isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(rows::deleteRow).isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void a_closed_result_gives_nothing() throws SQLException {
    ResultSet rows = first("id");
    rows.close();
    rows.close();
    assertThat(rows.isClosed()).isTrue();
    assertThatThrownBy(rows::next).hasMessage("the result set is closed");
    assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(rows::getMetaData).isInstanceOf(SQLException.class);
  }
}
