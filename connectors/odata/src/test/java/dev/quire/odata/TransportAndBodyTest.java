package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups G and H of the conformance matrix: where a link may lead, and what a body may be. */
class TransportAndBodyTest {
  private final Shop shop =
      new Shop("auth.type", "bearer", "auth.token", "geheim-4711", "http.max_body", "8MiB");

  @AfterEach
  void close() {
    shop.close();
  }

  private AbstractThrowableAssert<?, ?> assertFails(ErrorKind kind) {
    return assertThatThrownBy(shop::ids)
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining("shop.Customers, page")
        .hasMessageNotContaining("geheim");
  }

  private void assertRefusesLink(String link) {
    shop.api.script(Shop.page(1, 1, Shop.next(link)));
    assertFails(ErrorKind.FOREIGN_ORIGIN).hasMessageContaining("127.0.0.1:" + shop.api.port());
    assertThat(shop.pages()).hasSize(1);
  }

  private Object value(String column, String json) {
    shop.api.script(Reply.json("{\"value\":[{\"" + column + "\":" + json + "}]}"));
    return shop.read(ScanRequest.of(List.of(column))).get(0)[0];
  }

  private void assertInvalid(String column, String json) {
    assertThatThrownBy(() -> value(column, json))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE))
        .hasMessageContaining("page 1")
        .hasMessageContaining("row 1")
        .hasMessageContaining("'" + column + "'");
  }

  @Test
  void g1_refuses_a_link_to_another_host() {
    assertRefusesLink("http://evil.example/x");
  }

  @Test
  void g2_refuses_a_link_to_another_port() {
    try (FakeApi other = FakeApi.start()) {
      assertRefusesLink(other.url("/s/Customers"));
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void g3_refuses_a_link_with_another_scheme() {
    assertRefusesLink("https://127.0.0.1:" + shop.api.port() + "/s/Customers");
  }

  @Test
  void g4_refuses_a_link_with_user_information() {
    assertRefusesLink("http://127.0.0.1:" + shop.api.port() + "@evil.example/s");
  }

  @Test
  void g5_refuses_a_link_with_two_slashes_or_backslashes() {
    assertRefusesLink("//evil.example/x");
    shop.api.clearRequests();
    assertRefusesLink("\\\\\\\\evil.example\\\\x");
  }

  @Test
  void g6_follows_a_link_to_the_same_origin_in_another_spelling() {
    shop.api.script(
        Shop.page(1, 1, Shop.next("HTTP://127.0.0.1:" + shop.api.port() + "/s/Customers?p=2")),
        Shop.page(2, 1));
    assertThat(shop.ids()).containsExactly(1, 2);
  }

  @Test
  void g14_sends_the_credentials_with_every_page() {
    shop.api.script(Shop.page(1, 1, Shop.next("Customers?p=2")), Shop.page(2, 1));
    assertThat(shop.ids()).containsExactly(1, 2);
    assertThat(shop.pages())
        .allSatisfy(
            page -> assertThat(page.header("Authorization")).contains("Bearer geheim-4711"));
  }

  @Test
  void h1_an_empty_body_is_an_error() {
    shop.api.on(request -> Reply.json(""));
    assertFails(ErrorKind.MALFORMED_RESPONSE).hasMessageContaining("no body");
  }

  @Test
  void h2_html_is_an_error_that_shows_it() {
    shop.api.on(request -> Reply.html("<html><body>Please log in</body></html>"));
    assertFails(ErrorKind.MALFORMED_RESPONSE)
        .hasMessageContaining("text/html")
        .hasMessageContaining("Please log in");
  }

  @Test
  void h3_json_without_rows_is_an_error() {
    shop.api.on(request -> Reply.json("{\"@odata.context\":\"$metadata#Customers\"}"));
    assertFails(ErrorKind.MALFORMED_RESPONSE).hasMessageContaining("'value'");
  }

  @Test
  void h3_rows_that_are_no_list_are_an_error() {
    shop.api.on(request -> Reply.json("{\"value\":{\"id\":1}}"));
    assertFails(ErrorKind.MALFORMED_RESPONSE).hasMessageContaining("'value'");
  }

  @Test
  void h4_a_second_page_that_is_cut_is_an_error() {
    shop.api.script(
        Shop.page(1, 2, Shop.next("Customers?p=2")), Reply.json("{\"value\":[{\"id\":3},{\"id\""));
    assertFails(ErrorKind.MALFORMED_RESPONSE).hasMessageContaining("page 2, after 2 rows");
  }

  @Test
  void h5_a_page_shorter_than_announced_is_fetched_again() {
    shop.api.script(
        Shop.page(1, 2, Shop.next("Customers?p=2")), Shop.page(3, 2).shortBody(), Shop.page(3, 2));
    assertThat(shop.ids()).containsExactly(1, 2, 3, 4);
    assertThat(shop.pages()).hasSize(3);
  }

  @Test
  void h8_asks_for_gzip_and_decodes_it() {
    shop.api.script(Shop.page(1, 2).gzip());
    assertThat(shop.ids()).containsExactly(1, 2);
    assertThat(shop.pages().get(0).header("Accept-Encoding").orElseThrow()).contains("gzip");
  }

  @Test
  void h9_gzip_that_is_cut_is_an_error() {
    shop.api.on(
        request ->
            request.query().contains("p=2")
                ? Shop.page(3, 2).cutGzip()
                : Shop.page(1, 2, Shop.next("Customers?p=2")));
    assertThatThrownBy(shop::ids)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("page 2");
  }

  @Test
  void h10_a_gzip_bomb_is_stopped() {
    shop.api.on(request -> Reply.gzipBomb(200_000_000));
    assertThatThrownBy(shop::ids).isInstanceOf(SourceException.class);
  }

  @Test
  void h11_anything_after_the_json_is_an_error() {
    shop.api.on(request -> Reply.json("{\"value\":[{\"id\":1}]}<html>"));
    assertFails(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void h11_a_second_object_after_the_json_is_an_error() {
    shop.api.on(request -> Reply.json("{\"value\":[{\"id\":1}]} {}"));
    assertFails(ErrorKind.MALFORMED_RESPONSE).hasMessageContaining("after its end");
  }

  @Test
  void h12_invalid_utf8_is_an_error_that_names_page_and_byte() {
    byte[] body = "{\"value\":[{\"id\":1,\"name\":\"??\"}]}".getBytes(StandardCharsets.US_ASCII);
    body[26] = (byte) 0xc3;
    body[27] = (byte) 0x28;
    shop.api.on(request -> Reply.json("").withBody(body));
    assertFails(ErrorKind.MALFORMED_RESPONSE)
        .hasMessageContaining("page 1")
        .hasMessageContaining("byte 2");
  }

  @Test
  void h16_a_number_beyond_53_bits_is_exact() {
    assertThat(value("big", "9007199254740993")).isEqualTo(9007199254740993L);
    assertThat(value("big", "\"9007199254740993\"")).isEqualTo(9007199254740993L);
    assertThat(value("big", "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void h17_a_number_beyond_64_bits_is_an_error() {
    assertInvalid("big", "123456789012345678901234567890");
    assertInvalid("big", "\"9223372036854775808\"");
    assertInvalid("id", "2147483648");
    assertInvalid("small", "32768");
  }

  @Test
  void h18_a_decimal_is_exact() {
    BigDecimal exact = new BigDecimal("12345678901234567890.123456789012345678");
    assertThat(value("revenue", exact.toPlainString())).isEqualTo(exact);
    assertThat(value("revenue", "\"" + exact + "\"")).isEqualTo(exact);
    assertThat(value("revenue", "440000.000000000")).isEqualTo(new BigDecimal("440000.000000000"));
  }

  @Test
  void h19_a_number_too_great_for_a_double_is_not_infinity() {
    assertInvalid("score", "1e400");
    assertInvalid("ratio", "1e39");
    assertThat(value("score", "\"INF\"")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(value("score", "\"-INF\"")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value("score", "\"NaN\"")).isEqualTo(Double.NaN);
  }

  @Test
  void h23_a_field_that_is_missing_later_is_null() {
    shop.api.script(
        Reply.json("{\"value\":[{\"id\":1,\"name\":\"a\"}]," + Shop.next("Customers?p=2") + "}"),
        Reply.json("{\"value\":[{\"id\":2}]}"));
    assertThat(shop.read(ScanRequest.of(List.of("id", "name"))))
        .containsExactly(new Object[] {1, "a"}, new Object[] {2, null});
  }

  @Test
  void h24_a_field_that_appears_later_is_ignored() {
    shop.api.script(
        Shop.page(1, 1, Shop.next("Customers?p=2")),
        Reply.json(
            "{\"value\":[{\"fresh\":{\"a\":[1]},\"id\":2,\"@odata.etag\":\"x\","
                + "\"id@odata.type\":\"#Int32\"}]}"));
    assertThat(shop.ids()).containsExactly(1, 2);
  }

  @Test
  void an_error_inside_of_a_success_is_an_error() {
    shop.api.on(
        request ->
            Reply.json(
                "{\"value\":[{\"id\":1}],\"error\":{\"code\":\"X\",\"message\":\"disk broke\"}}"));
    assertFails(ErrorKind.REMOTE_FAILURE).hasMessageContaining("disk broke");
  }

  @Test
  void an_error_shows_what_the_service_says_once() {
    shop.api.on(
        request ->
            Reply.json("{\"error\":{\"code\":\"\",\"message\":\"no such\\nthing\"}}")
                .withStatus(400));
    assertFails(ErrorKind.REJECTED)
        .hasMessageContaining("answered 400 Said: no such thing")
        .hasMessageNotContaining("{");
  }
}
