package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameFaultsTest {
  private final Sample sample = new Sample();

  private void fails(String sql, ErrorKind kind, String... texts) {
    assertThatThrownBy(() -> sample.plan(sql))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.getMessage()).contains(texts);
            });
  }

  @Test
  void offers_the_nearest_tables_with_a_caret_under_the_name() {
    fails(
        "SELECT name\nFROM crm.acounts",
        ErrorKind.UNKNOWN_NAME,
        "line 2, column 10: no table 'acounts' in crm. Did you mean 'accounts'?",
        "\n  FROM crm.acounts\n           ^^^^^^^");
  }

  @Test
  void offers_the_nearest_columns() {
    fails(
        "SELECT a.nme FROM crm.accounts a",
        ErrorKind.UNKNOWN_NAME,
        "line 1, column 10: no column 'nme' in a. Did you mean 'name'?",
        "\n  SELECT a.nme FROM crm.accounts a\n           ^^^");
    fails("SELECT nme FROM crm.accounts", ErrorKind.UNKNOWN_NAME, "no column 'nme'");
  }

  @Test
  void offers_the_nearest_sources() {
    fails("SELECT 1 FROM cmr.accounts", ErrorKind.UNKNOWN_NAME, "no source 'cmr'", "'crm'");
    fails("SELECT 1 FROM accounts", ErrorKind.UNKNOWN_NAME, "crm.accounts", "sources: crm, aws");
    fails("SELECT x.name FROM crm.accounts a", ErrorKind.UNKNOWN_NAME, "no table or alias 'x'");
  }

  @Test
  void offers_the_only_source_where_another_is_named() {
    Planner one = new Planner(new FakeSources(sample.crm));
    assertThatThrownBy(
            () -> one.plan("SELECT 1 FROM cmr.accounts", sample.options, Sample.context()))
        .hasMessageContaining("no source 'cmr'. Did you mean 'crm'?");
  }

  @Test
  void text_in_double_quotes_is_pointed_out() {
    fails(
        "SELECT name FROM crm.accounts WHERE name = \"Zz top\"",
        ErrorKind.UNKNOWN_NAME,
        "no column 'Zz top'",
        "text stands in single quotes: 'Zz top'");
  }

  @Test
  void only_one_statement_is_run_and_what_follows_it_may_be_a_comment() {
    assertThat(sample.plan("SELECT 1 AS x; -- the end\n/* or ; not */ ;\n").columns()).hasSize(1);
    assertThat(sample.plan("SELECT ';' AS x -- one; two\n;").columns()).hasSize(1);
    fails(
        "SELECT 1; SELECT 2",
        ErrorKind.SYNTAX,
        "line 1, column 9: the statement ends here; run one statement at a time",
        "\n          ^");
  }

  @Test
  void a_sign_of_no_word_is_shown_whole() {
    fails("SELECT \ud83d\ude00 FROM crm.accounts", ErrorKind.SYNTAX, "read at '\ud83d\ude00'");
    fails("SELECT 'abc FROM crm.accounts", ErrorKind.SYNTAX, "this quote is not closed");
  }

  @Test
  void finds_a_table_without_its_source_when_there_is_only_one() {
    FakeSources one = new FakeSources(sample.crm);
    assertThat(
            new Planner(one)
                .plan("SELECT name FROM accounts", sample.options, Sample.context())
                .columns())
        .hasSize(1);
  }

  @Test
  void finds_a_table_below_another_one() {
    List<Column> columns = List.of(Column.of("parent_accountid", DataType.UUID));
    TableSchema schema = new TableSchema(new TableName("accounts", "contacts"), columns);
    FakeSource crm = new FakeSource("crm", sample.accounts, new AdjustableTable(schema, List.of()));
    FakeSources both = new FakeSources(crm, sample.aws);
    for (String sql :
        List.of(
            "SELECT c.parent_accountid FROM crm.accounts.contacts c",
            "SELECT a.name FROM CRM.Accounts a JOIN CRM.Accounts.CONTACTS c"
                + " ON c.parent_accountid = a.accountid",
            "SELECT c.parent_accountid FROM crm.accounts.contacts c ORDER BY c.parent_accountid",
            "SELECT parent_accountid FROM crm.\"accounts.contacts\"")) {
      assertThat(new Planner(both).plan(sql, sample.options, Sample.context()).columns())
          .hasSize(1);
    }
    assertThat(new Planner(both).table("CRM.accounts.Contacts", Sample.context()).schema())
        .isEqualTo(schema);
    String alone = "SELECT * FROM accounts.contacts";
    Plan plan = new Planner(new FakeSources(crm)).plan(alone, sample.options, Sample.context());
    assertThat(Plans.scans(plan.root()).get(0).target().place()).isEqualTo("crm.accounts.contacts");
    assertThat(both.find("crm").orElseThrow().tables("", Sample.context())).hasSize(1);
    fails(
        "SELECT * FROM crm.accounts.contact",
        ErrorKind.UNKNOWN_NAME,
        "no table 'contact' in crm.accounts");
  }

  @Test
  void a_table_below_another_one_has_its_own_columns_alone() {
    List<Column> columns = List.of(Column.of("parent_accountid", DataType.UUID));
    TableSchema schema = new TableSchema(new TableName("accounts", "contacts"), columns);
    FakeSource crm = new FakeSource("crm", sample.accounts, new AdjustableTable(schema, List.of()));
    Planner planner = new Planner(new FakeSources(crm, sample.aws));
    assertThatThrownBy(
            () ->
                planner.plan(
                    "SELECT c.revenue FROM crm.accounts.contacts c",
                    sample.options,
                    Sample.context()))
        .hasMessageContaining("no column 'revenue' in c")
        .hasMessageNotContaining("Did you mean");
    assertThatThrownBy(
            () ->
                planner.plan(
                    "SELECT crm.accounts.contacts.parent_accountid FROM crm.accounts.contacts",
                    sample.options,
                    Sample.context()))
        .hasMessageContaining("by an alias");
  }

  @Test
  void a_source_that_is_near_no_other_is_a_sentence_of_its_own() {
    fails("SELECT 1 FROM elsewhere.accounts", ErrorKind.UNKNOWN_NAME, "no source 'elsewhere'. The");
  }

  @Test
  void puts_the_caret_right_where_a_word_was_quoted_before() {
    fails(
        "SELECT t.order, nme FROM (SELECT 1 AS order) t",
        ErrorKind.UNKNOWN_NAME,
        "line 1, column 17",
        "                  ^^^");
  }

  @Test
  void puts_the_caret_under_wide_characters() {
    fails("SELECT '東京', nme FROM crm.accounts", ErrorKind.UNKNOWN_NAME, "\u3000\u3000");
  }

  @Test
  void says_where_a_statement_cannot_be_read() {
    fails(
        "SELECT name FORM crm.accounts",
        ErrorKind.SYNTAX,
        "line 1, column 18: the statement cannot be read at 'crm'",
        "                   ^^^");
    fails("SELECT name FROM crm.accounts WHERE", ErrorKind.SYNTAX, "ends too early");
    fails("SELECT name FROM crm.accounts ORDER BY", ErrorKind.SYNTAX, "ends too early");
    fails("  ;", ErrorKind.SYNTAX, "empty");
    fails("SELECT 'a", ErrorKind.SYNTAX, "line 1, column 8");
  }

  @Test
  void does_not_write() {
    fails("INSERT INTO crm.accounts VALUES (1)", ErrorKind.UNSUPPORTED, "Quire reads", "INSERT");
    fails("DELETE FROM crm.accounts", ErrorKind.UNSUPPORTED, "DELETE");
    fails("CREATE TABLE x (y INTEGER)", ErrorKind.UNSUPPORTED, "CREATE TABLE");
  }

  @Test
  void says_what_does_not_fit() {
    fails("SELECT name FROM crm.accounts GROUP BY statecode", ErrorKind.INVALID_STATEMENT, "name");
    fails("SELECT foo(name) FROM crm.accounts", ErrorKind.UNKNOWN_NAME, "no function foo");
    fails("SELECT name FROM crm.accounts LIMIT ?", ErrorKind.INVALID_STATEMENT, "parameter");
  }
}
