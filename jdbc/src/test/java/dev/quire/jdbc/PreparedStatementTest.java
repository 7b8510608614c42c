package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparedStatementTest {
  /** One page: a request ahead would come into the requests of the next statement. */
  private final Pages pages = new Pages(8, 10);

  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = pages.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    pages.close();
  }

  /** The filter that the service gets for a condition with one parameter. */
  private String filter(String condition, Object value) throws SQLException {
    pages.api().clearRequests();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM items WHERE " + condition)) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
      }
    }
    return pages.dataRequests().get(0).parameter("$filter").orElse("none");
  }

  @Test
  void parameters_of_all_types_are_pushed_as_literals_are() throws SQLException {
    UUID code = UUID.fromString("11111111-2222-3333-4444-555555555555");
    Instant moment = Instant.parse("2026-11-01T08:30:15Z");
    assertThat(filter("id = ?", 7)).isEqualTo("id eq 7");
    assertThat(filter("id = ?", (short) 7)).isEqualTo("id eq 7");
    assertThat(filter("\"size\" > ?", 9007199254740993L)).isEqualTo("size gt 9007199254740993");
    assertThat(filter("price >= ?", new BigDecimal("12.50"))).isEqualTo("price ge 12.5");
    assertThat(filter("name = ?", "it's")).isEqualTo("name eq 'it''s'");
    assertThat(filter("sold = ?", true)).contains("sold");
    assertThat(filter("made = ?", LocalDate.of(2026, 11, 1))).isEqualTo("made eq 2026-11-01");
    assertThat(filter("made = ?", java.sql.Date.valueOf("2026-11-01")))
        .isEqualTo("made eq 2026-11-01");
    assertThat(filter("opens = ?", LocalTime.of(8, 30))).contains("opens eq 08:30:00");
    assertThat(filter("changed < ?", moment)).isEqualTo("changed lt 2026-11-01T08:30:15Z");
    assertThat(filter("changed < ?", OffsetDateTime.parse("2026-11-01T09:30:15+01:00")))
        .isEqualTo("changed lt 2026-11-01T08:30:15Z");
    assertThat(filter("changed < ?", Timestamp.from(moment)))
        .isEqualTo("changed lt 2026-11-01T08:30:15Z");
    assertThat(filter("code = ?", code)).isEqualTo("code eq " + code);
  }

  @Test
  void a_statement_runs_again_with_other_values() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM items WHERE id = ? OR name = ?")) {
      statement.setInt(1, 3);
      statement.setString(2, "n5");
      assertThat(ids(statement)).isEqualTo("3 5");
      statement.setNull(1, Types.INTEGER);
      assertThat(ids(statement)).isEqualTo("5");
      statement.clearParameters();
      assertThatThrownBy(statement::executeQuery).hasMessage("parameter 1 has no value");
    }
  }

  private static String ids(PreparedStatement statement) throws SQLException {
    StringBuilder ids = new StringBuilder();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ids.append(rows.getInt(1)).append(' ');
      }
    }
    return ids.toString().strip();
  }

  @Test
  void types_are_known_before_it_runs() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM items WHERE id = ? AND changed > ?")) {
      ParameterMetaData parameters = statement.getParameterMetaData();
      assertThat(parameters.getParameterCount()).isEqualTo(2);
      assertThat(parameters.getParameterType(1)).isEqualTo(Types.INTEGER);
      assertThat(parameters.getParameterType(2)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
      assertThat(parameters.getParameterMode(2)).isEqualTo(ParameterMetaData.parameterModeIn);
      assertThat(statement.getMetaData().getColumnName(1)).isEqualTo("name");
      assertThat(pages.dataRequests()).isEmpty();
      assertThatThrownBy(() -> statement.setInt(3, 1))
          .hasMessage("there is no parameter 3; the statement has 2");
      assertThatThrownBy(() -> parameters.getParameterType(3)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void streams_and_target_types_become_plain_values() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM items WHERE name = ? AND id = ? AND raw = ?")) {
      statement.setCharacterStream(1, new StringReader("n4"));
      statement.setObject(2, "4", Types.INTEGER);
      statement.setBinaryStream(3, new ByteArrayInputStream(new byte[] {1, 2, 3, 9}), 3);
      assertThat(ids(statement)).isEqualTo("4");
      assertThatThrownBy(() -> statement.setObject(2, "four", Types.INTEGER))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.setObject(2, Thread.currentThread()))
          .hasMessageContaining("java.lang.Thread");
      assertThatThrownBy(() -> statement.setDouble(2, Double.NaN)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void a_limit_can_be_a_parameter() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM items LIMIT ?")) {
      statement.setInt(1, 2);
      assertThat(ids(statement)).isEqualTo("1 2");
      assertThat(pages.dataRequests().get(0).parameter("$top")).hasValue("2");
    }
  }

  @Test
  void a_fault_in_the_text_is_found_when_it_is_prepared() {
    assertThatThrownBy(() -> connection.prepareStatement("SELECT nme FROM items WHERE id = ?"))
        .isInstanceOfSatisfying(
            java.sql.SQLSyntaxErrorException.class,
            e -> {
              assertThat(e.getSQLState()).isEqualTo("42704");
              assertThat(e.getErrorCode()).isEqualTo(2002);
            })
        .hasMessageContaining("Did you mean 'name'?");
    assertThatThrownBy(() -> connection.prepareStatement("SELEC 1"))
        .isInstanceOf(java.sql.SQLSyntaxErrorException.class);
  }

  @Test
  void explain_is_a_statement() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN SELECT id FROM items WHERE id = 3")) {
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("plan");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("s.items");
    }
    assertThat(pages.dataRequests()).isEmpty();
  }

  @Test
  void what_writes_is_refused_clearly() throws SQLException {
    Statement statement = connection.createStatement();
    assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM items"))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .hasMessageContaining("Quire reads");
    assertThatThrownBy(() -> statement.execute("DELETE FROM items"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> statement.addBatch("SELECT 1"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(statement::getGeneratedKeys)
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> connection.prepareStatement("SELECT 1", new String[] {"id"}))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> connection.prepareCall("{call x()}"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(
            () ->
                connection.createStatement(
                    ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void a_statement_is_closed_with_its_result_if_that_is_wanted() throws SQLException {
    Statement statement = connection.createStatement();
    statement.closeOnCompletion();
    ResultSet rows = statement.executeQuery("SELECT id FROM items");
    rows.close();
    assertThat(statement.isClosed()).isTrue();
    assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
        .hasMessage("the statement is closed");
  }

  @Test
  void a_new_execution_closes_the_result_before() throws SQLException {
    Statement statement = connection.createStatement();
    ResultSet first = statement.executeQuery("SELECT id FROM items");
    assertThat(statement.execute("SELECT name FROM items")).isTrue();
    assertThat(first.isClosed()).isTrue();
    assertThat(statement.getResultSet().next()).isTrue();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.getMoreResults()).isFalse();
  }
}
