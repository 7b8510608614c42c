package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name, score, name FROM crm.accounts ORDER BY name",
        "SELECT *, name FROM crm.accounts ORDER BY name DESC",
        "SELECT a.name, a.name FROM crm.accounts a JOIN crm.contacts c ON c.age = a.score ORDER BY name",
        "SELECT name, name FROM crm.accounts ORDER BY UPPER(name)"
      })
  void orders_by_a_name_that_several_equal_items_have(String sql) {
    assertThat(new Sample().operators(sql))
        .anyMatch(line -> line.contains("Sort by name") || line.contains("Sort by"));
  }

  @Test
  void does_not_choose_between_different_items_of_a_name() {
    Assertions.assertThatThrownBy(
            () -> new Sample().plan("SELECT name AS x, score AS x FROM crm.accounts ORDER BY x"))
        .hasMessageContaining("'x' is ambiguous");
  }

  private final Sample sample = new Sample();

  private DataType type(String expression) {
    return sample.plan("SELECT " + expression + " FROM crm.accounts").columns().get(0).type();
  }

  @Test
  void opens_only_the_sources_that_a_statement_names() {
    sample.plan("SELECT name FROM crm.accounts");
    assertThat(sample.sources.opened).containsOnly("crm");
    assertThat(sample.crm.listed()).isZero();
  }

  @Test
  void finds_names_in_any_case_and_labels_columns_as_the_api_writes_them() {
    assertThat(
            sample
                .plan("SELECT NAME, statecode AS State, count(*) FROM CRM.Accounts GROUP BY 1, 2")
                .columns())
        .extracting(Column::name)
        .containsExactly("name", "State", "count(*)");
  }

  @Test
  void a_column_of_json_is_json_in_the_result_and_text_in_expressions() {
    assertThat(type("extra")).isEqualTo(DataType.JSON);
    assertThat(type("EXTRA AS x, name")).isEqualTo(DataType.JSON);
    assertThat(type("extra || ''")).isEqualTo(DataType.VARCHAR);
    assertThat(type("CAST(extra AS VARCHAR)")).isEqualTo(DataType.VARCHAR);
    assertThat(type("name")).isEqualTo(DataType.varchar(160));
    String sorted =
        "SELECT name, a.extra FROM crm.accounts a WHERE score > 1 ORDER BY name LIMIT 5";
    assertThat(sample.plan(sorted).columns().get(1)).isEqualTo(Column.of("extra", DataType.JSON));
    assertThat(sample.plan("SELECT * FROM crm.accounts").columns())
        .contains(Column.of("extra", DataType.JSON));
    assertThat(sample.plan("VALUES 1").columns()).hasSize(1);
    assertThat(sample.plan("WITH a AS (SELECT extra FROM crm.accounts) SELECT * FROM a").columns())
        .hasSize(1);
    assertThat(sample.plan("SELECT extra FROM crm.accounts UNION ALL SELECT 'x'").columns())
        .containsExactly(Column.of("extra", DataType.VARCHAR));
  }

  @Test
  void sums_of_integers_do_not_wrap_around() {
    assertThat(type("SUM(statecode)")).isEqualTo(DataType.BIGINT);
    assertThat(type("SUM(employees)")).isEqualTo(DataType.decimal(38, 0));
    assertThat(type("SUM(revenue)")).isEqualTo(DataType.DECIMAL);
  }

  @Test
  void averages_of_integers_have_fractions() {
    assertThat(type("AVG(statecode)")).isEqualTo(DataType.DOUBLE);
    assertThat(type("AVG(revenue)")).isEqualTo(DataType.DECIMAL);
  }

  @Test
  void leaves_hidden_columns_out_of_a_star_alone() {
    assertThat(sample.plan("SELECT * FROM crm.accounts").columns())
        .extracting(Column::name)
        .contains("extra")
        .doesNotContain("secret");
    assertThat(sample.plan("SELECT secret FROM crm.accounts").columns()).hasSize(1);
  }
}
