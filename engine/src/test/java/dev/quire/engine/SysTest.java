package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.OnExceed;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Quota;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SysTest {
  private final AdjustableTable accounts =
      new AdjustableTable(
              "accounts",
              List.of(
                  Column.of("id", DataType.INTEGER).notNull().withRemarks("The key."),
                  Column.of("name", DataType.varchar(40))),
              List.of(new Object[] {1, "a"}, new Object[] {2, "b"}, new Object[] {3, "c"}))
          .withPageSize(2);
  private final AdjustableTable users =
      new AdjustableTable("users", List.of(Column.of("id", DataType.UUID)), List.of());
  private final FakeSource crm = new FakeSource("crm", accounts, users);
  private final FakeSource erp =
      new FakeSource(
          "erp", new AdjustableTable("items", List.of(Column.of("id", DataType.DATE)), List.of()));
  private final FakeConnector connector = new FakeConnector(crm, erp);
  private final Engine engine = engine("fake");

  @AfterEach
  void close() {
    engine.close();
  }

  private Engine engine(String typeOfErp) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    sections.put(
        "crm",
        Map.of("type", "fake", "url", "https://me:pa55@example.com:8443/odata?sig=s3cret#part"));
    sections.put("erp", Map.of("type", typeOfErp));
    return new QuireEngine(
        Configuration.of(sections), ConnectorContext.system(), Map.of("fake", connector));
  }

  private static List<String> rows(Engine engine, String sql) {
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      List<String> rows = new ArrayList<>();
      for (Object[] row = result.next(); row != null; row = result.next()) {
        rows.add(Arrays.toString(row));
      }
      assertThat(result.verdict().complete()).isTrue();
      return rows;
    }
  }

  private List<String> rows(String sql) {
    return rows(engine, sql);
  }

  @Test
  void sources_are_listed_without_opening_one_and_without_secrets() {
    assertThat(rows("SELECT * FROM sys.sources"))
        .containsExactly(
            "[crm, fake, https://example.com:8443/odata, false, null]",
            "[erp, fake, null, false, null]");
    assertThat(connector.opened()).isEmpty();
    rows("SELECT id FROM erp.items");
    assertThat(rows("SELECT name FROM sys.sources WHERE opened")).containsExactly("[erp]");
  }

  @Test
  void tables_of_all_sources_are_listed() {
    assertThat(rows("SELECT * FROM SYS.Tables"))
        .containsExactly("[crm, , accounts]", "[crm, , users]", "[erp, , items]");
  }

  @Test
  void a_filter_on_the_source_asks_that_source_alone() {
    assertThat(rows("SELECT name FROM sys.tables WHERE source = 'erp'")).containsExactly("[items]");
    assertThat(rows("SELECT name FROM sys.tables WHERE source <> 'crm'"))
        .containsExactly("[items]");
    assertThat(rows("SELECT name FROM sys.tables WHERE source IN ('erp', 'x') OR source LIKE 'e%'"))
        .containsExactly("[items]");
    assertThat(
            rows("SELECT name FROM sys.columns WHERE source = 'erp' AND table_name = 'accounts'"))
        .isEmpty();
    assertThat(connector.opened()).containsExactly("erp");
    assertThat(crm.listed()).isZero();
  }

  @Test
  void names_are_compared_as_sql_compares() {
    assertThat(rows("SELECT name FROM sys.tables WHERE source = 'CRM'")).isEmpty();
    assertThat(rows("SELECT name FROM sys.tables WHERE UPPER(source) = 'CRM'")).hasSize(2);
    assertThat(rows("SELECT name FROM sys.tables WHERE NOT (source = 'erp' OR name = 'users')"))
        .containsExactly("[accounts]");
    assertThat(rows("SELECT name FROM sys.tables WHERE source = NULL")).isEmpty();
    assertThat(rows("SELECT name FROM sys.tables WHERE source IS NULL")).isEmpty();
    assertThat(rows("SELECT name FROM sys.tables WHERE source > 'crm' AND name NOT LIKE '%x%'"))
        .containsExactly("[items]");
  }

  @Test
  void a_limit_that_is_met_asks_no_further_source() {
    assertThat(rows("SELECT name FROM sys.tables LIMIT 2")).hasSize(2);
    assertThat(connector.opened()).containsExactly("crm");
  }

  @Test
  void descriptions_are_asked_for_where_remarks_of_named_tables_are_wanted() {
    rows("SELECT * FROM sys.columns");
    rows("SELECT * FROM sys.columns WHERE source = 'crm'");
    rows("SELECT remarks FROM sys.columns WHERE table_name <> 'users'");
    rows("SELECT name FROM sys.columns WHERE table_name = 'accounts'");
    rows("SELECT * FROM crm.accounts");
    assertThat(accounts.described()).isZero();
    rows("SELECT name, remarks FROM sys.columns WHERE table_name = 'accounts'");
    assertThat(accounts.described()).isEqualTo(1);
    assertThat(users.described()).isZero();
  }

  @Test
  void columns_say_type_key_and_remarks() {
    assertThat(rows("SELECT * FROM sys.columns WHERE table_name = 'accounts'"))
        .containsExactly(
            "[crm, , accounts, 1, id, INTEGER, false, true, The key.]",
            "[crm, , accounts, 2, name, VARCHAR(40), true, false, null]");
  }

  @Test
  void no_column_needs_quotes_and_the_tables_describe_themselves() {
    for (TableName table : engine.source("sys").tables("", context())) {
      List<String> names =
          engine.table("sys." + table.name(), context()).schema().columns().stream()
              .map(Column::name)
              .toList();
      for (String name : names) {
        assertThat(
                rows("SELECT t." + name + ", " + name + " FROM sys." + table.name() + " t LIMIT 0"))
            .as(name)
            .isEmpty();
        rows("SELECT " + name + " FROM sys." + table.name() + " ORDER BY " + name + " LIMIT 1");
      }
    }
  }

  private dev.quire.chain.StatementContext context() {
    return engine.newContext(StatementOptions.DEFAULT);
  }

  @Test
  void tables_join_with_each_other_and_with_rows_of_sources() {
    assertThat(
            rows(
                "SELECT t.name, COUNT(*) FROM sys.tables t JOIN sys.columns c"
                    + " ON c.source = t.source AND c.table_name = t.name"
                    + " WHERE t.source = 'crm' GROUP BY t.name ORDER BY 1"))
        .containsExactly("[accounts, 2]", "[users, 1]");
    assertThat(
            rows(
                "SELECT a.id, s.type FROM crm.accounts a JOIN sys.sources s ON s.name = 'crm'"
                    + " WHERE a.id = 2"))
        .containsExactly("[2, fake]");
  }

  @Test
  void a_source_that_cannot_be_read_is_an_error_that_names_it_and_the_way_around() {
    try (Engine broken = engine("fak")) {
      assertThatThrownBy(() -> rows(broken, "SELECT name FROM sys.tables"))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION);
                assertThat(e).hasMessageContaining("source 'erp'").hasMessageContaining("fak");
                assertThat(e.hint().orElseThrow())
                    .endsWith("WHERE source <> 'erp' leaves this source out.");
              });
      assertThat(rows(broken, "SELECT name FROM sys.tables WHERE source <> 'erp'")).hasSize(2);
      assertThat(rows(broken, "SELECT name FROM sys.sources")).hasSize(2);
    }
  }

  @Test
  void explain_says_that_no_call_is_made() {
    assertThat(
            engine
                .explain(
                    "SELECT name FROM sys.tables WHERE source = 'crm'", StatementOptions.DEFAULT)
                .text())
        .startsWith(
            """
            sys.tables
              READ sys.tables
              pushed    columns name · filter source = 'crm' (exact)
              residual  none
              calls     0 expected: a source that was not asked before is asked for its metadata
            """);
    assertThat(connector.opened()).isEmpty();
  }

  @Test
  void requests_are_remembered_with_the_statement_that_made_them() {
    rows("SELECT id FROM crm.accounts");
    assertThat(
            rows(
                "SELECT r.id, r.statement_id, r.source, r.purpose, r.method, r.status, s.text"
                    + " FROM sys.requests r JOIN sys.statements s ON s.id = r.statement_id"
                    + " ORDER BY r.id"))
        .containsExactly(
            "[1, 1, fake, data, GET, 200, SELECT id FROM crm.accounts]",
            "[2, 1, fake, data, GET, 200, SELECT id FROM crm.accounts]");
  }

  @Test
  void a_request_for_rows_is_remembered_with_its_table_and_page() {
    rows("SELECT id FROM crm.accounts");
    assertThat(rows("SELECT table_name, page FROM sys.requests ORDER BY id"))
        .containsExactly("[accounts, 1]", "[accounts, 2]");
  }

  @Test
  void a_request_outside_a_statement_has_no_statement() {
    context()
        .record(
            new RequestReport(
                CallContext.Purpose.METADATA,
                "crm",
                "GET",
                "http://localhost/" + "x".repeat(30_000),
                2,
                OptionalInt.empty(),
                7,
                Duration.ofSeconds(3),
                Duration.ofMillis(250),
                Optional.of("no connection")));
    assertThat(
            rows(
                "SELECT statement_id, table_name, page, purpose, CHAR_LENGTH(url), attempt, status, bytes, waited_ms,"
                    + " took_ms, fault FROM sys.requests"))
        .containsExactly(
            "[null, null, null, metadata, 1001, 2, null, 7, 3000, 250, no connection]");
    Instant before = Instant.now().minusSeconds(60);
    assertThat(rows("SELECT id FROM sys.requests WHERE started > TIMESTAMP '" + text(before) + "'"))
        .hasSize(1);
  }

  @Test
  void what_a_service_says_of_quotas_is_seen_by_request_and_the_last_of_it_by_source() {
    for (long left = 9; left > 7; left--) {
      Quota quota = new Quota("core", OptionalLong.of(10), left, Optional.empty());
      context()
          .record(
              new RequestReport(
                      CallContext.Purpose.DATA,
                      "crm",
                      "GET",
                      "http://localhost/",
                      1,
                      OptionalInt.of(200),
                      7,
                      Duration.ZERO,
                      Duration.ZERO,
                      Optional.empty())
                  .withQuotas(List.of(quota)));
    }
    assertThat(rows("SELECT quota FROM sys.requests ORDER BY id"))
        .containsExactly("[9 of 10 core left]", "[8 of 10 core left]");
    assertThat(rows("SELECT name, quota FROM sys.sources"))
        .containsExactly("[crm, 8 of 10 core left]", "[erp, null]");
  }

  private static String text(Instant moment) {
    return moment.toString().substring(0, 19).replace('T', ' ');
  }

  @Test
  void statements_are_remembered_with_their_verdict_and_cost() {
    rows("SELECT id FROM crm.accounts");
    StatementOptions two = StatementOptions.DEFAULT.withMaxCalls(1).withOnExceed(OnExceed.PARTIAL);
    try (Result result = engine.query("SELECT name FROM crm.accounts", two)) {
      while (result.next() != null) {}
    }
    assertThatThrownBy(() -> rows("SELECT nam FROM crm.accounts"));
    try (Result result = engine.query("SELECT 7 FROM crm.accounts", StatementOptions.DEFAULT)) {
      result.next();
    }
    rows("EXPLAIN SELECT 8");
    assertThat(
            rows(
                "SELECT id, text, verdict, row_count, calls, pages, reason FROM sys.statements"
                    + " ORDER BY id"))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .isEqualTo("[1, SELECT id FROM crm.accounts, complete, 3, 2, 2, null]"),
            row ->
                assertThat(row)
                    .startsWith("[2, SELECT name FROM crm.accounts, partial, 2, 1, 1, ")
                    .contains("budget of 1 call is used up"),
            row ->
                assertThat(row)
                    .startsWith("[3, SELECT nam FROM crm.accounts, failed, 0, 0, 0, ")
                    .contains("no column 'nam'"),
            row -> assertThat(row).startsWith("[4, SELECT 7 FROM crm.accounts, closed, 1, "),
            row -> assertThat(row).startsWith("[5, EXPLAIN SELECT 8, complete, "),
            row -> assertThat(row).contains(", running, null, 0, 0, null]"));
  }

  @Test
  void a_cancelled_statement_says_so() {
    try (Result result = engine.query("SELECT id FROM crm.accounts", StatementOptions.DEFAULT)) {
      result.next();
      result.cancel();
      assertThatThrownBy(
              () -> {
                while (result.next() != null) {}
              })
          .isInstanceOf(SourceException.class);
    }
    assertThat(rows("SELECT verdict FROM sys.statements WHERE id = 1"))
        .containsExactly("[cancelled]");
  }

  @Test
  void only_the_last_statements_are_kept() {
    for (int i = 0; i < 1_005; i++) {
      engine.query("SELECT " + i, StatementOptions.DEFAULT).close();
    }
    assertThat(rows("SELECT COUNT(*), MIN(id), MAX(id) FROM sys.statements"))
        .containsExactly("[1000, 7, 1006]");
  }

  @Test
  void reading_sys_counts_no_call() {
    try (Result result = engine.query("SELECT * FROM sys.columns", StatementOptions.DEFAULT)) {
      while (result.next() != null) {}
      assertThat(result.costs().calls()).isZero();
      assertThat(result.costs().pages()).isZero();
    }
  }
}
