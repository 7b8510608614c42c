package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.RowEstimate.Certainty;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ODataSourceTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  private void assertNoService(ErrorKind kind, String... parts) {
    assertThatThrownBy(() -> shop.source.tables("", shop.context))
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private static ScanRequest ids() {
    return ScanRequest.of(List.of("id"));
  }

  @Test
  void opening_sends_nothing() {
    assertThat(shop.api.requests()).isEmpty();
    Table table = shop.customers();
    shop.api.clearRequests();
    table.open(Split.whole(TableName.of("Customers"), ids()), shop.context).firstRequest();
    assertThat(shop.api.requests()).isEmpty();
  }

  @Test
  void metadata_is_read_once() {
    shop.source.tables("", shop.context);
    shop.customers();
    shop.table("Orders");
    assertThat(shop.api.requests("/s/$metadata")).hasSize(1);
  }

  @Test
  void metadata_that_failed_is_read_again_at_the_next_question() {
    shop.api.on("/s/$metadata", request -> Reply.json("{}").withStatus(403));
    assertNoService(ErrorKind.PERMISSION, "403");
    shop.api.on("/s/$metadata", request -> Shop.xml(Shop.metadata()));
    assertThat(shop.source.tables("", shop.context)).hasSize(5);
  }

  @Test
  void tables_are_found_in_any_case_when_only_one_matches() {
    assertThat(shop.table("customers").schema().name().name()).isEqualTo("Customers");
    assertThat(shop.source.findTable(TableName.of("nothing"), shop.context)).isEmpty();
  }

  @Test
  void a_set_of_an_unknown_type_is_listed_and_says_what_is_wrong() {
    assertThat(shop.source.tables("", shop.context)).contains(TableName.of("Nowhere"));
    assertThatThrownBy(() -> shop.table("Nowhere"))
        .hasMessageContaining("shop.Nowhere")
        .hasMessageContaining("Shop.NotDeclared");
  }

  @Test
  void html_instead_of_metadata_says_that_it_is_no_odata_service() {
    shop.api.on("/s/$metadata", request -> Reply.html("<html>hello</html>"));
    assertNoService(ErrorKind.CONFIGURATION, "is not an OData service", "text/html", "Check 'url'");
  }

  @Test
  void json_instead_of_metadata_says_that_it_is_no_odata_service() {
    shop.api.on("/s/$metadata", request -> Reply.json("{\"a\":1}"));
    assertNoService(ErrorKind.CONFIGURATION, "is not an OData service", "application/json");
  }

  @Test
  void no_metadata_says_that_it_is_no_odata_service() {
    shop.api.on("/s/$metadata", request -> Reply.html("gone").withStatus(404));
    assertNoService(ErrorKind.CONFIGURATION, "is not an OData service", "404");
  }

  @Test
  void metadata_that_is_cut_is_an_error() {
    shop.api.on("/s/$metadata", request -> Shop.xml(Shop.metadata().substring(0, 3000)));
    assertNoService(ErrorKind.MALFORMED_RESPONSE, "metadata document");
  }

  @Test
  void an_unknown_version_is_named() {
    shop.api.on("/s/$metadata", request -> Shop.xml("<Edmx Version=\"5.0\"/>"));
    assertNoService(ErrorKind.UNSUPPORTED, "version 5.0");
  }

  @Test
  void metadata_can_come_from_a_file(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("m.xml"), Shop.metadata());
    try (Shop local = new Shop("metadata", file.toString())) {
      assertThat(local.source.tables("", local.context)).hasSize(5);
      assertThat(local.api.requests()).isEmpty();
    }
  }

  @Test
  void a_wrong_value_names_its_key() {
    assertThatThrownBy(() -> new Shop("page_size", "many"))
        .hasMessageContaining("sources.shop.page_size")
        .hasMessageContaining("many");
    assertThatThrownBy(() -> new Shop("profile", "sap"))
        .hasMessageContaining("none, dataverse, graph");
  }

  @Test
  void every_property_is_listed_once() {
    assertThat(new ODataConnector().properties())
        .extracting(property -> property.name())
        .contains("url", "profile", "page_size", "metadata", "version", "strings")
        .doesNotHaveDuplicates();
  }

  @Test
  void every_property_of_its_own_is_in_the_documentation() throws IOException {
    String page = Files.readString(Path.of("../../docs/connectors/odata.md"));
    assertThat(new ODataConnector().properties())
        .filteredOn(property -> !property.name().contains("."))
        .allSatisfy(property -> assertThat(page).contains("| `" + property.name() + "` |"));
  }

  @Test
  void metadata_in_a_file_that_is_not_there_names_the_file() {
    try (Shop lost = new Shop("metadata", "no/such.xml")) {
      assertThatThrownBy(() -> lost.source.tables("", lost.context))
          .hasMessageContaining("no/such.xml");
    }
  }

  @Test
  void a_singleton_is_one_row() {
    shop.api.on(
        "/s/Best",
        request -> Reply.json("{\"@odata.context\":\"$metadata#Best\",\"id\":7,\"name\":\"b\"}"));
    Table best = shop.table("Best");
    List<Object[]> rows =
        Shop.read(
            best,
            best.pushDown(ScanRequest.of(List.of("name", "id")).withLimit(OptionalLong.of(1)))
                .accepted(),
            dev.quire.chain.Demand.UNCERTAIN,
            shop.context);
    assertThat(rows).containsExactly(new Object[] {"b", 7});
    assertThat(shop.targets()).containsExactly("/s/Best?$select=name,id");
  }

  @Test
  void a_null_singleton_is_no_row() {
    shop.api.on("/s/Best", request -> Reply.status(204));
    assertThat(Shop.read(shop.table("Best"), ids(), dev.quire.chain.Demand.UNCERTAIN, shop.context))
        .isEmpty();
  }

  @Test
  void counts_with_a_path_of_its_own() {
    shop.api.on("/s/Customers/$count", request -> Reply.text("\uFEFF 1234\r\n"));
    Pushdown pushdown =
        shop.customers().pushDown(ids().withAggregation(Optional.of(Aggregation.countAll())));
    assertThat(shop.read(pushdown.accepted())).containsExactly(new Object[] {1234L});
  }

  @Test
  void a_count_that_is_turned_down_is_left_to_the_engine() {
    for (int status : new int[] {400, 404, 405, 501}) {
      shop.api.on("/s/Customers/$count", request -> Reply.json("{}").withStatus(status));
      Pushdown pushdown =
          shop.customers().pushDown(ids().withAggregation(Optional.of(Aggregation.countAll())));
      assertThatThrownBy(() -> shop.read(pushdown.accepted()))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.PUSHDOWN_REFUSED));
    }
  }

  @Test
  void an_order_that_is_not_supported_is_left_to_the_engine() {
    shop.api.on(
        "/s/Customers",
        request ->
            Reply.json("{\"error\":{\"code\":\"\",\"message\":\"$orderby is not supported\"}}")
                .withStatus(400));
    ScanRequest wanted = ids().withOrder(List.of(new SortKey("id", false, true)));
    assertThatThrownBy(() -> shop.readWanted(wanted))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PUSHDOWN_REFUSED));
    assertThatThrownBy(() -> shop.readWanted(ids()))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.REJECTED));
  }

  @Test
  void estimates_by_counting() {
    shop.api.on("/s/Customers/$count", request -> Reply.text("12001"));
    ScanRequest scan = ids().withLimit(OptionalLong.of(6_000));
    assertThat(shop.customers().estimateRows(ids(), shop.context))
        .contains(new RowEstimate(12_001, Certainty.EXACT, "$count"));
    assertThat(shop.customers().estimateRows(scan, shop.context))
        .contains(new RowEstimate(6_000, Certainty.EXACT, "$count"));
  }

  @Test
  void previews_the_first_request_without_secrets() {
    try (Shop secret =
        new Shop("auth.type", "bearer", "auth.token", "geheim", "page_size", "100")) {
      RequestPreview preview =
          secret
              .customers()
              .open(Split.whole(TableName.of("Customers"), ids()), secret.context)
              .firstRequest();
      assertThat(preview.url()).isEqualTo(secret.api.url("/s/Customers?$select=id"));
      assertThat(preview.headers()).containsExactly(Map.entry("Prefer", "odata.maxpagesize=100"));
      assertThat(preview.toString()).doesNotContain("geheim");
    }
  }

  @Test
  void selects_a_structure_once_and_reads_its_parts() {
    shop.api.script(
        Reply.json(
            "{\"value\":[{\"address\":{\"zip\":8001,\"city\":\"Zürich\",\"place\":{\"a\":1}}},"
                + "{\"address\":null}]}"));
    List<Object[]> rows =
        shop.read(ScanRequest.of(List.of("address.city", "address.zip", "address.place")));
    assertThat(rows)
        .containsExactly(
            new Object[] {"Zürich", 8001, "{\"a\":1}"}, new Object[] {null, null, null});
    assertThat(shop.targets()).containsExactly("/s/Customers?$select=address");
  }

  @Test
  void no_column_is_the_key() {
    shop.api.script(Shop.page(1, 2));
    assertThat(shop.read(ScanRequest.of(List.of()))).hasSize(2);
    assertThat(shop.targets()).containsExactly("/s/Customers?$select=id");
  }

  @Test
  void an_aggregation_that_is_not_a_count_is_not_pushed() {
    Aggregation groups = new Aggregation(List.of("name"), List.of());
    Pushdown pushdown =
        shop.customers()
            .pushDown(ids().withAggregation(Optional.of(groups)).withLimit(OptionalLong.of(3)));
    assertThat(pushdown.aggregation()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.accepted().limit()).isEmpty();
  }
}
