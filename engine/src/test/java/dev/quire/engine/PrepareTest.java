package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements whose types are asked for, and names that are looked up in a given schema. */
class PrepareTest {
  private final AdjustableTable accounts =
      new AdjustableTable(
          "accounts",
          List.of(
              Column.of("id", DataType.INTEGER).notNull(),
              Column.of("name", DataType.varchar(40)),
              Column.of("due", DataType.TIMESTAMP_TZ)),
          List.<Object[]>of(new Object[] {1, "one", null}));
  private final Engine engine =
      new QuireEngine(
          Configuration.of(Map.of("crm", Map.of("type", "fake"), "other", Map.of("type", "fake"))),
          ConnectorContext.system(),
          Map.of(
              "fake", new FakeConnector(new FakeSource("crm", accounts), new FakeSource("other"))));

  @AfterEach
  void close() {
    engine.close();
  }

  private PreparedQuery prepare(String sql) {
    return engine.prepare(sql, StatementOptions.DEFAULT);
  }

  @Test
  void tells_columns_and_parameters_without_reading_a_row() {
    PreparedQuery prepared =
        prepare("SELECT id, name AS called, id + 1 FROM crm.accounts WHERE id = ? AND due < ?");

    assertThat(prepared.columns())
        .containsExactly(
            new ResultColumn("id", DataType.INTEGER, false),
            new ResultColumn("called", DataType.varchar(40), true),
            new ResultColumn("id + 1", DataType.INTEGER, false));
    assertThat(prepared.parameters()).containsExactly(DataType.INTEGER, DataType.TIMESTAMP_TZ);
  }

  @Test
  void tells_the_parameters_of_a_limit_and_of_a_list() {
    assertThat(
            prepare("SELECT id FROM crm.accounts WHERE id IN (?, ?) AND name LIKE ? LIMIT ?")
                .parameters())
        .hasSize(4)
        .startsWith(DataType.INTEGER, DataType.INTEGER);
  }

  @Test
  void takes_a_parameter_that_nothing_tells_the_type_of_for_text() {
    PreparedQuery prepared = prepare("SELECT ?, id FROM crm.accounts");
    assertThat(prepared.parameters()).containsExactly(DataType.VARCHAR);
    assertThat(prepared.columns()).hasSize(2);
  }

  @Test
  void an_explanation_has_one_column_of_text() {
    assertThat(prepare("EXPLAIN SELECT id FROM crm.accounts").columns())
        .containsExactly(new ResultColumn("plan", DataType.VARCHAR, false));
  }

  @Test
  void finds_the_same_faults_as_a_run() {
    assertThatThrownBy(() -> prepare("SELECT nme FROM crm.accounts WHERE id = ?"))
        .isInstanceOfSatisfying(
            SourceException.class,
            fault -> {
              assertThat(fault.kind()).isEqualTo(ErrorKind.UNKNOWN_NAME);
              assertThat(fault).hasMessageContaining("Did you mean 'name'?");
            });
  }

  @Test
  void a_table_without_a_schema_is_looked_for_in_the_given_one() {
    StatementOptions options = StatementOptions.DEFAULT.withSchema("crm");
    try (Result result = engine.query("SELECT id FROM accounts", options)) {
      assertThat(Arrays.toString(result.next())).isEqualTo("[1]");
    }
    assertThatThrownBy(() -> engine.query("SELECT id FROM accounts", StatementOptions.DEFAULT))
        .hasMessageContaining("a table is written with its source");
  }

  @Test
  void a_limit_from_outside_is_as_one_in_the_text() {
    StatementOptions two = StatementOptions.DEFAULT.withMaxRows(2);
    for (String rows :
        List.of("VALUES 1, 2, 3", "SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY x")) {
      assertThat(drain(engine.query(rows, two))).as(rows).isEqualTo("[1] [2]");
    }
    assertThat(
            drain(engine.query("SELECT x FROM (VALUES 1, 2, 3) AS t(x) ORDER BY x LIMIT 1", two)))
        .isEqualTo("[1]");
    assertThat(
            drain(
                engine.query("SELECT x FROM (VALUES 1, 2, 3, 4) AS t(x) ORDER BY x OFFSET 1", two)))
        .isEqualTo("[2] [3]");
  }

  private static String drain(Result result) {
    List<String> rows = new ArrayList<>();
    try (result) {
      for (Object[] row = result.next(); row != null; row = result.next()) {
        rows.add(Arrays.toString(row));
      }
    }
    return String.join(" ", rows);
  }

  @Test
  void a_namespace_is_also_found_by_its_name_with_the_source_in_one_pair_of_quotes() {
    try (Engine aws =
        new QuireEngine(
            Configuration.of(Map.of("aws", Map.of("type", "spaces"))),
            ConnectorContext.system(),
            Map.of("spaces", new Spaces(accounts)))) {
      for (String table :
          List.of("aws.glue.accounts", "\"aws\".\"glue\".accounts", "\"aws.glue\".\"accounts\"")) {
        try (Result result = aws.query("SELECT id FROM " + table, StatementOptions.DEFAULT)) {
          assertThat(Arrays.toString(result.next())).as(table).isEqualTo("[1]");
        }
      }
      StatementOptions glue = StatementOptions.DEFAULT.withSchema("aws.glue");
      try (Result result = aws.query("SELECT id FROM accounts", glue)) {
        assertThat(Arrays.toString(result.next())).isEqualTo("[1]");
      }
      assertThatThrownBy(() -> aws.query("SELECT id FROM acounts", glue))
          .hasMessageContaining("no table 'acounts' in aws.glue. Did you mean 'accounts'?");
    }
  }

  /** A connector whose one source keeps its table in the namespace {@code glue}. */
  private record Spaces(AdjustableTable table) implements Connector {
    @Override
    public String type() {
      return "spaces";
    }

    @Override
    public List<Property> properties() {
      return List.of();
    }

    @Override
    public Source open(SourceConfig config, ConnectorContext context) {
      FakeSource plain = new FakeSource(config.name(), table);
      return new Source() {
        @Override
        public String name() {
          return plain.name();
        }

        @Override
        public List<String> namespaces() {
          return List.of("glue");
        }

        @Override
        public List<TableName> tables(String namespace, CallContext call) {
          return namespace.equals("glue") ? plain.tables("", call) : List.of();
        }

        @Override
        public Optional<Table> findTable(TableName name, CallContext call) {
          return name.namespace().equals("glue")
              ? plain.findTable(TableName.of(name.name()), call)
              : Optional.empty();
        }

        @Override
        public void close() {}
      };
    }
  }
}
