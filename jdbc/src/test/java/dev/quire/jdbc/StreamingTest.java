package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.testkit.Reply;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of the service while rows are read, and what stops it. */
@Timeout(60)
class StreamingTest {
  private final Pages pages = new Pages(1_000_000, 100);

  @AfterEach
  void close() {
    pages.close();
  }

  private static int read(ResultSet rows, int most) throws SQLException {
    int read = 0;
    while (read < most && rows.next()) {
      read++;
    }
    return read;
  }

  @Test
  void nothing_is_sent_before_the_first_row_is_asked_for() throws SQLException {
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
      assertThat(pages.dataRequests()).isEmpty();
    }
  }

  @Test
  void the_first_row_of_a_million_comes_after_one_page() throws SQLException {
    pages.answering(request -> Pages.token(request) == 0 ? pages.page(request) : Reply.stall());
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
      assertThat(rows.next()).isTrue();
      assertThat(pages.dataRequests().size()).isBetween(1, 2);
    }
    assertThat(pages.dataRequests().size()).isBetween(1, 2);
  }

  @Test
  void closing_a_result_early_aborts_the_request_in_flight() throws SQLException {
    pages.answering(request -> Pages.token(request) == 0 ? pages.page(request) : Reply.stall());
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("SELECT id FROM items");
      assertThat(rows.next()).isTrue();
      pages.api().awaitStalled(1);
      rows.close();
      pages.api().awaitAbandoned(1);
    }
  }

  @Test
  void max_rows_stops_the_chain_as_a_limit_does() throws SQLException {
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(150);
      try (ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
        assertThat(read(rows, Integer.MAX_VALUE)).isEqualTo(150);
        assertThat(rows.unwrap(QuireResultSet.class).verdict().complete()).isTrue();
      }
      assertThat(pages.dataRequests()).hasSize(2);
      pages.api().clearRequests();
      try (ResultSet rows = statement.executeQuery("SELECT id FROM items LIMIT 100")) {
        assertThat(read(rows, Integer.MAX_VALUE)).isEqualTo(100);
      }
      assertThat(pages.dataRequests()).hasSize(1);
    }
  }

  @Test
  void the_fetch_size_is_the_page_size() throws SQLException {
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(37);
      ResultSet rows = statement.executeQuery("SELECT id FROM items");
      rows.next();
      assertThat(rows.getFetchSize()).isEqualTo(37);
      assertThat(pages.dataRequests().get(0).header("Prefer").orElse(""))
          .contains("odata.maxpagesize=37");
    }
  }

  @Test
  void a_cancel_from_another_thread_ends_a_wait_at_once() throws Exception {
    pages.answering(request -> Reply.stall());
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
      CompletableFuture<Boolean> reading = reading(rows);
      pages.api().awaitStalled(1);
      statement.cancel();
      assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS))
          .rootCause()
          .isInstanceOfSatisfying(
              dev.quire.spi.SourceException.class,
              e -> assertThat(e.kind()).isEqualTo(dev.quire.spi.ErrorKind.CANCELLED));
      pages.api().awaitAbandoned(1);
    }
  }

  @Test
  void a_cancel_ends_the_planning_too() throws Exception {
    pages.api().on("/odata/$metadata", request -> Reply.stall());
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<ResultSet> planning =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return statement.executeQuery("SELECT id FROM items");
                } catch (SQLException e) {
                  throw new CompletionException(e);
                }
              });
      pages.api().awaitStalled(1);
      statement.cancel();
      assertThatThrownBy(() -> planning.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void closing_the_connection_from_another_thread_ends_a_wait() throws Exception {
    pages.answering(request -> Reply.stall());
    Connection connection = pages.connect();
    ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM items");
    CompletableFuture<Boolean> reading = reading(rows);
    pages.api().awaitStalled(1);
    connection.close();
    assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(rows.isClosed()).isTrue();
    assertThatThrownBy(connection::createStatement)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
  }

  @Test
  void an_abort_ends_a_wait_and_closes() throws Exception {
    pages.answering(request -> Reply.stall());
    Connection connection = pages.connect();
    ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM items");
    CompletableFuture<Boolean> reading = reading(rows);
    pages.api().awaitStalled(1);
    connection.abort(Runnable::run);
    assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(connection.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    assertThat(connection.unwrap(QuireConnection.class).openStatements()).isZero();
  }

  private static CompletableFuture<Boolean> reading(ResultSet rows) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return rows.next();
          } catch (SQLException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void a_query_timeout_ends_a_wait_with_its_own_exception() throws SQLException {
    pages.answering(request -> Reply.stall());
    try (Connection connection = pages.connect(";query_timeout=200ms");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
      assertThat(statement.getQueryTimeout()).isEqualTo(1);
      assertThatThrownBy(rows::next)
          .isInstanceOfSatisfying(
              SQLTimeoutException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"))
          .hasMessageContaining("the statement's time is over");
      statement.setQueryTimeout(7);
      assertThat(statement.getQueryTimeout()).isEqualTo(7);
      statement.setQueryTimeout(0);
      assertThat(statement.getQueryTimeout()).isZero();
    }
  }

  @Test
  void a_broken_service_is_a_transient_exception() throws SQLException {
    pages.answering(request -> Reply.resetWithoutAnswer());
    try (Connection connection = pages.connect();
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM items")) {
      assertThatThrownBy(rows::next).isInstanceOf(SQLTransientConnectionException.class);
    }
  }

  @Test
  void statements_of_one_connection_run_side_by_side() throws SQLException {
    try (Connection connection = pages.connect();
        ResultSet one = connection.createStatement().executeQuery("SELECT id FROM items");
        ResultSet two = connection.createStatement().executeQuery("SELECT id FROM items")) {
      for (int i = 1; i <= 250; i++) {
        assertThat(one.next()).isTrue();
        assertThat(two.next()).isTrue();
        assertThat(one.getInt(1)).isEqualTo(i);
        assertThat(two.getInt(1)).isEqualTo(i);
      }
    }
  }

  @Test
  void ten_thousand_statements_half_of_them_read_leave_nothing_behind() throws SQLException {
    int threads = Thread.activeCount();
    try (Connection connection = pages.connect()) {
      for (int i = 0; i < 10_000; i++) {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM items LIMIT 3");
        if (i % 100 == 0) {
          assertThat(read(rows, i % 200 == 0 ? 1 : 5)).isPositive();
        }
        if (i % 3 == 0) {
          rows.close();
        }
        statement.close();
        assertThat(rows.isClosed()).isTrue();
      }
      assertThat(connection.unwrap(QuireConnection.class).openStatements()).isZero();
    }
    assertThat(Thread.activeCount()).isLessThan(threads + 20);
    assertThat(pages.api().openConnectionCount()).isLessThan(20);
  }

  @Test
  void a_partial_result_is_a_warning_where_the_user_has_asked_for_it() throws SQLException {
    try (Connection connection = pages.connect(";max_calls=2;on_exceed=partial");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM items")) {
      assertThat(read(rows, Integer.MAX_VALUE)).isEqualTo(200);
      assertThat((Throwable) rows.getWarnings())
          .hasMessageStartingWith("the result is partial: s.items, page 3, after 200 rows");
      assertThat((Throwable) statement.getWarnings()).isNotNull();
      QuireResultSet known = rows.unwrap(QuireResultSet.class);
      assertThat(known.verdict().complete()).isFalse();
      assertThat(known.costs().calls()).isEqualTo(2);
      assertThat(known.costs().pages()).isEqualTo(2);
      assertThat(known.costs().bytes()).isPositive();
      assertThat(known.costs().waited()).isLessThan(Duration.ofSeconds(1));
      assertThat(known.rows()).isEqualTo(200);
      rows.clearWarnings();
      assertThat((Throwable) rows.getWarnings()).isNull();
    }
  }

  @Test
  void more_rows_than_were_allowed_are_a_warning_or_an_error() throws SQLException {
    try (Connection connection = pages.connect(";max_rows=150;on_exceed=partial");
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM items")) {
      assertThat(read(rows, Integer.MAX_VALUE)).isEqualTo(150);
      assertThat((Throwable) rows.getWarnings()).hasMessageContaining("budget of 150 rows");
    }
    try (Connection connection = pages.connect(";max_rows=150");
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM items")) {
      assertThatThrownBy(() -> read(rows, Integer.MAX_VALUE))
          .hasMessageContaining("budget of 150 rows");
    }
  }

  @Test
  void another_statement_goes_on_where_one_has_stopped() throws SQLException {
    String point;
    try (Connection connection = pages.connect();
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM items")) {
      assertThat(read(rows, 130)).isEqualTo(130);
      point = rows.unwrap(QuireResultSet.class).resumePoint().orElseThrow();
    }
    try (Connection connection = pages.connect();
        Statement statement = connection.createStatement();
        ResultSet whole = connection.createStatement().executeQuery("SELECT id FROM items")) {
      int all = read(whole, Integer.MAX_VALUE);
      statement.unwrap(Resumable.class).resumeAt(point);
      ResultSet rest = statement.executeQuery("SELECT id FROM items");
      assertThat(read(rest, Integer.MAX_VALUE)).isEqualTo(all - 130);
      assertThat(read(statement.executeQuery("SELECT id FROM items"), Integer.MAX_VALUE))
          .isEqualTo(all);
      assertThatThrownBy(() -> statement.unwrap(Resumable.class).resumeAt("nonsense"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void an_incomplete_result_is_an_exception_otherwise() throws SQLException {
    try (Connection connection = pages.connect(";max_calls=2");
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM items")) {
      assertThatThrownBy(() -> read(rows, Integer.MAX_VALUE))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("53400");
                assertThat(e.getErrorCode()).isEqualTo(5001);
              });
    }
  }
}
