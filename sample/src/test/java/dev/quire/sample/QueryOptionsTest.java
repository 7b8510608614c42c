package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryOptionsTest {
  private static final String ALL_COUNTS = "odata.include-annotations=\"*\"";
  private static SampleServer server;
  private static Caller caller;

  @BeforeAll
  static void start() {
    server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(60_000));
    caller = new Caller(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void refuses_skip_as_dataverse_does() {
    HttpResponse<String> response = caller.get("accounts?$skip=10");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"0x80060888\",\"message\":\"Skip Clause is not supported in"
                + " CRM\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip=2", "top=1", "$Top=1", "$search=x", "$format=json", "$nope=1"})
  void refuses_options_that_it_does_not_know(String option) {
    HttpResponse<String> response = caller.get("accounts?" + option);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("The query parameter " + option.replaceAll("=.*", "") + " is not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$top=-1", "$top=x", "$count=TRUE", "$top=1&$top=1", "$select=nope"})
  void refuses_values_that_it_cannot_read(String options) {
    assertThat(caller.get("accounts?" + options).statusCode()).isEqualTo(400);
  }

  @Test
  void select_returns_the_key_and_money_brings_its_currency() {
    String body = caller.body("accounts?$select=revenue&$top=1");

    assertThat(body)
        .contains("#accounts(revenue)\"")
        .contains("\"accountid\":")
        .contains("\"_transactioncurrencyid_value\":")
        .doesNotContain("\"name\":");
  }

  @Test
  void counts_up_to_5000_and_says_when_there_are_more() {
    String body = caller.body("accounts?$select=name&$top=1&$count=true", "Prefer", ALL_COUNTS);

    assertThat(body)
        .contains("\"@odata.count\":5000,")
        .contains("\"@Microsoft.Dynamics.CRM.totalrecordcount\":5000,")
        .contains("\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":true");
    assertThat(caller.body("accounts/$count")).isEqualTo("5000");
  }

  @Test
  void counts_exactly_below_the_cap() {
    String body =
        caller.body(
            "accounts?$select=name&$count=true&$filter=endswith(accountnumber,'99')&$top=1",
            "Prefer",
            ALL_COUNTS);

    assertThat(body)
        .contains("\"@odata.count\":600,")
        .contains("\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":false");
  }

  @Test
  void without_count_the_total_is_minus_one() {
    String body =
        caller.body(
            "accounts?$top=1",
            "Prefer",
            "odata.include-annotations=\"Microsoft.Dynamics.CRM.totalrecordcount\"");

    assertThat(body)
        .contains("\"@Microsoft.Dynamics.CRM.totalrecordcount\":-1")
        .doesNotContain("limitexceeded")
        .doesNotContain("@odata.count");
  }

  @Test
  void a_count_without_annotations_shows_the_cap_alone() {
    assertThat(caller.body("accounts?$top=1&$count=true"))
        .contains("\"@odata.count\":5000")
        .doesNotContain("totalrecordcount");
  }

  @Test
  void formatted_values_come_when_asked_for() {
    assertThat(caller.body("accounts?$select=statecode&$top=1", "Prefer", ALL_COUNTS))
        .contains("\"statecode@OData.Community.Display.V1.FormattedValue\":\"Active\"");
    assertThat(caller.body("accounts?$select=statecode&$top=1")).doesNotContain("Formatted");
  }

  @Test
  void nulls_come_first_ascending_and_last_descending() {
    String ascending =
        caller.body("opportunities?$select=closeprobability&$orderby=closeprobability");
    String descending =
        caller.body("opportunities?$select=closeprobability&$orderby=closeprobability%20desc");
    List<String> up = Caller.values(ascending, "closeprobability");
    List<String> down = new ArrayList<>(Caller.values(descending, "closeprobability"));

    assertThat(up.subList(0, 300)).containsOnly("null");
    assertThat(up.subList(300, 3_000)).extracting(Integer::valueOf).isSorted();
    Collections.reverse(down);
    assertThat(down).isEqualTo(up);
  }

  @Test
  void orders_by_several_keys() {
    String body =
        caller.body(
            "opportunities?$select=statecode,estimatedvalue&$top=50"
                + "&$filter=estimatedvalue%20ne%20null&$orderby=statecode%20desc,estimatedvalue");

    assertThat(Caller.values(body, "statecode")).containsOnly("2");
    assertThat(Caller.values(body, "estimatedvalue"))
        .extracting(java.math.BigDecimal::new)
        .isSorted();
  }

  @Test
  void expands_a_single_row_and_its_absence() {
    String body =
        caller.body("accounts?$select=name&$top=20&$expand=primarycontactid($select=fullname)");

    assertThat(Caller.values(body, "contactid")).hasSize(17);
    assertThat(Caller.values(body, "primarycontactid")).contains("null");
    assertThat(body).contains("\"primarycontactid\":{\"@odata.etag\"").doesNotContain("birthdate");
  }

  @Test
  void expands_a_collection_whose_link_repeats_the_same_rows() {
    String body =
        caller.body(
            "accounts?$select=name&$top=1"
                + "&$expand=opportunity_customer_accounts($select=name;$orderby=createdon%20desc)");
    String link =
        Caller.values(body, "opportunity_customer_accounts@odata.nextLink").stream()
            .findFirst()
            .orElseThrow();
    List<String> inline = Caller.values(body, "opportunityid");

    List<String> again = Caller.values(caller.body(link), "opportunityid");

    assertThat(link).doesNotContain("skiptoken");
    assertThat(again).isEqualTo(inline).hasSize(5);
  }

  @Test
  void refuses_what_expand_cannot_do() {
    assertThat(caller.get("accounts?$expand=primarycontactid($skip=1)").statusCode())
        .isEqualTo(400);
    assertThat(caller.get("accounts?$expand=nope").statusCode()).isEqualTo(400);
  }

  @Test
  void groups_and_aggregates() {
    String body =
        caller.body(
            "opportunities?$apply=groupby((statecode),aggregate($count%20as%20n,"
                + "estimatedvalue%20with%20sum%20as%20total,"
                + "estimatedvalue%20with%20max%20as%20most,"
                + "name%20with%20countdistinct%20as%20names))");

    assertThat(Caller.values(body, "statecode")).containsExactlyInAnyOrder("0", "1", "2");
    assertThat(Caller.values(body, "n").stream().mapToInt(Integer::parseInt).sum())
        .isEqualTo(3_000);
    assertThat(Caller.values(body, "names")).containsOnly("48");
  }

  @Test
  void an_aggregate_agrees_with_its_rows() {
    List<String> values =
        caller.readAll("opportunities?$select=estimatedvalue", "estimatedvalue").stream()
            .filter(value -> !value.equals("null"))
            .toList();
    java.math.BigDecimal sum =
        values.stream().map(java.math.BigDecimal::new).reduce(java.math.BigDecimal::add).get();

    String body =
        caller.body("opportunities?$apply=aggregate(estimatedvalue%20with%20sum%20as%20total)");

    assertThat(Caller.values(body, "total")).containsExactly(sum.toPlainString());
  }

  @Test
  void groups_leave_nulls_out_of_their_rows() {
    String body = caller.body("opportunities?$apply=groupby((closeprobability))");

    assertThat(body).contains("{}").doesNotContain("null");
    assertThat(Caller.values(body, "closeprobability")).hasSize(21);
  }

  @Test
  void groups_are_paged() {
    List<String> names =
        caller.readAll("contacts?$apply=groupby((emailaddress1))", "emailaddress1");

    assertThat(names).hasSize(16_666).doesNotHaveDuplicates();
  }

  @Test
  void refuses_to_aggregate_more_than_50000_records() {
    String sum = "aggregate(revenue%20with%20sum%20as%20total)";

    HttpResponse<String> response = caller.get("accounts?$apply=" + sum);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("0x8004E023").contains("AggregateQueryRecordLimit");
    assertThat(caller.get("accounts?$apply=filter(statecode%20eq%201)/" + sum).statusCode())
        .isEqualTo(200);
  }

  @Test
  void refuses_to_group_by_a_point_in_time_and_to_order_groups() {
    assertThat(caller.get("accounts?$apply=groupby((createdon))").statusCode()).isEqualTo(400);
    assertThat(caller.get("accounts?$apply=groupby((statecode))&$orderby=statecode").statusCode())
        .isEqualTo(400);
  }
}
