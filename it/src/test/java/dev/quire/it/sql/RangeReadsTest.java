package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleRequest;
import dev.quire.sample.SampleServer;
import dev.quire.spi.ConnectorContext;
import dev.quire.testkit.FakeClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of tables that only next links lead through. */
class RangeReadsTest {
  private static final int ACCOUNTS = 23_000;

  @TempDir Path cache;

  private ConnectorContext context() {
    return FakeClock.start().context().withCache(Optional.of(cache));
  }

  private static SampleServer server() {
    return SampleServer.start(SampleOptions.DEFAULT.withAccounts(ACCOUNTS));
  }

  private static long pages(SampleServer server) {
    return server.requests().stream()
        .map(SampleRequest::target)
        .filter(target -> target.contains("/accounts?"))
        .count();
  }

  @Test
  void a_range_of_dataverse_begins_at_the_page_that_an_earlier_one_found() {
    try (SampleServer server = server()) {
      String sql = "SELECT name, revenue FROM s.accounts LIMIT 5000 OFFSET ";
      List<List<Object>> all;
      List<List<Object>> first;
      try (Statements crm =
          Statements.over(server.baseUrl(), Map.of("profile", "dataverse"), context())) {
        first = crm.rows(sql + 10_000);
        assertThat(pages(server)).isEqualTo(3);
        all = crm.rows("SELECT name, revenue FROM s.accounts");
      }
      server.forgetRequests();
      try (Statements again =
          Statements.over(server.baseUrl(), Map.of("profile", "dataverse"), context())) {
        assertThat(again.rows(sql + 10_000))
            .isEqualTo(first)
            .isEqualTo(all.subList(10_000, 15_000));
        assertThat(pages(server)).isEqualTo(1);
        assertThat(again.rows(sql + 17_500)).isEqualTo(all.subList(17_500, 22_500));
        assertThat(pages(server)).isEqualTo(3);
        assertThat(again.rows(sql + 22_990)).isEqualTo(all.subList(22_990, ACCOUNTS));
        assertThat(pages(server)).isEqualTo(4);
      }
    }
  }

  @Test
  void ranges_of_every_offset_and_order_are_those_of_a_read_without_index() {
    try (SampleServer server = server();
        Statements indexed =
            Statements.over(
                server.baseUrl(), Map.of("profile", "dataverse", "page_size", "700"), context());
        Statements plain =
            Statements.over(
                server.baseUrl(), Map.of("profile", "dataverse", "page_index", "off"), context())) {
      IntStream.of(699, 700, 1_401, 5_000, 12_345, 22_999, 23_000, 40_000)
          .forEach(
              offset -> {
                String sql =
                    "SELECT accountnumber, createdon FROM s.accounts WHERE statecode = 0 ORDER BY"
                        + " createdon DESC LIMIT 20 OFFSET "
                        + offset;
                assertThat(indexed.rows(sql)).as(sql).isEqualTo(plain.rows(sql));
                assertThat(indexed.rows(sql)).as("again: " + sql).isEqualTo(plain.rows(sql));
              });
    }
  }

  @Test
  void a_service_that_forgets_its_links_is_read_from_the_first_row() {
    try (SampleServer server = server()) {
      Map<String, String> settings = Map.of("profile", "dataverse");
      String sql = "SELECT name FROM s.accounts LIMIT 10 OFFSET 10000";
      List<List<Object>> rows;
      try (Statements crm = Statements.over(server.baseUrl(), settings, context())) {
        rows = crm.rows(sql);
      }
      try (Statements crm = Statements.over(server.baseUrl(), settings, context());
          Result result = crm.engine().query(sql, StatementOptions.DEFAULT)) {
        server.forgetRequests();
        server.failNext(1, 410, "", "0x80040265");
        assertThat(Statements.drain(result)).isEqualTo(rows);
        assertThat(pages(server)).isEqualTo(4);
        assertThat(result.warnings())
            .singleElement()
            .asString()
            .startsWith("s.accounts: the start of a page that was kept is no longer good")
            .endsWith("read from the first row");
      }
    }
  }
}
