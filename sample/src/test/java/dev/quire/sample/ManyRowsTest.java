package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManyRowsTest {
  @Test
  void ten_million_rows_cost_nothing_until_they_are_read() {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(10_000_000))) {
      Caller caller = new Caller(server);

      List<String> ids = Caller.values(caller.body("accounts?$select=name"), "accountid");
      String last =
          caller.body(
              "accounts?$select=accountnumber&$filter="
                  + Caller.encode("accountid gt fff00000-0000-4000-8000-000000000000"));

      assertThat(ids).hasSize(5_000).isSorted();
      assertThat(Caller.values(last, "accountnumber")).last().isEqualTo("ACC-10000000");
      assertThat(
              caller.body(
                  "RetrieveTotalRecordCount(EntityNames=['account'])"
                      .replace("[", "%5B")
                      .replace("]", "%5D")))
          .contains("\"Values\":[10000000]");
    }
  }

  @Test
  void a_key_range_is_found_without_reading_what_is_before_it() {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(10_000_000))) {
      Caller caller = new Caller(server);
      String id =
          Caller.values(
                  caller.body(
                      "accounts?$select=name&$top=1&$filter="
                          + Caller.encode("accountid ge 80000000-0000-4000-8000-000000000000")),
                  "accountid")
              .get(0);

      String around =
          caller.body(
              "accounts?$select=name&$filter="
                  + Caller.encode(
                      "accountid ge "
                          + id
                          + " and (accountid lt "
                          + id.replaceFirst("^8", "9")
                          + ") and statecode eq 1")
                  + "&$top=2");

      assertThat(id).startsWith("800000");
      assertThat(Caller.values(around, "accountid"))
          .hasSize(2)
          .allMatch(key -> key.compareTo(id) >= 0);
    }
  }

  @Test
  void sorting_too_many_rows_is_refused_with_the_way_out() {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(300_000))) {
      Caller caller = new Caller(server);

      String refusal = caller.get("accounts?$orderby=name").body();

      assertThat(refusal).contains("sorts at most 200,000 rows").contains("narrow the filter");
      assertThat(caller.get("accounts?$orderby=accountid").statusCode()).isEqualTo(200);
    }
  }
}
