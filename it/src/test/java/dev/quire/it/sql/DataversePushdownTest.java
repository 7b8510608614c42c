package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.quire.engine.StatementOptions;
import dev.quire.it.sql.CrmStatements.Statement;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleRequest;
import dev.quire.sample.SampleServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service that compares text without case, caps its counts and knows no offset: the rows are
 * still SQL's.
 */
class DataversePushdownTest {
  private static final int STATEMENTS = 250;
  private static final long SEED = Long.getLong("quire.seed", 20261122L);

  private static SampleServer server;
  private static Statements crm;

  @BeforeAll
  static void start() {
    server =
        SampleServer.start(
            SampleOptions.DEFAULT.withAccounts(6_000).withContacts(2_000).withOpportunities(900));
    crm = Statements.over(server.baseUrl(), Map.of("profile", "dataverse"));
  }

  @AfterAll
  static void stop() {
    crm.close();
    server.close();
  }

  @Test
  void generated_statements_give_the_same_rows_with_and_without_pushdown() {
    CrmStatements statements = new CrmStatements(SEED);
    List<String> differences = new ArrayList<>();
    int filtered = 0;
    int grouped = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      Statement statement = statements.next();
      server.forgetRequests();
      try {
        List<String> pushed = rows(statement, true);
        filtered +=
            server.requests().stream().anyMatch(r -> r.target().contains("$filter=")) ? 1 : 0;
        grouped += server.requests().stream().anyMatch(r -> r.target().contains("by((")) ? 1 : 0;
        compare(statement, pushed, differences);
      } catch (RuntimeException e) {
        differences.add(statement.sql() + "\n  " + e);
      }
    }
    if (!differences.isEmpty()) {
      fail(
          "%d of %d statements differ (-Dquire.seed=%d):%n%s"
              .formatted(differences.size(), STATEMENTS, SEED, String.join("\n", differences)));
    }
    assertThat(filtered).as("statements whose filter was pushed").isGreaterThan(STATEMENTS / 3);
    assertThat(grouped).as("statements whose groups were pushed").isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.name, o.name, o.estimatedvalue FROM s.opportunities o JOIN s.accounts a"
            + " ON o._customerid_value = a.accountid WHERE o.statecode = 1",
        "SELECT a.name, COUNT(c.contactid) FROM s.accounts a LEFT JOIN s.contacts c"
            + " ON c._parentcustomerid_value = a.accountid AND c.statecode = 1"
            + " WHERE a.name LIKE 'Contoso%' GROUP BY a.name",
        "SELECT c.fullname FROM s.accounts a JOIN s.contacts c ON a._primarycontactid_value = c.contactid"
            + " WHERE a.creditonhold AND c.birthdate > DATE '1990-01-01'",
        "SELECT name FROM s.accounts WHERE accountid IN"
            + " (SELECT _customerid_value FROM s.opportunities WHERE closeprobability >= 95)",
        "SELECT COUNT(*) FROM s.accounts a WHERE NOT EXISTS"
            + " (SELECT 1 FROM s.contacts c WHERE c._parentcustomerid_value = a.accountid)",
      })
  void joins_give_the_same_rows_with_and_without_pushdown(String sql) {
    List<String> differences = new ArrayList<>();
    Statement statement = new Statement(sql, false);

    compare(statement, rows(statement, true), differences);

    assertThat(differences).isEmpty();
    assertThat(rows(statement, true)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.name, c.fullname, c.birthdate FROM s.accounts a"
            + " JOIN s.contacts c ON c.contactid = a._primarycontactid_value",
        "SELECT a.name, c.fullname, c.contactid FROM s.accounts a"
            + " LEFT JOIN s.contacts c ON c.contactid = a._primarycontactid_value",
        "SELECT a.name, c.fullname FROM s.contacts c"
            + " RIGHT JOIN s.accounts a ON c.contactid = a._primarycontactid_value WHERE a.revenue > 5",
        "SELECT a.name, c.fullname FROM s.accounts a LEFT JOIN s.contacts c"
            + " ON c.contactid = a._primarycontactid_value WHERE c.contactid IS NULL AND a.statecode = 0",
        "SELECT COUNT(*), COUNT(c.birthdate), MIN(c.contactid) FROM s.accounts a"
            + " JOIN s.contacts c ON c.contactid = a._primarycontactid_value",
        "SELECT o.name, a.name, UPPER(a.address1_city) FROM s.opportunities o"
            + " JOIN s.accounts a ON o._customerid_value = a.accountid",
        "SELECT name, \"primarycontactid.fullname\", primarycontactid.birthdate FROM s.accounts"
            + " WHERE \"primarycontactid.fullname\" IS NOT NULL",
      })
  void what_rows_refer_to_comes_with_them_as_a_join_gives_it(String sql) {
    List<String> differences = new ArrayList<>();
    Statement statement = new Statement(sql, false);
    server.forgetRequests();
    List<String> pushed = rows(statement, true);
    assertThat(server.requests()).allMatch(request -> request.target().contains("$expand="));
    compare(statement, pushed, differences);
    assertThat(differences).isEmpty();
    assertThat(pushed).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "primarycontactid.fullname LIKE 'Anna%'",
        "primarycontactid.lastname = 'Smith' AND statecode = 0",
        "primarycontactid.birthdate > DATE '1990-01-01'",
        "primarycontactid.birthdate <> DATE '1990-01-01' AND name LIKE 'Contoso%'",
        "NOT (primarycontactid.birthdate > DATE '1960-01-01')",
        "primarycontactid.statecode IN (1, 2)",
        "primarycontactid.donotemail AND primarycontactid.statecode = 0",
        "primarycontactid.statecode = 1 OR statecode = 1",
        "primarycontactid.createdon >= TIMESTAMP '2021-12-31 23:59:59'",
      })
  void conditions_on_what_rows_refer_to_are_left_to_the_service(String condition) {
    String sql = "SELECT name, primarycontactid.fullname FROM s.accounts WHERE " + condition;
    List<String> differences = new ArrayList<>();
    Statement statement = new Statement(sql, false);
    server.forgetRequests();
    List<String> pushed = rows(statement, true);
    assertThat(server.requests())
        .filteredOn(request -> !request.target().endsWith("$metadata"))
        .isNotEmpty()
        .allSatisfy(
            request -> {
              assertThat(request.target()).contains("primarycontactid/");
              assertThat(request.status()).isEqualTo(200);
            });
    compare(statement, pushed, differences);
    assertThat(differences).isEmpty();
    assertThat(pushed).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.name, c.fullname FROM s.accounts a JOIN s.accounts.contact_customer_accounts c"
            + " ON c.parent_accountid = a.accountid WHERE a.name LIKE 'Contoso%'",
        "SELECT a.name, c.fullname FROM s.accounts a JOIN s.contacts c"
            + " ON c._parentcustomerid_value = a.accountid WHERE a.name LIKE 'Contoso%'",
      })
  void a_collection_has_the_rows_of_a_join_along_its_reference(String sql) {
    String joined =
        "SELECT a.name, c.fullname FROM s.accounts a JOIN s.contacts c"
            + " ON c._parentcustomerid_value = a.accountid WHERE a.name LIKE 'Contoso%'";
    List<String> expected = rows(new Statement(joined, false), false);
    assertThat(rows(new Statement(sql, false), true)).isNotEmpty().isEqualTo(expected);
    assertThat(rows(new Statement(sql, false), false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c.statecode = 1",
        "c.statecode = 1 AND c.birthdate > DATE '1980-01-01'",
        "c.statecode IN (0, 1) OR c.birthdate IS NULL",
        "TRUE",
      })
  void exists_in_a_collection_is_asked_of_the_service(String condition) {
    String sql =
        "SELECT a.name, a.revenue FROM s.accounts a WHERE a.statecode = 0 AND EXISTS (SELECT 1 FROM"
            + " s.accounts.contact_customer_accounts c WHERE c.parent_accountid = a.accountid AND ("
            + condition
            + "))";
    List<String> differences = new ArrayList<>();
    server.forgetRequests();
    List<String> pushed = rows(new Statement(sql, false), true);
    assertThat(server.requests())
        .filteredOn(request -> !request.target().endsWith("$metadata"))
        .isNotEmpty()
        .allSatisfy(
            request -> {
              assertThat(request.target()).contains("contact_customer_accounts/any(");
              assertThat(request.status()).isEqualTo(200);
            });
    compare(new Statement(sql, false), pushed, differences);
    assertThat(differences).isEmpty();
    assertThat(pushed).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c.lastname = 'Smith'",
        "c.parent_accountid IS NOT NULL AND c.lastname LIKE 'S%' AND c.statecode = 0",
        "c.statecode = a.statecode",
      })
  void exists_is_tested_here_where_the_service_may_find_more(String condition) {
    String sql =
        "SELECT a.name, a.revenue FROM s.accounts a WHERE EXISTS (SELECT 1 FROM"
            + " s.accounts.contact_customer_accounts c WHERE c.parent_accountid = a.accountid AND ("
            + condition
            + "))";
    List<String> differences = new ArrayList<>();
    server.forgetRequests();
    List<String> pushed = rows(new Statement(sql, false), true);
    assertThat(server.requests()).noneMatch(request -> request.target().contains("any("));
    compare(new Statement(sql, false), pushed, differences);
    assertThat(differences).isEmpty();
    assertThat(pushed).isNotEmpty();
  }

  @Test
  void groups_and_counts_are_of_rows_that_have_one_in_the_collection() {
    for (String what : List.of("COUNT(*)", "statecode, COUNT(*)")) {
      String sql =
          "SELECT "
              + what
              + " FROM s.accounts a WHERE EXISTS (SELECT 1 FROM"
              + " s.accounts.contact_customer_accounts c WHERE c.parent_accountid = a.accountid"
              + " AND c.statecode = 1)"
              + (what.startsWith("statecode") ? " GROUP BY statecode" : "");
      List<String> differences = new ArrayList<>();
      compare(new Statement(sql, false), rows(new Statement(sql, false), true), differences);
      assertThat(differences).isEmpty();
    }
  }

  @Test
  void a_condition_that_no_row_can_meet_gives_no_rows() {
    assertThat(
            crm.rows(
                "SELECT fullname FROM s.contacts WHERE donotemail IS NULL"
                    + " AND (contactid IS NULL OR contactid IS NULL)"
                    + " ORDER BY statecode DESC NULLS LAST, emailaddress1 DESC, contactid LIMIT 9"))
        .isEmpty();
  }

  @Test
  void a_count_above_the_cap_is_exact() {
    assertThat(crm.rows("SELECT COUNT(*) FROM s.accounts")).containsExactly(List.of(6_000L));
  }

  @Test
  void d10_a_sum_over_too_many_rows_is_added_up_here() {
    try (SampleServer many = SampleServer.start(SampleOptions.DEFAULT.withAccounts(70_000));
        Statements large = Statements.over(many.baseUrl(), Map.of("profile", "dataverse"))) {
      String sum = "SELECT SUM(revenue), AVG(revenue), COUNT(revenue) FROM s.accounts";
      String filtered = sum + " WHERE statecode = 0";
      assertThat(numbers(large.rows(filtered)))
          .isEqualTo(numbers(large.rows(filtered, StatementOptions.DEFAULT.withPushdown(false))));
      many.forgetRequests();
      assertThat(large.warnings(filtered)).anyMatch(each -> each.contains("AggregateQueryRecord"));
      assertThat(many.requests()).hasSize(13);
      assertThat(many.requests().get(0).target()).contains("$apply=filter(statecode%20eq%200%20");
      assertThat(many.requests().get(1).target())
          .as("the filter stays with the service")
          .contains("$filter=statecode%20eq%200");

      many.forgetRequests();
      String small = sum + " WHERE statecode = 1";
      assertThat(large.warnings(small)).isEmpty();
      assertThat(many.requests()).hasSize(1);
      assertThat(numbers(large.rows(small)))
          .isEqualTo(numbers(large.rows(small, StatementOptions.DEFAULT.withPushdown(false))));
    }
  }

  @Test
  void groups_are_the_services_where_they_are_sqls() {
    server.forgetRequests();
    String sql =
        "SELECT statecode, creditonhold, COUNT(*), SUM(revenue), MIN(createdon), MAX(revenue),"
            + " COUNT(DISTINCT numberofemployees) FROM s.accounts"
            + " GROUP BY statecode, creditonhold HAVING COUNT(*) > 10 ORDER BY 1, 2";
    Statement statement = new Statement(sql, true);
    List<String> pushed = rows(statement, true);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).target()).contains("$apply=groupby((statecode,");
    assertThat(pushed).hasSize(6).isEqualTo(rows(statement, false));
    assertThat(crm.engine().explain(sql, StatementOptions.DEFAULT).text()).contains("$apply=");
  }

  private static List<String> numbers(List<List<Object>> rows) {
    return rows.stream()
        .map(row -> row.stream().map(DataversePushdownTest::text).toList().toString())
        .toList();
  }

  @Test
  void no_request_holds_an_option_that_dataverse_refuses_or_ignores() {
    server.forgetRequests();
    crm.rows("SELECT name FROM s.accounts ORDER BY accountid LIMIT 30 OFFSET 5500");
    crm.rows("SELECT name FROM s.accounts LIMIT 7");

    assertThat(server.requests()).extracting(SampleRequest::status).containsOnly(200);
    assertThat(server.requests())
        .noneMatch(r -> r.target().contains("$skip="))
        .noneMatch(r -> r.target().contains("$top=") && r.prefer().contains("maxpagesize"));
  }

  private static void compare(Statement statement, List<String> pushed, List<String> differences) {
    String request = server.requests().isEmpty() ? "none" : server.requests().get(0).target();
    List<String> plain = rows(statement, false);
    if (!plain.equals(pushed)) {
      differences.add(
          "%s%n  %d rows with pushdown, %d without; %s%n  request %s"
              .formatted(
                  statement.sql(),
                  pushed.size(),
                  plain.size(),
                  difference(pushed, plain),
                  request));
    }
  }

  private static String difference(List<String> pushed, List<String> plain) {
    for (int i = 0; i < Math.min(pushed.size(), plain.size()); i++) {
      if (!pushed.get(i).equals(plain.get(i))) {
        return pushed.get(i) + " instead of " + plain.get(i);
      }
    }
    return "one begins with the other";
  }

  private static List<String> rows(Statement statement, boolean pushdown) {
    List<String> texts = new ArrayList<>();
    for (List<Object> row :
        crm.rows(statement.sql(), StatementOptions.DEFAULT.withPushdown(pushdown))) {
      texts.add(row.stream().map(DataversePushdownTest::text).toList().toString());
    }
    if (!statement.ordered()) {
      texts.sort(null);
    }
    return texts;
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}
