package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.RowEstimate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private final AdjustableTable accounts =
      new AdjustableTable(
          "accounts",
          List.of(
              Column.of("id", DataType.INTEGER).notNull(),
              Column.of("name", DataType.VARCHAR),
              Column.of("statecode", DataType.INTEGER)),
          List.of());
  private final AdjustableTable runs =
      new AdjustableTable(
          "runs",
          List.of(
              Column.of("runid", DataType.INTEGER).notNull(),
              Column.of("job", DataType.VARCHAR).withTraits(Column.Trait.REQUIRED_FILTER)),
          List.of());
  private final Engine engine =
      new QuireEngine(
          Configuration.of(Map.of("crm", Map.of("type", "fake"))),
          ConnectorContext.system(),
          Map.of("fake", new FakeConnector(new FakeSource("crm", accounts, runs))));

  @AfterEach
  void close() {
    engine.close();
  }

  private String explain(String sql) {
    return engine.explain(sql, StatementOptions.DEFAULT).text();
  }

  @Test
  void shows_the_request_what_is_pushed_and_the_calls_that_a_limit_needs() {
    accounts.withEverything();
    assertThat(
            explain("SELECT name FROM crm.accounts WHERE statecode = 0 ORDER BY name LIMIT 6000"))
        .isEqualTo(
            """
            crm.accounts
              GET fake:accounts?select=name&filter=EQ(statecode,0)&order=name&top=6000
              pushed    columns name · filter statecode = 0 (exact) · order name · limit 6000 (exact)
              residual  none
              calls     2 expected: the limit of 6,000 rows in pages of 5,000
            engine
              Limit 6000
                Scan crm.accounts
            """);
  }

  @Test
  void counts_calls_by_the_sources_own_count() {
    accounts.withEstimate(new RowEstimate(12_001, RowEstimate.Certainty.EXACT, "$count"));
    assertThat(explain("SELECT name FROM accounts WHERE statecode = 0"))
        .contains(
            "  residual  filter statecode = 0\n",
            "  calls     3 expected: 12,001 rows ($count) in pages of 5,000\n");
  }

  @Test
  void takes_the_limit_where_a_count_only_says_at_least() {
    accounts.withEstimate(new RowEstimate(5_000, RowEstimate.Certainty.AT_LEAST, "a capped count"));
    assertThat(explain("SELECT name FROM accounts LIMIT 6000"))
        .contains("  calls     2 expected: the limit of 6,000 rows in pages of 5,000\n");
    assertThat(explain("SELECT name FROM accounts"))
        .contains("  calls     unknown: at least 5,000 rows (a capped count)\n");
  }

  @Test
  void says_whether_the_statement_fits_its_budgets() {
    accounts.withEstimate(new RowEstimate(12_001, RowEstimate.Certainty.EXACT, "$count"));
    StatementOptions options = StatementOptions.DEFAULT.withMaxCalls(2).withMaxBytes(1 << 20);
    assertThat(engine.explain("SELECT name FROM accounts", options).text())
        .endsWith(
            """
            budgets
              calls: 3 expected, 2 allowed: it does not fit
              bytes: 1,048,576 allowed; what the statement will take cannot be told beforehand
            """);
  }

  @Test
  void says_that_calls_cannot_be_told() {
    assertThat(explain("SELECT name FROM accounts"))
        .contains("  calls     unknown: the source does not say how many rows it has\n");
  }

  @Test
  void shows_whose_keys_drive_a_look_up() {
    accounts.withEverything();
    runs.withEverything();
    assertThat(explain("SELECT a.name, r.runid FROM accounts a JOIN runs r ON r.job = a.name"))
        .contains("  keys      job = name of the rows so far, 50 at a time\n")
        .contains("engine\n  Project name, runid\n    Bind join (inner) on job = name\n");
  }

  @Test
  void sends_no_data_request() {
    explain("SELECT name FROM accounts");
    assertThat(accounts.fetched()).isEmpty();
  }

  @Test
  void gives_rows_when_a_statement_asks() {
    try (Result result = engine.query("explain plan for SELECT 1", StatementOptions.DEFAULT)) {
      assertThat(result.columns()).extracting(ResultColumn::name).containsExactly("plan");
      assertThat(result.next()).containsExactly("engine");
    }
  }
}
