package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.StatementOptions;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleRequest;
import dev.quire.sample.SampleServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Dataverse can do beyond OData, from SQL to the server. */
class DataverseSpecialsTest {
  private final SampleServer server =
      SampleServer.start(SampleOptions.DEFAULT.withAccounts(12_001));
  private final Statements crm = Statements.over(server.baseUrl(), Map.of("profile", "dataverse"));

  @AfterEach
  void close() {
    crm.close();
    server.close();
  }

  private List<SampleRequest> pages() {
    return server.requests().stream()
        .filter(request -> !request.target().contains("$metadata"))
        .toList();
  }

  @Test
  void a_query_in_fetchxml_gives_the_rows_of_its_table() {
    String fetch =
        "s.fetchxml('<fetch><entity name=\"account\"><attribute name=\"accountid\"/>"
            + "<attribute name=\"revenue\"/><attribute name=\"primarycontactid\"/></entity></fetch>')";
    String columns = "SELECT accountid, revenue, _primarycontactid_value FROM ";
    assertThat(crm.rows(columns + fetch)).isEqualTo(crm.rows(columns + "s.accounts"));
    assertThat(pages()).hasSize(6);
    assertThat(
            crm.rows(
                "SELECT COUNT(*) FROM "
                    + fetch
                    + " f JOIN s.contacts c"
                    + " ON c.contactid = f._primarycontactid_value"))
        .isEqualTo(
            crm.rows(
                "SELECT COUNT(*) FROM s.accounts f JOIN s.contacts c"
                    + " ON c.contactid = f._primarycontactid_value"));
  }

  @Test
  void a_limit_stops_a_query_in_fetchxml() {
    assertThat(
            crm.rows(
                "SELECT name FROM s.fetchxml('<fetch count=\"10\"><entity name=\"account\">"
                    + "<attribute name=\"name\"/></entity></fetch>') LIMIT 25"))
        .hasSize(25);
    assertThat(pages()).hasSize(3);
  }

  @Test
  void a_list_too_long_for_a_url_is_asked_for_in_a_batch() {
    String names =
        IntStream.range(0, 300)
            .mapToObj(i -> "'" + "n".repeat(100) + i + "'")
            .collect(Collectors.joining(","));
    String sql = "SELECT accountid FROM s.accounts WHERE name IN ('Contoso Berlin'," + names + ")";
    List<List<Object>> here =
        crm.rows(sql, StatementOptions.DEFAULT.withPushdown(false)).stream().toList();
    server.forgetRequests();
    assertThat(crm.rows(sql)).isEqualTo(here).isNotEmpty();
    assertThat(pages())
        .singleElement()
        .satisfies(request -> assertThat(request.target()).endsWith("/$batch"));
  }

  @Test
  void texts_come_beside_their_values() {
    assertThat(
            crm.rows(
                "SELECT DISTINCT statecode, statecode_formatted FROM s.accounts"
                    + " ORDER BY statecode_formatted"))
        .containsExactly(List.of(0, "Active"), List.of(1, "Inactive"));
  }

  @Test
  void remarks_are_the_services_labels() {
    assertThat(
            crm.rows(
                "SELECT remarks FROM sys.columns WHERE table_name = 'accounts' AND name = 'revenue'"))
        .containsExactly(List.of("Revenue: Annual revenue of the account."));
  }
}
