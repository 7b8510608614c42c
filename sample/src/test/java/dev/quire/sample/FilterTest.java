package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  private static SampleServer server;
  private static Caller caller;

  @BeforeAll
  static void start() {
    server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(2_000));
    caller = new Caller(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static int count(String filter) {
    return Integer.parseInt(caller.body("accounts/$count?$filter=" + Caller.encode(filter)));
  }

  private static List<String> names(String filter) {
    return Caller.values(
        caller.body("accounts?$select=name&$filter=" + Caller.encode(filter)), "name");
  }

  private static HttpResponse<String> refused(String filter) {
    HttpResponse<String> response = caller.get("accounts?$filter=" + Caller.encode(filter));
    assertThat(response.statusCode()).isEqualTo(400);
    return response;
  }

  @Test
  void paths_lead_along_lookups() {
    assertThat(count("primarycontactid/contactid ne null"))
        .isEqualTo(count("_primarycontactid_value ne null"))
        .isPositive();
    assertThat(count("primarycontactid/statecode eq 1 or primarycontactid/statecode eq 0"))
        .isEqualTo(count("_primarycontactid_value ne null"));
    assertThat(count("startswith(primarycontactid/fullname,'anna')")).isPositive();
    assertThat(refused("primarycontactid/nothing eq 1").body())
        .contains("type '")
        .contains("contact");
    assertThat(refused("contact_customer_accounts/statecode eq 1").body()).contains("collection");
  }

  @Test
  void any_finds_rows_by_the_rows_of_a_collection() {
    String contacts = "contact_customer_accounts/any(";
    int some = count(contacts + ")");
    int active = count(contacts + "c:c/statecode eq 0)");
    int inactive = count(contacts + "c:c/statecode eq 1)");

    assertThat(some).isGreaterThanOrEqualTo(active).isPositive();
    assertThat(count(contacts + "c:c/statecode eq 0) or " + contacts + "c:c/statecode eq 1)"))
        .isEqualTo(some);
    assertThat(active + inactive).isGreaterThanOrEqualTo(some);
    assertThat(refused(contacts + "c:d/statecode eq 0)").body()).contains("Syntax error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "statecode eq 1 | 286",
        "statecode ne 1 | 1714",
        "not (statecode eq 1) | 1714",
        "statecode eq 0 or statecode eq 1 | 2000",
        "statecode in (1,2) | 286",
        "numberofemployees eq null | 182",
        "numberofemployees ne null | 1818",
        "null eq revenue | 222",
        "numberofemployees ge 0 | 1818",
        "not (numberofemployees lt 0) | 1818",
        "numberofemployees ge 0 and numberofemployees lt 5000.5 | 1818",
        "revenue gt -1 and revenue lt 1e30 | 1778",
        "accountnumber eq 'ACC-00000007' | 1",
        "accountnumber eq 'acc-00000007' | 1",
        "accountnumber in ('ACC-00000001','acc-00000002','x') | 2",
        "startswith(accountnumber,'acc-0000001') | 10",
        "endswith(accountnumber,'99') | 20",
        "contains(accountnumber,'C-00000') | 999",
        "accountnumber lt 'ACC-00000011' | 10",
        "creditonhold eq true or creditonhold eq false | 1846",
        "creditonhold or not creditonhold | 1846",
        "createdon ge 2015-01-01 and createdon lt 2030-01-01T00:00:00Z | 2000",
        "createdon lt 2015-01-01T00:00:00.5+09:00 | 0",
        "versionnumber eq 9007199254740995 | 1",
        "versionnumber le 9007199254740994 | 1",
        "name eq 'no such' or accountnumber eq 'ACC-00000001' and statecode eq 0 | 1",
      })
  void keeps_the_rows_for_which_the_condition_is_true(String filter, int rows) {
    assertThat(count(filter)).isEqualTo(rows);
  }

  @Test
  void compares_strings_without_case() {
    List<String> found = names("contains(name,'CONTOSO')");

    assertThat(found)
        .allMatch(name -> name.toLowerCase(Locale.ROOT).contains("contoso"))
        .anyMatch(name -> name.contains("Contoso"))
        .anyMatch(name -> name.contains("CONTOSO"));
  }

  @Test
  void drops_rows_whose_result_is_unknown_on_both_sides_of_a_test() {
    int small = count("numberofemployees lt 100");
    int notSmall = count("not (numberofemployees lt 100)");

    assertThat(small + notSmall).isEqualTo(count("numberofemployees ne null")).isLessThan(2_000);
  }

  @Test
  void doubles_quotes_and_keeps_other_signs() {
    assertThat(names("startswith(name,'O''Brien & Sons, Ltd.')"))
        .isNotEmpty()
        .allMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("o'brien"));
    assertThat(names("contains(name,'山田')")).isNotEmpty();
    assertThat(names("startswith(name,'100% ')")).isNotEmpty();
    assertThat(names("startswith(name,'A+B')")).isNotEmpty();
  }

  @Test
  void finds_a_row_by_its_guid_and_orders_guids_as_text() {
    List<String> ids = Caller.values(caller.body("accounts?$select=name"), "accountid");
    String middle = ids.get(1_200);

    assertThat(count("accountid eq " + middle)).isEqualTo(1);
    assertThat(count("accountid gt " + middle)).isEqualTo(799);
    assertThat(count("accountid le " + middle.toUpperCase(Locale.ROOT))).isEqualTo(1_201);
  }

  @Test
  void follows_lookups_by_their_column() {
    String contact =
        Caller.values(caller.body("contacts?$select=fullname&$top=1"), "contactid").get(0);

    assertThat(count("_primarycontactid_value eq " + contact)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name eq | Syntax error at position 7",
        "name eq 'x | Syntax error at position 8",
        "name eq 'x') | Syntax error at position 11",
        "name EQ 'x' | Syntax error",
        "nme eq 'x' | Could not find a property named 'nme' on type 'Microsoft.Dynamics.CRM.account'",
        "name eq 5 | incompatible types",
        "createdon eq 2020-13-01T00:00:00Z | Syntax error",
        "tolower(name) eq 'x' | unknown function with name 'tolower'",
        "contains(statecode,'x') | not a string",
        "statecode | Syntax error",
      })
  void says_what_is_wrong_with_a_filter(String filter, String message) {
    assertThat(refused(filter).body()).contains("\"error\":{\"code\":").contains(message);
  }
}
