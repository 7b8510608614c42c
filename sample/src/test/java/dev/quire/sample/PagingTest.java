package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagingTest {
  private static SampleServer server;
  private static Caller caller;

  @BeforeAll
  static void start() {
    server = SampleServer.start(SampleOptions.DEFAULT);
    caller = new Caller(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.forgetRequests();
  }

  @Test
  void reads_12001_accounts_in_three_pages_in_the_order_of_their_keys() {
    List<String> ids = caller.readAll("accounts?$select=name", "accountid");

    assertThat(ids).hasSize(12_001).isSorted();
    assertThat(new HashSet<>(ids)).hasSize(12_001);
    assertThat(server.requests()).hasSize(3).allMatch(request -> request.status() == 200);
  }

  @Test
  void the_next_link_is_absolute_and_carries_the_options_and_a_cookie_encoded_twice() {
    String link = Caller.nextLink(caller.body("accounts?$select=name&$orderby=name")).orElseThrow();

    assertThat(link)
        .startsWith(server.baseUrl() + "/accounts?$select=name&$orderby=name&$skiptoken=")
        .contains("$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%2520")
        .contains("page%253d%25221%2522%253e%253caccountid%2520last%253d%2522%257b")
        .endsWith("%2520%252f%253e%253c%252fcookie%253e%22%20istracking=%22False%22%20/%3E");
  }

  @Test
  void refuses_a_token_that_was_touched() {
    String link = Caller.nextLink(caller.body("accounts?$select=name")).orElseThrow();

    HttpResponse<String> decodedOnce = caller.get(link.replace("%25", "%"));

    assertThat(decodedOnce.statusCode()).isEqualTo(400);
    assertThat(decodedOnce.body()).contains("0x80040203");
  }

  @Test
  void pages_by_the_preferred_size_and_says_so() {
    HttpResponse<String> first =
        caller.get("accounts?$select=name", "Prefer", "odata.maxpagesize=7");

    assertThat(Caller.values(first.body(), "accountid")).hasSize(7);
    assertThat(first.headers().firstValue("Preference-Applied")).hasValue("odata.maxpagesize=7");
  }

  @Test
  void a_next_link_without_the_preference_falls_back_to_5000() {
    String first = caller.body("accounts?$select=name", "Prefer", "odata.maxpagesize=7");

    String second = caller.body(Caller.nextLink(first).orElseThrow());

    assertThat(Caller.values(second, "accountid")).hasSize(5_000);
  }

  @Test
  void never_sends_more_than_5000_rows_a_page() {
    HttpResponse<String> page =
        caller.get("accounts?$select=name", "Prefer", "odata.maxpagesize=6000");

    assertThat(Caller.values(page.body(), "accountid")).hasSize(5_000);
  }

  @Test
  void top_is_a_limit_without_a_next_link() {
    String body = caller.body("accounts?$select=name&$top=3");

    assertThat(Caller.values(body, "accountid")).hasSize(3);
    assertThat(Caller.nextLink(body)).isEmpty();
  }

  @Test
  void top_is_ignored_beside_a_page_size() {
    String body = caller.body("accounts?$select=name&$top=3", "Prefer", "odata.maxpagesize=10");

    assertThat(Caller.values(body, "accountid")).hasSize(10);
    assertThat(Caller.nextLink(body)).isPresent();
  }

  @Test
  void a_top_above_5000_is_a_page_of_5000() {
    String body = caller.body("accounts?$select=name&$top=8000");

    assertThat(Caller.values(body, "accountid")).hasSize(5_000);
    assertThat(Caller.nextLink(body)).isPresent();
  }

  @Test
  void the_last_page_that_is_exactly_full_has_no_next_link() {
    List<String> ids =
        caller.readAll(
            "contacts?$select=fullname", "contactid", "Prefer", "odata.maxpagesize=4000");

    assertThat(ids).hasSize(20_000);
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void pages_keep_a_filter_and_an_order() {
    String path =
        "accounts?$select=name,numberofemployees&$filter=statecode%20eq%201"
            + "&$orderby=numberofemployees%20desc";

    List<String> ids = caller.readAll(path, "accountid", "Prefer", "odata.maxpagesize=500");
    List<String> employees =
        caller.readAll(path, "numberofemployees", "Prefer", "odata.maxpagesize=500");

    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).hasSize(1_714);
    assertThat(employees.subList(employees.indexOf("null"), employees.size())).containsOnly("null");
    assertThat(employees.stream().filter(e -> !e.equals("null")).map(Integer::valueOf))
        .isSortedAccordingTo((one, two) -> two - one);
  }

  @Test
  void the_same_link_gives_the_same_page() {
    String link = Caller.nextLink(caller.body("accounts?$select=name")).orElseThrow();

    assertThat(caller.body(link)).isEqualTo(caller.body(link));
  }
}
