package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.SourceException;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

class BindJoinTest {
  private final Sample sample = new Sample().acceptingAll();

  private String top(String sql) {
    return String.join("\n", sample.operators(sql));
  }

  @Test
  void looks_a_table_up_by_the_keys_that_it_requires_on_either_side() {
    assertThat(
            top(
                "SELECT a.name, r.Id FROM crm.accounts a"
                    + " JOIN aws.get_job_runs r ON r.JobName = a.name"))
        .contains("Bind join (inner) on JobName = name");
    assertThat(
            top(
                "SELECT a.name, r.Id FROM aws.get_job_runs r, crm.accounts a"
                    + " WHERE r.JobName = a.name AND a.statecode = 1"))
        .contains("Bind join (inner) on JobName = name");
  }

  @Test
  void keeps_rows_without_a_match_in_a_left_join() {
    assertThat(
            top(
                "SELECT a.name, r.Id FROM crm.accounts a LEFT JOIN aws.get_job_runs r"
                    + " ON r.JobName = a.name AND r.StartedOn > a.createdon"))
        .contains("Bind join (left) on JobName = name AND StartedOn > createdon");
  }

  @Test
  void says_what_a_required_column_needs() {
    assertThatThrownBy(() -> sample.plan("SELECT * FROM aws.get_job_runs"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_STATEMENT))
        .hasMessageContaining("aws.get_job_runs")
        .hasMessageContaining("WHERE JobName = '…'")
        .hasMessageContaining("JOIN");
  }

  @Test
  void needs_no_join_when_the_statement_gives_the_value_itself() {
    assertThat(sample.scans("SELECT Id FROM aws.get_job_runs WHERE JobName IN ('a', 'b')"))
        .containsExactly("get_job_runs?select=Id&filter=IN(JobName,a,b)");
  }

  @Test
  void takes_one_key_at_a_time_where_the_source_takes_no_list() {
    sample.runs.withFilters(
        filter ->
            filter instanceof Expression.Call call && call.function() == Expression.Function.EQ
                ? Fidelity.EXACT
                : Fidelity.NONE);
    Plan plan =
        sample.plan(
            "SELECT r.JobName, r.Id FROM crm.accounts a"
                + " JOIN aws.get_job_runs r ON r.JobName = a.name");
    assertThat(find(plan.root()).batchSize()).isEqualTo(1);
  }

  @Test
  void halves_the_keys_of_a_look_up_until_the_source_takes_them() {
    sample.contacts.withFilters(
        filter ->
            filter instanceof Expression.Call call && call.arguments().size() <= 16
                ? Fidelity.EXACT
                : Fidelity.NONE);
    Plan few =
        sample.plan(
            "SELECT c.fullname FROM (SELECT * FROM crm.accounts LIMIT 5) a"
                + " JOIN crm.contacts c ON c.parentid = a.accountid");
    assertThat(find(few.root()).batchSize()).isEqualTo(12);
  }

  @Test
  void many_small_look_ups_are_left_to_the_join_that_decides_while_it_runs() {
    sample.contacts.withFilters(
        filter ->
            filter instanceof Expression.Call call && call.arguments().size() <= 4
                ? Fidelity.EXACT
                : Fidelity.NONE);
    assertThat(
            top(
                "SELECT c.fullname FROM (SELECT * FROM crm.accounts LIMIT 40) a"
                    + " JOIN crm.contacts c ON c.parentid = a.accountid"))
        .doesNotContain("Bind join");
    RelNode root =
        sample
            .plan(
                "SELECT c.fullname FROM (SELECT * FROM crm.accounts LIMIT 40) a"
                    + " JOIN crm.contacts c ON c.parentid = a.accountid")
            .root();
    assertThat(findAdaptive(root).ways().mostKeys()).isEqualTo(12);
    assertThat(findAdaptive(root).ways().lookup().batchSize()).isEqualTo(3);
  }

  private static AdaptiveJoinRel findAdaptive(RelNode node) {
    return node instanceof AdaptiveJoinRel join ? join : findAdaptive(node.getInput(0));
  }

  private static BindJoinRel find(RelNode node) {
    return node instanceof BindJoinRel join ? join : find(node.getInput(0));
  }

  @Test
  void looks_up_when_the_other_side_has_a_small_limit_or_is_found_by_its_key() {
    assertThat(
            top(
                "SELECT a.name, c.fullname FROM (SELECT * FROM crm.accounts LIMIT 5) a"
                    + " JOIN crm.contacts c ON c.parentid = a.accountid"))
        .contains("Bind join (inner)");
    assertThat(
            top(
                "SELECT a.name, c.fullname FROM crm.contacts c JOIN crm.accounts a"
                    + " ON c.parentid = a.accountid"
                    + " WHERE a.accountid = '00000000-0000-0000-0000-000000000001'"))
        .contains("Bind join (inner)");
    assertThat(
            top(
                "SELECT a.name FROM crm.accounts a LEFT JOIN crm.contacts c"
                    + " ON c.parentid = a.accountid LIMIT 5"))
        .contains("Bind join (left)");
    assertThat(
            top(
                "SELECT a.name FROM (VALUES ('x'), ('y')) v(n) JOIN crm.accounts a ON a.name = v.n"))
        .contains("Bind join (inner)");
  }

  @Test
  void whole_numbers_of_any_size_are_keys_for_one_another() {
    assertThat(
            top(
                "SELECT a.name FROM (SELECT * FROM crm.contacts LIMIT 5) c"
                    + " JOIN crm.accounts a ON a.employees = c.age"))
        .contains("Bind join (inner) on employees = age");
  }

  @Test
  void never_looks_up_between_two_full_reads() {
    assertThat(
            top(
                "SELECT a.name FROM crm.accounts a JOIN crm.contacts c"
                    + " ON c.parentid = a.accountid LIMIT 5"))
        .doesNotContain("Bind join");
  }

  @Test
  void looks_up_for_a_subquery_in_both_directions() {
    assertThat(
            top(
                "SELECT name FROM crm.accounts WHERE accountid IN"
                    + " (SELECT parentid FROM crm.contacts WHERE age > 3 LIMIT 10)"))
        .contains("Bind join (inner) on accountid = parentid");
    assertThat(
            top(
                "SELECT name FROM (SELECT * FROM crm.accounts LIMIT 5) a WHERE EXISTS"
                    + " (SELECT 1 FROM crm.contacts c WHERE c.parentid = a.accountid)"))
        .contains("Bind join (semi)");
    assertThat(
            top(
                "SELECT name FROM crm.accounts a WHERE EXISTS"
                    + " (SELECT 1 FROM crm.contacts c WHERE c.parentid = a.accountid)"))
        .contains("Join (semi)")
        .doesNotContain("Bind");
  }

  @Test
  void checks_conditions_on_the_looked_up_rows_again_unless_the_source_does_them() {
    assertThat(
            top(
                "SELECT a.name, c.fullname FROM (SELECT * FROM crm.accounts LIMIT 5) a"
                    + " LEFT JOIN crm.contacts c ON c.parentid = a.accountid"
                    + " AND REVERSE(c.fullname) > 'B' AND c.age = 3"))
        .contains("Bind join (left) on parentid = accountid AND REVERSE(fullname) > 'B'")
        .doesNotContain("age");
  }

  @Test
  void chains_look_ups() {
    assertThat(
            top(
                "SELECT a.name, r.Id FROM crm.accounts a, crm.contacts c, aws.get_job_runs r"
                    + " WHERE a.accountid = c.parentid AND r.JobName = c.fullname"
                    + " AND a.accountid = '00000000-0000-0000-0000-000000000001'"))
        .contains("Bind join (inner) on JobName = fullname")
        .contains("Bind join (inner) on accountid = parentid");
  }
}
