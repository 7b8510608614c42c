package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Group C of the conformance matrix: OData's paging, whatever the vendor. */
class GenericPagingTest {
  private static final String FIRST = "/s/Customers?$select=id";
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.api.verifyNoUnexpected();
    shop.close();
  }

  private static ScanRequest ids() {
    return ScanRequest.of(List.of("id"));
  }

  @Test
  void c1_follows_an_absolute_link_byte_for_byte() {
    String link = "/s/Customers?$skiptoken=a'b(c),d~e%2cf&x=1;2";
    shop.api.script(Shop.page(1, 2, Shop.next(shop.api.url(link))), Shop.page(3, 1));
    assertThat(shop.ids()).containsExactly(1, 2, 3);
    assertThat(shop.targets()).containsExactly(FIRST, link);
  }

  @Test
  void c2_follows_the_names_of_version_401() {
    shop.api.script(
        Reply.json(
            "{\"@context\":\"$metadata#Customers\",\"@count\":3,\"value\":[{\"id\":1}],"
                + "\"@nextLink\":\"Customers?$skiptoken=1\"}"),
        Shop.page(2, 1));
    assertThat(shop.ids()).containsExactly(1, 2);
    assertThat(shop.targets()).containsExactly(FIRST, "/s/Customers?$skiptoken=1");
  }

  @Test
  void c3_resolves_a_relative_link_against_the_context_url() {
    shop.api.script(
        Reply.json(
            "{\"@odata.context\":\""
                + shop.api.url("/other/root/$metadata#Customers")
                + "\",\"value\":[{\"id\":1}],"
                + Shop.next("Customers?$skiptoken=5")
                + "}"),
        Shop.page(2, 1));
    assertThat(shop.ids()).containsExactly(1, 2);
    assertThat(shop.targets().get(1)).isEqualTo("/other/root/Customers?$skiptoken=5");
  }

  @Test
  void c3_uses_a_context_url_that_comes_after_the_link() {
    shop.api.script(
        Reply.json(
            "{"
                + Shop.next("Customers?$skiptoken=5")
                + ",\"value\":[],\"@odata.context\":\"../t/$metadata#Customers\"}"),
        Shop.page(2, 1));
    assertThat(shop.ids()).containsExactly(2);
    assertThat(shop.targets().get(1)).isEqualTo("/t/Customers?$skiptoken=5");
  }

  @Test
  void c4_resolves_a_relative_link_against_the_request_without_a_context() {
    shop.api.script(
        Reply.json("{\"value\":[{\"id\":1}]," + Shop.next("Customers?$skiptoken=5") + "}"),
        Reply.json("{\"value\":[{\"id\":2}]," + Shop.next("?$skiptoken=6") + "}"),
        Shop.page(3, 1));
    assertThat(shop.ids()).containsExactly(1, 2, 3);
    assertThat(shop.targets())
        .containsExactly(FIRST, "/s/Customers?$skiptoken=5", "/s/Customers?$skiptoken=6");
  }

  @Test
  void c7_takes_the_link_before_and_after_the_rows() {
    shop.api.script(
        Reply.json("{" + Shop.next("Customers?$skiptoken=1") + ",\"value\":[{\"id\":1}]}"),
        Reply.json("{\"value\":[{\"id\":2}]," + Shop.next("Customers?$skiptoken=2") + "}"),
        Shop.page(3, 1));
    assertThat(shop.ids()).containsExactly(1, 2, 3);
  }

  @Test
  void c8_ends_at_an_empty_link() {
    shop.api.script(Shop.page(1, 1, Shop.next("")));
    assertThat(shop.ids()).containsExactly(1);
    assertThat(shop.targets()).containsExactly(FIRST);
  }

  @Test
  void c8_ends_at_a_null_link() {
    shop.api.script(Shop.page(1, 1, "\"@odata.nextLink\":null"));
    assertThat(shop.ids()).containsExactly(1);
    assertThat(shop.targets()).containsExactly(FIRST);
  }

  @Test
  void c9_follows_a_link_after_few_rows_and_past_empty_pages() {
    shop.api.script(
        Shop.page(1, 1, Shop.next("Customers?$skiptoken=1")),
        Shop.page(2, 0, Shop.next("Customers?$skiptoken=2")),
        Shop.page(2, 1, Shop.next("Customers?$skiptoken=3")),
        Shop.page(3, 0));
    assertThat(shop.ids()).containsExactly(1, 2);
    assertThat(shop.pages()).hasSize(4);
  }

  @Test
  void c11_escapes_only_what_no_request_line_can_hold() {
    shop.api.script(
        Shop.page(1, 1, Shop.next("Customers?$skiptoken=a b|c{d}'e'%2B+\\\"^")), Shop.page(2, 1));
    assertThat(shop.ids()).containsExactly(1, 2);
    assertThat(shop.targets().get(1))
        .startsWith("/s/Customers?$skiptoken=a%20b")
        .contains("'e'%2B+");
  }

  @Test
  void c12_neither_decodes_nor_encodes_again() {
    String link = "/s/Customers?$skiptoken=%2B%23%252f%25xx+/%3d";
    shop.api.script(Shop.page(1, 1, Shop.next(shop.api.url(link))), Shop.page(2, 1));
    assertThat(shop.ids()).containsExactly(1, 2);
    assertThat(shop.targets().get(1)).isEqualTo(link);
  }

  @Test
  void c13_appends_no_option_of_its_own_to_a_link() {
    shop.api.script(
        Shop.page(1, 20, Shop.next("Customers?$skiptoken=20&$top=10")), Shop.page(21, 10));
    List<Object[]> rows = shop.readWanted(ids().withLimit(OptionalLong.of(30)));
    assertThat(rows).hasSize(30);
    assertThat(shop.targets())
        .containsExactly(FIRST + "&$top=30", "/s/Customers?$skiptoken=20&$top=10");
  }

  @Test
  void c15_reads_thirty_rows_where_the_link_counts_top_down() {
    shop.api.script(
        Shop.page(1, 20, Shop.next("Customers?$top=10&$skiptoken=20")), Shop.page(21, 10));
    ScanRequest wanted = ids().withLimit(OptionalLong.of(30));
    assertThat(shop.readWanted(wanted)).hasSize(30);
    assertThat(shop.pages()).hasSize(2);
  }

  @Test
  void c16_stops_at_the_limit_when_the_service_ignores_top() {
    shop.api.script(
        Shop.page(1, 20, Shop.next("Customers?$skiptoken=20")),
        Shop.page(21, 20, Shop.next("Customers?$skiptoken=40")));
    ScanRequest accepted =
        shop.customers().pushDown(ids().withLimit(OptionalLong.of(30))).accepted();
    List<Object[]> rows = Shop.read(shop.customers(), accepted, Demand.first(30), shop.context);
    assertThat(rows).hasSize(30);
    assertThat(shop.pages()).hasSize(2);
  }

  @Test
  void c24_gives_no_row_of_a_page_that_is_cut() {
    StringBuilder json = new StringBuilder("{\"value\":[");
    for (int i = 1; i < 57; i++) {
      json.append("{\"id\":").append(i).append("},");
    }
    shop.api.on(request -> Reply.json(json + "{\"id\":5"));
    assertThatThrownBy(shop::ids)
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE))
        .hasMessageContaining("shop.Customers, page 1")
        .hasMessageContaining("cut off")
        .hasMessageContaining("after row 56");
  }

  @Test
  void every_page_is_asked_for_with_the_same_headers() {
    shop.api.script(Shop.page(1, 1, Shop.next("Customers?$skiptoken=1")), Shop.page(2, 1));
    shop.read(ids().withPageSize(OptionalInt.of(10)));
    assertThat(shop.pages())
        .allSatisfy(
            request -> {
              assertThat(request.header("Prefer")).contains("odata.maxpagesize=10");
              assertThat(request.header("OData-MaxVersion")).contains("4.0");
              assertThat(request.header("Accept").orElseThrow()).startsWith("application/json");
            });
  }

  @Test
  void without_a_page_size_none_is_preferred() {
    shop.api.script(Shop.page(1, 1));
    shop.ids();
    assertThat(shop.pages())
        .extracting(request -> request.header("Prefer"))
        .allMatch(o -> o.isEmpty());
  }

  @Test
  void the_query_of_the_configured_url_is_sent_before_the_options() {
    try (Shop versioned = new Shop("url", shop.api.url("/s/?api-version=1"))) {
      shop.api.script(Shop.page(1, 1));
      versioned.ids();
      assertThat(shop.api.requests())
          .extracting(ReceivedRequest::target)
          .containsExactly("/s/$metadata?api-version=1", "/s/Customers?api-version=1&$select=id");
    }
  }
}
