package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services of OData 2 and 3: verbose JSON, light JSON of version 3, and the habits of SAP's. */
class ODataV2Test {
  private static final String FIRST = "/s/Orders?$select=OrderID";
  private Shop shop = shop();

  @AfterEach
  void close() {
    shop.api.verifyNoUnexpected();
    shop.close();
  }

  private static Shop shop(String... settings) {
    Shop shop = new Shop(settings);
    shop.api.on("/s/$metadata", request -> Shop.xml(metadata()));
    return shop;
  }

  private void reopen(String... settings) {
    shop.close();
    shop = shop(settings);
  }

  static String metadata() {
    try (InputStream in = ODataV2Test.class.getResourceAsStream("northwind2.xml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScanRequest ids() {
    return ScanRequest.of(List.of("OrderID"));
  }

  private List<Object> read(ScanRequest scan, Demand demand) {
    return Shop.read(shop.table("Orders"), scan, demand, shop.context).stream()
        .map(row -> row[0])
        .toList();
  }

  private List<Object> read() {
    return read(ids(), Demand.UNCERTAIN);
  }

  private Object value(String column, String json) {
    shop.api.script(Reply.json("{\"d\":{\"results\":[{\"" + column + "\":" + json + "}]}}"));
    return read(ScanRequest.of(List.of(column)), Demand.UNCERTAIN).get(0);
  }

  private static String results(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(id -> "{\"__metadata\":{\"uri\":\"x\"},\"OrderID\":" + id + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Reply page(int from, int count, String more) {
    return Reply.json("{\"d\":{\"results\":" + results(from, count) + more + "}}");
  }

  private static String next(String link) {
    return ",\"__next\":\"" + link + "\"";
  }

  private void assertFails(ErrorKind kind, String... parts) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void follows_a_next_link_inside_of_d_byte_for_byte() {
    String link = "/s/Orders?$select=OrderID&$skiptoken='a%2Fb'(1),2~";
    shop.api.script(page(1, 2, next(shop.api.url(link))), page(3, 1, ",\"__count\":\"3\""));
    assertThat(read()).containsExactly(1, 2, 3);
    assertThat(shop.targets()).containsExactly(FIRST, link);
  }

  @Test
  void follows_a_next_link_before_the_rows_and_a_relative_one() {
    shop.api.script(
        Reply.json(
            "{\"d\":{\"__next\":\"Orders?$skiptoken=1\",\"results\":" + results(1, 1) + "}}"),
        page(2, 1, ",\"__next\":\"\""));
    assertThat(read()).containsExactly(1, 2);
    assertThat(shop.targets()).containsExactly(FIRST, "/s/Orders?$skiptoken=1");
  }

  @Test
  void reads_a_list_in_d_as_version_1_writes_it() {
    shop.api.script(Reply.json("{\"d\":" + results(1, 2) + "}"));
    assertThat(read()).containsExactly(1, 2);
  }

  @Test
  void every_page_is_asked_for_in_the_service_s_version() {
    shop.api.script(page(1, 1, next("Orders?$skiptoken=1")), page(2, 1, ""));
    read();
    for (ReceivedRequest request : shop.pages()) {
      assertThat(request.header("DataServiceVersion")).contains("2.0");
      assertThat(request.header("MaxDataServiceVersion")).contains("2.0");
      assertThat(request.header("Accept")).contains("application/json");
      assertThat(request.header("OData-Version")).isEmpty();
      assertThat(request.header("OData-MaxVersion")).isEmpty();
    }
  }

  @Test
  void a_next_link_to_another_origin_is_refused() {
    shop.api.script(page(1, 1, next("http://127.0.0.2:1/s/Orders?$skiptoken=1")));
    assertFails(ErrorKind.FOREIGN_ORIGIN, "127.0.0.2");
  }

  @Test
  void a_link_to_later_changes_is_the_end() {
    shop.api.script(page(1, 2, next(shop.api.url("/s/Orders?!deltatoken='2026'"))));
    assertThat(read()).containsExactly(1, 2);
    shop.api.script(page(1, 2, next("Orders?%21deltatoken=%272026%27")));
    assertThat(read()).containsExactly(1, 2);
  }

  @Test
  void d_without_results_is_an_error() {
    shop.api.script(Reply.json("{\"d\":{\"OrderID\":1}}"));
    assertFails(ErrorKind.MALFORMED_RESPONSE, "d.results");
    shop.api.script(Reply.json("{\"d\":null}"));
    assertFails(ErrorKind.MALFORMED_RESPONSE, "d.results");
    shop.api.script(Reply.json("{\"d\":{\"results\":{\"OrderID\":1}}}"));
    assertFails(ErrorKind.MALFORMED_RESPONSE, "'results' is not a list");
    shop.api.script(Reply.json("{\"d\":{\"results\":" + results(1, 1)));
    assertFails(ErrorKind.MALFORMED_RESPONSE, "cut off");
  }

  @Test
  void a_service_that_sends_more_than_the_limit_is_stopped() {
    shop.api.script(page(1, 20, next("Orders?$top=10&$skiptoken=20")), page(21, 10, ""));
    Pushdown pushdown = shop.table("Orders").pushDown(ids().withLimit(OptionalLong.of(25)));
    assertThat(read(pushdown.accepted(), Demand.first(25))).hasSize(25);
    assertThat(shop.targets())
        .containsExactly(FIRST + "&$top=25", "/s/Orders?$top=10&$skiptoken=20");
  }

  @Test
  void the_client_number_in_the_url_goes_with_first_requests_and_not_with_next_links() {
    try (Shop client = new Shop("url", shop.api.url("/s?sap-client=100"))) {
      shop.api.script(page(1, 1, next("Orders?$skiptoken=1")), page(2, 1, ""));
      Shop.read(client.table("Orders"), ids(), Demand.UNCERTAIN, client.context);
      assertThat(shop.api.requests())
          .extracting(ReceivedRequest::target)
          .containsExactly(
              "/s/$metadata?sap-client=100",
              "/s/Orders?sap-client=100&$select=OrderID",
              "/s/Orders?$skiptoken=1");
    }
  }

  @Test
  void reads_values_as_version_2_writes_them() {
    assertThat(value("OrderDate", "\"\\/Date(1234567890123)\\/\""))
        .isEqualTo(LocalDateTime.parse("2009-02-13T23:31:30.123"));
    assertThat(value("OrderDate", "\"/Date(-1)/\""))
        .isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999"));
    assertThat(value("Changed", "\"/Date(1234567890000)/\""))
        .isEqualTo(Instant.parse("2009-02-13T23:31:30Z"));
    assertThat(value("Changed", "\"/Date(1234571490000+0060)/\""))
        .isEqualTo(Instant.parse("2009-02-13T23:31:30Z"));
    assertThat(value("Changed", "\"/Date(1234564290000-60)/\""))
        .isEqualTo(Instant.parse("2009-02-13T23:31:30Z"));
    assertThat(value("Opens", "\"PT13H20M05.5S\"")).isEqualTo(LocalTime.parse("13:20:05.5"));
    assertThat(value("Freight", "\"32.3800\"")).isEqualTo(new BigDecimal("32.3800"));
    assertThat(value("Serial", "\"9007199254740993\"")).isEqualTo(9007199254740993L);
    assertThat(value("Weight", "\"1.5\"")).isEqualTo(1.5);
    assertThat(value("Flags", "255")).isEqualTo(255);
    assertThat(value("Picture", "\"AQI=\"")).isEqualTo(new byte[] {1, 2});
    assertThat(value("Guid", "\"9c2f1b6a-0000-4000-8000-00000000000a\""))
        .isEqualTo(UUID.fromString("9c2f1b6a-0000-4000-8000-00000000000a"));
    assertThat(value("Note", "null")).isNull();
  }

  @Test
  void reads_times_as_version_3_writes_them() {
    assertThat(value("OrderDate", "\"2026-01-01T00:00:00\""))
        .isEqualTo(LocalDateTime.parse("2026-01-01T00:00"));
    assertThat(value("OrderDate", "\"2026-01-01T08:30:00.1234567+02:00\""))
        .isEqualTo(LocalDateTime.parse("2026-01-01T08:30:00.1234567"));
    assertThat(value("Changed", "\"2026-01-01T08:30:00+02:00\""))
        .isEqualTo(Instant.parse("2026-01-01T06:30:00Z"));
  }

  @Test
  void a_time_that_is_no_time_of_day_is_an_error() {
    for (String text : List.of("PT24H", "P1DT1H", "-PT1H", "P1Y", "/Date(1)/")) {
      assertThatThrownBy(() -> value("Opens", "\"" + text + "\""))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE))
          .hasMessageContaining("'Opens'");
    }
    assertThatThrownBy(() -> value("OrderDate", "\"/Date(99999999999999999999)/\""))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("'OrderDate'");
  }

  @Test
  void a_complex_property_is_read_by_its_parts_and_a_link_is_passed_over() {
    shop.api.script(
        Reply.json(
            "{\"d\":{\"results\":[{\"Address\":{\"__metadata\":{\"type\":\"t\"},\"City\":\"Bern\","
                + "\"Zip\":\"3000\"},\"Orders\":{\"__deferred\":{\"uri\":\"u\"}}}]}}"));
    Table customers = shop.table("Customers");
    ScanRequest scan = ScanRequest.of(List.of("Address.City"));
    assertThat(Shop.read(customers, scan, Demand.UNCERTAIN, shop.context).get(0))
        .containsExactly("Bern");
    assertThat(shop.targets()).containsExactly("/s/Customers?$select=Address");
  }

  @Test
  void the_service_s_words_stand_in_the_error() {
    shop.api.script(
        Reply.json(
                "{\"error\":{\"code\":\"/IWBEP/CM_MGW_RT/020\",\"message\":{\"lang\":\"en\","
                    + "\"value\":\"No such order\"},\"innererror\":{\"transactionid\":\"A1\"}}}")
            .withStatus(400));
    assertFails(ErrorKind.REJECTED, "/IWBEP/CM_MGW_RT/020: No such order");
  }

  @Test
  void counts_by_a_path_of_its_own() {
    shop.api.script(Reply.text("77"));
    ScanRequest count =
        ScanRequest.of(List.of()).withAggregation(Optional.of(Aggregation.countAll()));
    assertThat(read(shop.table("Orders").pushDown(count).accepted(), Demand.UNCERTAIN))
        .containsExactly(77L);
    assertThat(shop.targets()).containsExactly("/s/Orders/$count");
  }

  @Test
  void sends_a_filter_in_the_words_of_version_2() {
    ColumnRef note = new ColumnRef("Note", DataType.VARCHAR);
    Expression contains =
        Expression.call(Function.CONTAINS, note, new Constant("it's", DataType.VARCHAR));
    shop.api.script(page(1, 1, ""));
    Pushdown pushdown = shop.table("Orders").pushDown(ids().withFilters(List.of(contains)));
    read(pushdown.accepted(), Demand.UNCERTAIN);
    assertThat(shop.targets()).containsExactly(FIRST + "&$filter=substringof('it''s',Note)");
  }

  @Test
  void version_3_is_found_and_its_light_json_read() {
    shop.api.on(
        "/s/$metadata",
        request ->
            Shop.xml(
                metadata()
                    .replace(
                        "m:DataServiceVersion=\"2.0\"",
                        "m:DataServiceVersion=\"1.0\" m:MaxDataServiceVersion=\"3.0\"")));
    shop.api.script(
        Reply.json(
            "{\"odata.metadata\":\"$metadata#Orders\",\"odata.count\":\"2\",\"value\":"
                + results(1, 1)
                + ",\"odata.nextLink\":\"Orders?$skiptoken=1\"}"),
        page(2, 1, ""));
    assertThat(read()).containsExactly(1, 2);
    assertThat(shop.targets()).containsExactly(FIRST, "/s/Orders?$skiptoken=1");
    assertThat(shop.pages())
        .allSatisfy(request -> assertThat(request.header("MaxDataServiceVersion")).contains("3.0"));
  }

  @Test
  void the_version_of_the_configuration_wins() {
    reopen("version", "3.0");
    shop.api.script(page(1, 1, ""));
    read();
    assertThat(shop.api.requests())
        .allSatisfy(
            request -> {
              assertThat(request.header("MaxDataServiceVersion")).contains("3.0");
              assertThat(request.header("OData-MaxVersion")).isEmpty();
            });
  }

  @Test
  void an_error_inside_of_a_success_is_an_error() {
    shop.api.on(
        "/s/Orders",
        request ->
            Reply.json("{\"odata.error\":{\"code\":\"7\",\"message\":{\"value\":\"broken\"}}}"));
    assertFails(ErrorKind.REMOTE_FAILURE, "7: broken");
  }

  @Test
  void an_order_is_sent_where_nulls_cannot_be_and_the_service_sorts() {
    assertThat(order("Orders", "OrderID")).isEqualTo(Fidelity.EXACT);
    assertThat(order("Orders", "OrderDate")).isEqualTo(Fidelity.NONE);
    assertThat(order("Customers", "Rank")).isEqualTo(Fidelity.NONE);
  }

  private Fidelity order(String set, String column) {
    SortKey key = new SortKey(column, false, true);
    ScanRequest scan = ScanRequest.of(List.of(column)).withOrder(List.of(key));
    return shop.table(set).pushDown(scan).order();
  }

  @Test
  void associations_become_references_and_labels_remarks() {
    Table orders = shop.table("Orders");
    assertThat(
            orders.schema().references().stream()
                .collect(Collectors.toMap(each -> each.columns().get(0), each -> each.target())))
        .isEqualTo(
            Map.of("CustomerID", TableName.of("Customers"), "ParentID", TableName.of("Orders")));
    assertThat(orders.schema().references().get(0).navigation()).contains("Customer");
    assertThat(orders.schema().remarks()).contains("Orders of all years");
    Table customers = shop.table("Customers");
    assertThat(customers.schema().remarks()).contains("Business partner");
    assertThat(customers.schema().columns().get(0).remarks())
        .isEqualTo(Optional.of("Number of the partner"));
    assertThat(shop.source.tables("", shop.context))
        .containsExactly(TableName.of("Customers"), TableName.of("Orders"));
  }

  @Test
  void types_of_version_2_become_types_of_sql() {
    assertThat(
            shop.table("Orders").schema().columns().stream()
                .map(column -> column.name() + " " + column.type().sqlName()))
        .contains(
            "OrderDate TIMESTAMP",
            "Changed TIMESTAMP WITH TIME ZONE",
            "Opens TIME",
            "Freight DECIMAL(19, 4)",
            "Serial BIGINT",
            "Guid UUID");
  }
}
