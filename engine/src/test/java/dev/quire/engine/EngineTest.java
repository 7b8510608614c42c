package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.OnExceed;
import dev.quire.chain.Verdict;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
  private final AdjustableTable accounts =
      new AdjustableTable(
              "accounts",
              List.of(
                  Column.of("id", DataType.INTEGER).notNull(),
                  Column.of("name", DataType.VARCHAR),
                  Column.of("statecode", DataType.INTEGER)),
              rows(12))
          .withPageSize(5);
  private final FakeConnector connector =
      new FakeConnector(new FakeSource("crm", accounts), new FakeSource("other"));
  private final Engine engine =
      new QuireEngine(
          Configuration.of(Map.of("crm", Map.of("type", "fake"), "other", Map.of("type", "fake"))),
          ConnectorContext.system(),
          Map.of("fake", connector));

  @AfterEach
  void close() {
    engine.close();
  }

  private static List<Object[]> rows(int count) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Object[] {i, "name " + i, i % 2});
    }
    return rows;
  }

  private static String drain(Result result) {
    List<String> rows = new ArrayList<>();
    for (Object[] row = result.next(); row != null; row = result.next()) {
      rows.add(Arrays.toString(row));
    }
    return String.join(" ", rows);
  }

  private String run(String sql) {
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      return drain(result);
    }
  }

  @Test
  void gives_all_rows_of_all_pages_with_a_verdict() {
    try (Result result =
        engine.query(
            "SELECT name FROM crm.accounts WHERE statecode = 1", StatementOptions.DEFAULT)) {
      assertThat(result.verdict().complete()).isFalse();
      assertThat(drain(result)).isEqualTo("[name 1] [name 3] [name 5] [name 7] [name 9] [name 11]");
      assertThat(result.verdict()).isEqualTo(Verdict.COMPLETE);
      assertThat(result.rows()).isEqualTo(6);
      assertThat(result.costs().calls()).isEqualTo(3);
    }
  }

  @Test
  void tells_how_far_it_is_where_a_limit_says_how_many_rows_there_will_be() {
    try (Result result =
        engine.query("SELECT name FROM crm.accounts LIMIT 10", StatementOptions.DEFAULT)) {
      assertThat(result.progress().share()).isEmpty();
      result.next();
      assertThat(result.progress().rowsRead()).isEqualTo(5);
      assertThat(result.progress().share()).hasValue(0.5);
      drain(result);
      assertThat(result.progress().share()).hasValue(1);
      assertThat(result.progress().costs().pages()).isEqualTo(2);
    }
  }

  @Test
  void does_not_guess_how_far_it_is() {
    for (String sql :
        List.of(
            "SELECT name FROM crm.accounts",
            "SELECT name FROM crm.accounts WHERE name LIKE '%1' LIMIT 10",
            "SELECT name FROM crm.accounts ORDER BY name LIMIT 10",
            "SELECT name FROM crm.accounts UNION ALL SELECT name FROM crm.accounts LIMIT 10")) {
      try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
        result.next();
        assertThat(result.progress().share()).as(sql).isEmpty();
        assertThat(result.progress().rowsRead()).as(sql).isPositive();
      }
    }
  }

  @Test
  void opens_a_source_when_a_statement_names_it() {
    assertThat(connector.opened()).isEmpty();
    run("SELECT 1");
    assertThat(connector.opened()).isEmpty();
    run("SELECT id FROM crm.accounts LIMIT 1");
    assertThat(connector.opened()).containsExactly("crm");
  }

  @Test
  void ends_at_the_budget_with_a_partial_verdict_when_asked_to() {
    StatementOptions options =
        StatementOptions.DEFAULT.withMaxCalls(2).withOnExceed(OnExceed.PARTIAL);
    try (Result result = engine.query("SELECT id FROM crm.accounts", options)) {
      drain(result);
      assertThat(result.rows()).isEqualTo(10);
      assertThat(result.verdict().complete()).isFalse();
      assertThat(result.verdict().reason().orElseThrow()).contains("2 calls");
    }
  }

  @Test
  void rows_of_a_join_so_far_are_a_partial_result() {
    StatementOptions options =
        StatementOptions.DEFAULT.withMaxCalls(4).withOnExceed(OnExceed.PARTIAL);
    for (String join : List.of("JOIN", "LEFT JOIN")) {
      try (Result result =
          engine.query(
              "SELECT a.id FROM crm.accounts a " + join + " crm.accounts b ON a.id = b.id",
              options)) {
        assertThat(drain(result)).isEqualTo("[0] [1] [2] [3] [4]");
        assertThat(result.verdict().complete()).isFalse();
      }
    }
    try (Result distinct =
        engine.query("SELECT DISTINCT statecode FROM crm.accounts", options.withMaxCalls(1))) {
      assertThat(drain(distinct)).isEqualTo("[0] [1]");
      assertThat(distinct.verdict().complete()).isFalse();
    }
  }

  @Test
  void rows_that_came_out_of_a_join_with_groups_are_kept() {
    StatementOptions options =
        StatementOptions.DEFAULT.withMaxCalls(4).withOnExceed(OnExceed.PARTIAL);
    try (Result result =
        engine.query(
            "SELECT a.id, g.n FROM crm.accounts a JOIN"
                + " (SELECT statecode, COUNT(*) AS n FROM crm.accounts GROUP BY statecode) g"
                + " ON a.statecode = g.statecode",
            options)) {
      assertThat(drain(result)).isEqualTo("[0, 6] [1, 6] [2, 6] [3, 6] [4, 6]");
      assertThat(result.verdict().complete()).isFalse();
    }
  }

  @Test
  void no_part_of_a_group_is_a_result() {
    StatementOptions options =
        StatementOptions.DEFAULT.withMaxCalls(2).withOnExceed(OnExceed.PARTIAL);
    for (String sql :
        List.of(
            "SELECT COUNT(*) FROM crm.accounts",
            "SELECT id FROM crm.accounts ORDER BY name",
            "SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM crm.accounts")) {
      assertThatThrownBy(() -> drain(engine.query(sql, options)))
          .hasMessageContaining("must read all rows before it gives the first");
    }
  }

  @Test
  void fails_at_the_budget_by_default_and_always_where_a_part_would_be_wrong() {
    StatementOptions error = StatementOptions.DEFAULT.withMaxCalls(2);
    assertThatThrownBy(() -> drain(engine.query("SELECT id FROM crm.accounts", error)))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BUDGET_EXCEEDED));
  }

  @Test
  void starts_again_without_what_a_source_declines_at_run_time() {
    accounts.withEverything();
    accounts.failingOnce(
        new SourceException(ErrorKind.PUSHDOWN_REFUSED, "the service cannot filter"));
    try (Result result =
        engine.query("SELECT id FROM crm.accounts WHERE id > 9", StatementOptions.DEFAULT)) {
      assertThat(drain(result)).isEqualTo("[10] [11]");
      assertThat(result.warnings())
          .singleElement()
          .asString()
          .contains("crm.accounts", "cannot filter");
    }
  }

  @Test
  void constants_among_unbounded_decimals_have_the_digits_they_were_written_with() {
    AdjustableTable prices =
        new AdjustableTable(
            "prices",
            List.of(Column.of("price", DataType.DECIMAL)),
            List.of(
                new Object[] {new java.math.BigDecimal("1.50")},
                new Object[] {new java.math.BigDecimal("0.1234567890123456789")}));
    Engine shop =
        new QuireEngine(
            Configuration.of(Map.of("shop", Map.of("type", "fake"))),
            ConnectorContext.system(),
            Map.of("fake", new FakeConnector(new FakeSource("shop", prices))));
    try (Result result =
        shop.query(
            "SELECT price, CASE WHEN price > 1 THEN price ELSE 0 END, price + 1 FROM prices",
            StatementOptions.DEFAULT)) {
      assertThat(drain(result))
          .isEqualTo("[1.50, 1.50, 2.50] [0.1234567890123456789, 0, 1.1234567890123456789]");
    }
    shop.close();
  }

  @Test
  void cancels() {
    try (Result result = engine.query("SELECT id FROM crm.accounts", StatementOptions.DEFAULT)) {
      result.next();
      result.cancel();
      assertThatThrownBy(() -> drain(result))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    }
  }

  @Test
  void refuses_unknown_keys_and_types_with_the_nearest() {
    Engine wrong =
        new QuireEngine(
            Configuration.of(
                Map.of(
                    "crm", Map.of("type", "fake", "ulr", "http://x"),
                    "other", Map.of("type", "fakee"))),
            ConnectorContext.system(),
            Map.of("fake", connector));
    assertThatThrownBy(() -> wrong.source("crm"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("sources.crm.ulr")
        .hasMessageContaining("Did you mean 'url'?");
    assertThatThrownBy(() -> wrong.source("other")).hasMessageContaining("Did you mean 'fake'?");
    assertThatThrownBy(() -> wrong.source("crn")).hasMessageContaining("Did you mean 'crm'?");
    wrong.close();
  }

  @Test
  void finds_a_table_by_its_qualified_name() {
    assertThat(engine.table("CRM.\"Accounts\"", engine.newContext(StatementOptions.DEFAULT)))
        .isSameAs(accounts);
    assertThatThrownBy(
            () -> engine.table("crm.acounts", engine.newContext(StatementOptions.DEFAULT)))
        .hasMessageContaining("no table 'acounts' in crm. Did you mean 'accounts'?");
  }

  @Test
  void passes_parameters_as_typed_constants() {
    StatementOptions options = StatementOptions.DEFAULT.withParameters(List.of("name 3", 1));
    try (Result result =
        engine.query("SELECT id FROM crm.accounts WHERE name = ? LIMIT ?", options)) {
      assertThat(drain(result)).isEqualTo("[3]");
    }
  }
}
