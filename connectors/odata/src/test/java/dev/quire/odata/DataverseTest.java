package dev.quire.odata;

import static dev.quire.spi.Expression.call;
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
import dev.quire.spi.RowEstimate;
import dev.quire.spi.RowEstimate.Certainty;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Group D of the conformance matrix: Dataverse's ways. */
class DataverseTest {
  private final Shop shop = new Shop("profile", "dataverse");

  @AfterEach
  void close() {
    shop.api.verifyNoUnexpected();
    shop.close();
  }

  private static ScanRequest ids() {
    return ScanRequest.of(List.of("id"));
  }

  private static Expression nameIs(String text) {
    return call(
        Function.EQ, new ColumnRef("name", DataType.VARCHAR), new Constant(text, DataType.VARCHAR));
  }

  /** Serves {@code total} rows in pages, each with a link to the next. */
  private void serve(int total, int pageSize) {
    shop.api.on(
        "/s/Customers",
        request -> {
          int from = request.parameter("$skiptoken").map(Integer::parseInt).orElse(0);
          int count = Math.min(pageSize, total - from);
          int end = from + count;
          return end < total
              ? Shop.page(from, count, Shop.next(shop.api.url("/s/Customers?$skiptoken=" + end)))
              : Shop.page(from, count);
        });
  }

  @Test
  void d1_reads_12001_rows_in_three_requests() {
    serve(12_001, 5_000);
    assertThat(shop.ids()).hasSize(12_001).doesNotHaveDuplicates();
    assertThat(shop.pages()).hasSize(3);
  }

  @Test
  void next_links_hold_the_last_row_so_they_last() {
    serve(1, 5_000);
    assertThat(shop.customers().continuationsLast()).isTrue();
  }

  @Test
  void d2_reads_an_elastic_table_in_pages_of_500() {
    serve(1_100, 500);
    assertThat(shop.ids()).hasSize(1_100);
    assertThat(shop.pages()).hasSize(3);
  }

  @Test
  void d3_sends_top_without_a_page_size() {
    shop.api.script(Shop.page(1, 3));
    Pushdown pushdown = shop.customers().pushDown(ids().withLimit(OptionalLong.of(3)));
    assertThat(pushdown.limit()).isEqualTo(Fidelity.EXACT);
    shop.read(pushdown.accepted());
    ReceivedRequest request = shop.pages().get(0);
    assertThat(request.target()).endsWith("&$top=3");
    assertThat(request.header("Prefer")).isEmpty();
  }

  @Test
  void d4_pages_without_top_beyond_one_page() {
    serve(12_001, 5_000);
    Pushdown pushdown = shop.customers().pushDown(ids().withLimit(OptionalLong.of(8_000)));
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.notes()).anyMatch(note -> note.contains("$top"));
    List<Object[]> rows =
        Shop.read(shop.customers(), pushdown.accepted(), Demand.first(8_000), shop.context);
    assertThat(rows).hasSize(8_000);
    assertThat(shop.pages()).hasSize(2);
    assertThat(shop.targets()).noneMatch(target -> target.contains("$top"));
    assertThat(shop.pages().get(0).header("Prefer")).contains("odata.maxpagesize=5000");
  }

  @Test
  void d5_never_skips() {
    serve(20, 5_000);
    Pushdown pushdown =
        shop.customers().pushDown(ids().withOffset(10).withLimit(OptionalLong.of(5)));
    assertThat(pushdown.offset()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NONE);
    shop.read(pushdown.accepted());
    assertThat(shop.targets()).noneMatch(target -> target.contains("skip="));
  }

  @Test
  void d7_repeats_the_page_size_on_every_page() {
    serve(12_001, 5_000);
    shop.ids();
    assertThat(shop.pages())
        .extracting(request -> request.header("Prefer"))
        .containsOnly(Optional.of("odata.maxpagesize=5000"));
  }

  @Test
  void d8_counts_rows_itself_when_the_count_is_capped() {
    shop.api.script(
        capped(5_000, true),
        Reply.json(error("0x8004E023", "AggregateQueryRecordLimit exceeded.")).withStatus(400));
    Pushdown pushdown =
        shop.customers().pushDown(ids().withAggregation(Optional.of(Aggregation.countAll())));
    assertThat(pushdown.aggregation()).isEqualTo(Fidelity.EXACT);
    assertThatThrownBy(() -> shop.read(pushdown.accepted()))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PUSHDOWN_REFUSED));
  }

  @Test
  void d8_asks_apply_for_a_count_beyond_the_cap() {
    shop.api.script(capped(5_000, true), Reply.json("{\"value\":[{\"m1\":47110}]}"));
    Pushdown pushdown =
        shop.customers().pushDown(ids().withAggregation(Optional.of(Aggregation.countAll())));
    assertThat(pushdown.notes()).anyMatch(note -> note.contains("50,000"));
    assertThat(shop.read(pushdown.accepted())).containsExactly(new Object[] {47_110L});
    assertThat(shop.targets().get(1)).isEqualTo("/s/Customers?$apply=aggregate($count%20as%20m1)");
  }

  @Test
  void d2_a_count_of_500_without_a_word_may_be_an_elastic_tables_cap() {
    shop.api.script(
        Shop.page(1, 1, "\"@odata.count\":500"), Reply.json("{\"value\":[{\"m1\":777}]}"));
    Pushdown pushdown =
        shop.customers().pushDown(ids().withAggregation(Optional.of(Aggregation.countAll())));
    assertThat(shop.read(pushdown.accepted())).containsExactly(new Object[] {777L});
  }

  @Test
  void d2_a_limit_that_stops_at_500_rows_is_read_in_pages_instead() {
    shop.api.script(
        Shop.page(0, 500),
        Shop.page(0, 500, Shop.next(shop.api.url("/s/Customers?$skiptoken=500"))),
        Shop.page(500, 500));
    Pushdown pushdown = shop.customers().pushDown(ids().withLimit(OptionalLong.of(800)));
    assertThat(shop.read(pushdown.accepted())).hasSize(1_000);
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers?$select=id&$top=800",
            "/s/Customers?$select=id",
            "/s/Customers?$skiptoken=500");
    assertThat(shop.pages().get(1).header("Prefer")).contains("odata.maxpagesize=5000");
    assertThat(shop.pages().get(2).header("Prefer")).contains("odata.maxpagesize=5000");
  }

  @Test
  void d8_takes_the_count_below_the_cap() {
    shop.api.script(capped(4_711, false));
    Pushdown pushdown =
        shop.customers().pushDown(ids().withAggregation(Optional.of(Aggregation.countAll())));
    assertThat(shop.read(pushdown.accepted())).containsExactly(new Object[] {4_711L});
    ReceivedRequest request = shop.pages().get(0);
    assertThat(request.target()).isEqualTo("/s/Customers?$select=id&$count=true&$top=1");
    assertThat(request.header("Prefer").orElseThrow())
        .contains("Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded")
        .doesNotContain("maxpagesize");
  }

  private static Reply capped(int count, boolean exceeded) {
    return Shop.page(
        1,
        1,
        "\"@odata.count\":" + count,
        "\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":" + exceeded);
  }

  @Test
  void d18_rechecks_what_the_service_compares_without_case() {
    Pushdown pushdown =
        shop.customers()
            .pushDown(ids().withFilters(List.of(nameIs("abc"))).withLimit(OptionalLong.of(5)));
    assertThat(pushdown.filters()).containsExactly(Fidelity.NARROWING);
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.residualFilters()).containsExactly(nameIs("abc"));
  }

  @Test
  void d22_waits_as_told_and_asks_for_the_same_link_again() {
    String link = "/s/Customers?$skiptoken=2";
    shop.api.script(
        Shop.page(1, 2, Shop.next(shop.api.url(link))),
        Reply.json(error("0x80072322", "Number of requests exceeded the limit of 6000"))
            .withStatus(429)
            .withRetryAfter("17"),
        Shop.page(3, 1));
    assertThat(shop.ids()).containsExactly(1, 2, 3);
    assertThat(shop.targets().subList(1, 3)).containsExactly(link, link);
    assertThat(shop.clock.slept()).isGreaterThanOrEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void d22_knows_the_protection_codes_in_any_status() {
    shop.api.script(
        Reply.json(error("-2147015898", "Number of concurrent requests exceeded")).withStatus(400),
        Shop.page(1, 1));
    assertThat(shop.ids()).containsExactly(1);
    assertThat(shop.pages()).hasSize(2);
  }

  @Test
  void d25_refreshes_the_token_once_and_goes_on_from_the_same_link() {
    AtomicReference<String> token = new AtomicReference<>("old");
    String link = "/s/Customers?$skiptoken=2";
    shop.api.on(
        "/s/Customers",
        request -> {
          if (!request.query().contains("skiptoken")) {
            return Shop.page(1, 2, Shop.next(shop.api.url(link)));
          }
          boolean fresh = request.header("Authorization").equals(Optional.of("Bearer new"));
          token.set("new");
          return fresh ? Shop.page(3, 1) : Reply.json("{}").withStatus(401);
        });
    Map<String, String> values =
        Map.of("url", shop.api.url("/s"), "auth.type", "bearer", "auth.token", "${file:t}");
    SourceConfig config =
        new SourceConfig("crm", values, text -> text.replace("${file:t}", token.get()), k -> k);
    try (Source source = new ODataConnector().open(config, shop.clock.context())) {
      Table table = source.findTable(TableName.of("Customers"), shop.context).orElseThrow();
      assertThat(Shop.read(table, ids(), Demand.UNCERTAIN, shop.context)).hasSize(3);
    }
    assertThat(shop.targets()).containsExactly("/s/Customers?$select=id", link, link);
  }

  @Test
  void an_order_ends_with_the_key_so_that_no_row_moves_between_pages() {
    serve(3, 5_000);
    shop.readWanted(ids().withOrder(List.of(new SortKey("big", true, false))));
    shop.readWanted(ids().withOrder(List.of(new SortKey("id", true, false))));
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers?$select=id&$orderby=big%20desc,id",
            "/s/Customers?$select=id&$orderby=id%20desc");
  }

  @Test
  void b6_clamps_the_page_size_with_a_warning() {
    serve(10, 5_000);
    shop.read(ids().withPageSize(OptionalInt.of(9_000)));
    assertThat(shop.pages().get(0).header("Prefer")).contains("odata.maxpagesize=5000");
    assertThat(shop.context.warnings()).anyMatch(warning -> warning.contains("5,000"));
  }

  @Test
  void an_estimate_beyond_the_cap_comes_from_the_snapshot() {
    shop.api.script(capped(5_000, true));
    shop.api.on(
        "/s/RetrieveTotalRecordCount(EntityNames=@p1)",
        request ->
            Reply.json(
                "{\"EntityRecordCountCollection\":{\"Count\":1,\"Keys\":[\"Customer\"],"
                    + "\"Values\":[12001]}}"));
    RowEstimate estimate = shop.customers().estimateRows(ids(), shop.context).orElseThrow();
    assertThat(estimate.rows()).isEqualTo(12_001);
    assertThat(estimate.certainty()).isEqualTo(Certainty.APPROXIMATE);
    assertThat(shop.api.lastRequest().parameter("@p1")).contains("['Customer']");
  }

  @Test
  void rows_without_a_key_are_counted_whole() {
    shop.api.on("/s/Snakes", request -> capped(7, false));
    RowEstimate estimate = shop.table("Snakes").estimateRows(ids(), shop.context).orElseThrow();
    assertThat(estimate.rows()).isEqualTo(7);
    assertThat(shop.targets()).containsExactly("/s/Snakes?$count=true&$top=1");
  }

  @Test
  void an_estimate_beyond_the_cap_with_a_filter_is_a_lower_bound() {
    shop.api.script(capped(5_000, true));
    ScanRequest scan =
        shop.customers().pushDown(ids().withFilters(List.of(nameIs("abc")))).accepted();
    RowEstimate estimate = shop.customers().estimateRows(scan, shop.context).orElseThrow();
    assertThat(estimate.rows()).isEqualTo(5_000);
    assertThat(estimate.certainty()).isEqualTo(Certainty.AT_LEAST);
  }

  @Test
  void an_estimate_that_fails_is_none() {
    shop.api.script(Reply.json(error("0x0", "no")).withStatus(400));
    assertThat(shop.customers().estimateRows(ids(), shop.context)).isEmpty();
  }

  private static String error(String code, String message) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
  }
}
