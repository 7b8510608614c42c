package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.SourceException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushdownTest {
  private static final String ID = "00000000-0000-0000-0000-000000000001";
  private final Sample sample = new Sample();

  @Test
  void offers_everything_of_one_table_in_one_question() {
    sample.acceptingAll();
    assertThat(
            sample.scans(
                "SELECT name FROM (SELECT * FROM crm.accounts WHERE score > 10) t"
                    + " WHERE statecode = 1 ORDER BY createdon LIMIT 3 OFFSET 2"))
        .containsExactly(
            "accounts?select=name,createdon&filter=GT(score,10.0) and EQ(statecode,1)"
                + "&order=createdon&skip=2&top=3");
    assertThat(sample.accounts.asked()).hasSize(1);
  }

  @Test
  void keeps_everything_as_residual_when_the_source_only_reads() {
    assertThat(
            sample.operators(
                "SELECT name FROM crm.accounts WHERE statecode = 1 ORDER BY createdon LIMIT 3"))
        .containsExactly(
            "Project name",
            "  Sort by createdon, Limit 3",
            "    Project name, createdon",
            "      Filter statecode = 1",
            "        Scan crm.accounts");
  }

  @Test
  void keeps_a_filter_that_only_narrows_and_then_neither_limits_nor_groups() {
    sample.acceptingAll().accounts.withFilters(any -> Fidelity.NARROWING);
    assertThat(sample.operators("SELECT name FROM crm.accounts WHERE name = 'a' LIMIT 3"))
        .containsExactly("Limit 3", "  Filter name = 'a'", "    Scan crm.accounts");
    assertThat(sample.scans("SELECT name FROM crm.accounts WHERE name = 'a' LIMIT 3"))
        .containsExactly("accounts?select=name&filter=EQ(name,a)");
    assertThat(sample.scans("SELECT count(*) FROM crm.accounts WHERE name = 'a'"))
        .containsExactly("accounts?select=name&filter=EQ(name,a)");
  }

  @Test
  void offers_no_limit_and_no_groups_over_a_condition_that_cannot_be_said() {
    sample.acceptingAll();
    assertThat(sample.scans("SELECT name FROM crm.accounts WHERE reverse(name) = 'a' LIMIT 3"))
        .containsExactly("accounts?select=name");
    assertThat(sample.scans("SELECT count(*) FROM crm.accounts WHERE reverse(name) = 'a'"))
        .containsExactly("accounts?select=name");
    assertThat(sample.accounts.asked()).allMatch(asked -> asked.limit().isEmpty());
  }

  @Test
  void always_keeps_the_limit_in_the_engine() {
    sample.acceptingAll();
    assertThat(sample.operators("SELECT name FROM crm.accounts LIMIT 5"))
        .containsExactly("Limit 5", "  Scan crm.accounts");
  }

  @Test
  void does_no_limit_over_an_order_that_the_source_cannot_do() {
    sample.acceptingAll();
    assertThat(sample.scans("SELECT name FROM crm.accounts ORDER BY upper(name) LIMIT 5"))
        .containsExactly("accounts?select=name");
  }

  @Test
  void hands_groups_to_the_source_when_it_takes_them_and_groups_itself_when_not() {
    String sql = "SELECT statecode, sum(revenue), count(*) FROM crm.accounts GROUP BY statecode";
    assertThat(sample.operators(sql))
        .containsExactly("Aggregate sum(revenue), count(*) by statecode", "  Scan crm.accounts");
    sample.acceptingAll();
    assertThat(sample.scans(sql))
        .containsExactly("accounts?apply=groupby(statecode):SUM(revenue),COUNT_ALL");
    assertThat(sample.operators(sql)).containsExactly("Scan crm.accounts");
  }

  @Test
  void counts_rows_over_the_key_alone_when_the_source_cannot_count() {
    assertThat(sample.scans("SELECT count(*) FROM crm.accounts"))
        .containsExactly("accounts?select=accountid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "createdon >= TIMESTAMP '2026-11-01 00:00:00' | GE(createdon,2026-11-01T00:00:00Z)",
        "createdon >= '2026-11-01'                    | GE(createdon,2026-11-01T00:00:00Z)",
        "createdon >= '2026-11-01T00:00:00+09:00'     | GE(createdon,2026-10-31T15:00:00Z)",
        "createdon >= DATE '2026-11-01'               | GE(createdon,2026-11-01T00:00:00Z)",
        "createdon > CURRENT_TIMESTAMP - INTERVAL '1' DAY | GT(createdon,2026-11-21T10:11:12.345678Z)",
        "founded = '2026-01-02'                       | EQ(founded,2026-01-02)",
        "founded >= TIMESTAMP '2026-01-02 00:00:00'   | GE(founded,2026-01-02)",
        "revenue > 3                                  | GT(revenue,3)",
        "revenue > 3.50                               | GT(revenue,3.5)",
        "score > 3                                    | GT(score,3.0)",
        "statecode = '5'                              | EQ(statecode,5)",
        "employees = 7                                | EQ(employees,7)",
        "3 < statecode                                | GT(statecode,3)",
        "statecode IN (1, 2, 2)                       | IN(statecode,1,2)",
        "statecode NOT IN (1, 2)                      | NOT(IN(statecode,1,2))",
        "statecode BETWEEN 1 AND 2                    | GE(statecode,1) and LE(statecode,2)",
        "active                                       | EQ(active,true)",
        "NOT active                                   | EQ(active,false)",
        "active IS TRUE                               | EQ(active,true)",
        "name IS NULL                                 | IS_NULL(name)",
        "name LIKE 'a%'                               | STARTS_WITH(name,a)",
        "name LIKE '%a'                               | ENDS_WITH(name,a)",
        "name LIKE '%a%'                              | CONTAINS(name,a)",
        "name LIKE 'a'                                | EQ(name,a)",
        "name LIKE 'a!%%' ESCAPE '!'                  | STARTS_WITH(name,a%)",
        "name NOT LIKE 'a%'                           | NOT(STARTS_WITH(name,a))",
        "statecode = 1 OR name = 'x'                  | OR(EQ(statecode,1),EQ(name,x))",
        "name = '東京'                                 | EQ(name,東京)",
        "name = 'a '                                  | EQ(name,a )",
        "\"address.city\" = 'Bonn'                    | EQ(address.city,Bonn)",
        "address.city = 'Bonn'                        | EQ(address.city,Bonn)",
        "year(createdon) = 2026                       | GE(createdon,2026-01-01T00:00:00Z) and LT(createdon,2027-01-01T00:00:00Z)",
        "extract(year from founded) <> 2026           | OR(LT(founded,2026-01-01),GE(founded,2027-01-01))",
        "2026 < year(createdon)                       | GE(createdon,2027-01-01T00:00:00Z)",
        "year(createdon) < 2026                       | LT(createdon,2026-01-01T00:00:00Z)",
        "year(createdon) >= 2026                      | GE(createdon,2026-01-01T00:00:00Z)",
        "cast(createdon AS DATE) <= DATE '2026-01-01' | LT(createdon,2026-01-02T00:00:00Z)",
        "cast(createdon AS DATE) = DATE '2026-01-31'  | GE(createdon,2026-01-31T00:00:00Z) and LT(createdon,2026-02-01T00:00:00Z)",
        "floor(createdon TO MONTH) > TIMESTAMP '2026-01-15 00:00:00' | GE(createdon,2026-02-01T00:00:00Z)",
        "floor(createdon TO HOUR) = TIMESTAMP '2026-01-15 07:00:00' | GE(createdon,2026-01-15T07:00:00Z) and LT(createdon,2026-01-15T08:00:00Z)",
        "floor(revenue) = 5                           | GE(revenue,5) and LT(revenue,6)",
        "floor(score) <= 2.5                          | LT(score,3.0)",
        "upper(name) = 'A'                            | EQ(UPPER(name),A)",
        "lower(name) LIKE 'a%'                        | STARTS_WITH(LOWER(name),a)",
        "month(createdon) IN (5, 6)                   | IN(MONTH(createdon),5,6)",
        "mod(statecode, 10) = 3                       | EQ(MOD(statecode,10),3)",
        "statecode < 5.5                              | LT(statecode,6)",
        "statecode + 1 = 5                            | EQ(statecode,4)",
        "10 - statecode * 3 > 2                       | LT(statecode,3)",
        "-statecode <= -3                             | GE(statecode,3)",
        "statecode * 2 IN (4, 6)                      | IN(statecode,2,3)",
        "revenue * -0.5 + 1 < 2.5                     | GT(revenue,-3)",
        "statecode / 3 = 2                            | GE(statecode,6) and LT(statecode,9)",
        "statecode / 3 = 0                            | GT(statecode,-3) and LT(statecode,3)",
        "ceil(revenue) = 5                            | GT(revenue,4) and LE(revenue,5)",
        "round(revenue, 1) >= 2.5                     | GE(revenue,2.45)",
        "round(revenue) = 0                           | GT(revenue,-0.5) and LT(revenue,0.5)",
        "truncate(score) < 3                          | LT(score,3.0)",
        "substring(name, 1, 3) = 'abc'                | STARTS_WITH(name,abc)",
        "left(name, 3) <> 'abc'                       | NOT(STARTS_WITH(name,abc))",
        "right(name, 4) = 'abc'                       | EQ(name,abc)",
        "position('a' IN name) > 0                    | CONTAINS(name,a)",
        "position('a' IN name) = 0                    | NOT(CONTAINS(name,a))",
        "position('a' IN name) = 1                    | STARTS_WITH(name,a)",
        "char_length(name) > 0                        | NE(name,)",
        "length(name) <= 20                           | LE(LENGTH(name),20)",
        "trim(name) LIKE 'a%'                         | STARTS_WITH(TRIM(name),a)",
      })
  void says_conditions_in_the_type_of_the_column(String condition, String pushed) {
    sample.acceptingAll();
    assertThat(sample.scans("SELECT name FROM crm.accounts WHERE " + condition))
        .containsExactly("accounts?select=name&filter=" + pushed);
  }

  @Test
  void compares_identifiers_with_texts() {
    sample.acceptingAll();
    assertThat(sample.scans("SELECT name FROM crm.accounts WHERE accountid = '" + ID + "'"))
        .containsExactly("accounts?select=name&filter=EQ(accountid," + ID + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "statecode = 5.5",
        "statecode + employees > 3",
        "statecode * 0 = 0",
        "revenue * 3 > 1",
        "revenue / 3 > 1",
        "score + 1 > 3",
        "substring(name, 1, 0) = ''",
        "position('' IN name) = 1",
        "trim(LEADING FROM name) = 'a'",
        "name ILIKE 'a%'",
        "name LIKE '_a'",
        "reverse(name) = 'A'",
        "mod(employees, 0) = 1",
        "upper(name) = name",
        "statecode = employees",
        "floor(employees / 2) = 3",
        "year(createdon) = 9999",
        "name > statecode",
        "extra = 'x'"
      })
  void leaves_to_the_engine_what_cannot_be_said_exactly(String condition) {
    sample.acceptingAll();
    sample.plan("SELECT name FROM crm.accounts WHERE " + condition);
    assertThat(sample.accounts.asked().get(0).filters()).isEmpty();
  }

  @Test
  void offers_texts_one_after_the_other() {
    sample.acceptingAll();
    assertThat(
            sample.scans(
                "SELECT name FROM crm.accounts WHERE name || ' ' || address.city IN ('a b', 'c')"))
        .containsExactly("accounts?select=name&filter=IN(CONCAT(name, ,address.city),a b,c)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "substring(name, 3, 1) = 'a'",
        "substring(name, 2) = 'a'",
        "substring(name, 1, 0) = 'a'",
        "position('a' IN name) = 2",
        "position('a' IN name) >= 2"
      })
  void narrows_by_a_part_whose_place_is_checked_here(String condition) {
    sample.acceptingAll();
    String sql = "SELECT name FROM crm.accounts WHERE " + condition + " LIMIT 2";
    assertThat(sample.scans(sql)).containsExactly("accounts?select=name&filter=CONTAINS(name,a)");
    assertThat(sample.operators(sql)).hasSize(3);
  }

  @Test
  void narrows_by_the_beginning_of_a_pattern_and_checks_the_rest() {
    sample.acceptingAll();
    String sql = "SELECT name FROM crm.accounts WHERE name LIKE 'abc%d_' LIMIT 2";
    assertThat(sample.scans(sql))
        .containsExactly("accounts?select=name&filter=STARTS_WITH(name,abc)");
    assertThat(sample.operators(sql))
        .containsExactly("Limit 2", "  Filter name LIKE 'abc%d_'", "    Scan crm.accounts");
  }

  @Test
  void asks_nothing_when_no_row_can_pass() {
    assertThat(sample.operators("SELECT name FROM crm.accounts WHERE 1 = 0"))
        .containsExactly("Values, 0 rows");
    assertThat(sample.accounts.asked()).isEmpty();
  }

  @Test
  void refuses_a_text_that_is_no_date_before_anything_is_sent() {
    assertThatThrownBy(
            () -> sample.plan("SELECT name FROM crm.accounts WHERE createdon > 'yesterday'"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE));
  }

  @Test
  void offers_columns_alone_when_pushdown_is_off_or_was_refused() {
    sample.acceptingAll();
    sample.options = PlanOptions.at(Sample.NOW).withPushdown(false);
    String sql = "SELECT name FROM crm.accounts WHERE statecode = 1 LIMIT 5";
    assertThat(sample.scans(sql)).containsExactly("accounts?select=name,statecode");
    sample.options =
        PlanOptions.at(Sample.NOW)
            .withRefused(Refusals.NONE.with("crm.accounts", false).orElseThrow());
    assertThat(sample.scans(sql)).containsExactly("accounts?select=name,statecode");
  }

  @Test
  void a_refused_group_leaves_the_filters_with_the_source_and_a_second_refusal_takes_them() {
    sample.acceptingAll();
    String sql = "SELECT sum(employees) FROM crm.accounts WHERE statecode = 1";
    Refusals once = Refusals.NONE.with("crm.accounts", true).orElseThrow();
    sample.options = PlanOptions.at(Sample.NOW).withRefused(once);
    assertThat(sample.scans(sql))
        .containsExactly("accounts?select=employees&filter=EQ(statecode,1)");
    Refusals twice = once.with("crm.accounts", false).orElseThrow();
    sample.options = PlanOptions.at(Sample.NOW).withRefused(twice);
    assertThat(sample.scans(sql)).containsExactly("accounts?select=statecode,employees");
    assertThat(twice.with("crm.accounts", false)).isEmpty();
  }

  @Test
  void an_average_is_asked_for_as_a_sum_and_a_count_and_divided_here() {
    sample.acceptingAll();
    String sql = "SELECT statecode, avg(employees), sum(employees) FROM crm.accounts GROUP BY 1";
    assertThat(sample.scans(sql))
        .containsExactly("accounts?apply=groupby(statecode):SUM(employees),COUNT(employees)");
    assertThat(sample.operators(sql)).hasSize(2);
    assertThat(sample.scans("SELECT avg(revenue) FROM crm.accounts"))
        .as("digits that nobody declared")
        .containsExactly("accounts?select=revenue");
  }

  @Test
  void a_column_that_is_grouped_by_twice_is_asked_for_once() {
    sample.acceptingAll();
    String sql =
        "SELECT a, b, count(*) FROM (SELECT statecode AS a, statecode AS b FROM crm.accounts)"
            + " GROUP BY a, b";
    assertThat(sample.scans(sql)).containsExactly("accounts?apply=groupby(statecode):COUNT_ALL");
    assertThat(sample.operators(sql)).hasSize(2);
  }

  @Test
  void passes_the_wanted_page_size_on() {
    sample.options = PlanOptions.at(Sample.NOW).withPageSize(OptionalInt.of(7));
    sample.plan("SELECT name FROM crm.accounts");
    assertThat(sample.accounts.asked().get(0).pageSize()).hasValue(7);
  }

  @Test
  void never_offers_a_placeholder_outside_look_ups() {
    sample.acceptingAll();
    sample.plan("SELECT name FROM crm.accounts WHERE statecode = 1");
    assertThat(sample.accounts.asked())
        .noneMatch(
            asked ->
                asked.filters().toString().contains(Expression.Placeholder.class.getSimpleName()));
  }

  @Test
  void copies_a_limit_into_the_branches_of_a_union_and_the_kept_side_of_a_join() {
    sample.acceptingAll();
    assertThat(
            sample.scans(
                "SELECT name FROM crm.accounts UNION ALL SELECT fullname FROM crm.contacts"
                    + " LIMIT 7 OFFSET 3"))
        .containsExactly("accounts?select=name&top=10", "contacts?select=fullname&top=10");
    assertThat(
            sample.scans(
                "SELECT a.name, c.fullname FROM crm.accounts a"
                    + " LEFT JOIN crm.contacts c ON c.parentid = a.accountid"
                    + " WHERE a.statecode = 1 ORDER BY a.name LIMIT 5"))
        .first()
        .isEqualTo("accounts?select=accountid,name&filter=EQ(statecode,1)&order=name&top=5");
  }

  @Test
  void reads_only_the_columns_of_a_join_that_are_needed() {
    sample.acceptingAll();
    assertThat(
            sample.scans(
                "SELECT a.name FROM crm.accounts a JOIN crm.contacts c"
                    + " ON c.parentid = a.accountid WHERE c.age > 3 AND a.statecode = 1"))
        .containsExactly(
            "accounts?select=accountid,name&filter=EQ(statecode,1)",
            "contacts?select=parentid&filter=GT(age,3)");
  }

  @Test
  void pushes_filters_through_a_common_table_expression_used_twice() {
    sample.acceptingAll();
    assertThat(
            sample.scans(
                "WITH x AS (SELECT name, statecode FROM crm.accounts WHERE active)"
                    + " SELECT a.name FROM x a JOIN x b ON a.name = b.name WHERE b.statecode = 3"))
        .containsExactly(
            "accounts?select=name&filter=EQ(active,true)",
            "accounts?select=name&filter=EQ(active,true) and EQ(statecode,3)");
  }
}
