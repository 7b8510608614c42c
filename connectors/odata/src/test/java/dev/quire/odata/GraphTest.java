package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Demand;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.Table;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Group E of the conformance matrix: Microsoft Graph's ways with pages and queries. */
class GraphTest extends GraphShop {
  private static final Expression NOT_BADGE_5 = compare(Function.NE, "badge", DataType.INTEGER, 5);
  private static final Expression BADGE_5 = compare(Function.EQ, "badge", DataType.INTEGER, 5);

  private static Expression compare(Function function, String column, DataType type, Object to) {
    return call(function, new ColumnRef(column, type), new Constant(to, type));
  }

  @Test
  void e1_asks_with_top_for_the_page_size_and_counts_rows_here() {
    serveUsers(250);
    ScanRequest wanted = ids().withLimit(OptionalLong.of(120));
    assertThat(users().pushDown(wanted).limit()).isEqualTo(Fidelity.NARROWING);
    assertThat(read(wanted)).hasSize(120);
    assertThat(shop.targets())
        .containsExactly("/s/users?$select=id&$top=100", "/s/users?$top=100&$skiptoken=100");
  }

  @Test
  void next_links_may_die() {
    serveUsers(1);
    assertThat(users().continuationsLast()).isFalse();
  }

  @Test
  void e1_reads_all_rows_though_top_was_sent() {
    serveUsers(250);
    assertThat(read(ids())).hasSize(250);
    assertThat(shop.pages()).hasSize(3);
  }

  @Test
  void e1_a_small_limit_is_a_small_page() {
    serveUsers(250);
    assertThat(read(ids().withLimit(OptionalLong.of(5)))).hasSize(5);
    assertThat(shop.targets()).containsExactly("/s/users?$select=id&$top=5");
  }

  @Test
  void e1_a_limit_over_a_filter_checked_here_keeps_the_page_size() {
    Expression name = compare(Function.EQ, "displayName", DataType.VARCHAR, "Zoë");
    Pushdown pushdown =
        users().pushDown(ids().withFilters(List.of(name)).withLimit(OptionalLong.of(5)));
    assertThat(pushdown.filters()).containsExactly(Fidelity.NARROWING);
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void e1_never_skips() {
    Pushdown pushdown = users().pushDown(ids().withOffset(10).withLimit(OptionalLong.of(5)));
    assertThat(pushdown.offset()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void b6_asks_for_999_rows_at_most() {
    serveUsers(3);
    read(ids().withPageSize(OptionalInt.of(5_000)));
    assertThat(shop.targets()).containsExactly("/s/users?$select=id&$top=999");
    assertThat(shop.context.warnings()).anyMatch(warning -> warning.contains("999"));
  }

  @Test
  void e3_repeats_the_consistency_level_on_every_page() {
    String link = "/s/users?$skiptoken=X'44'&$count=true";
    shop.api.script(page(1, 2, "\"@odata.count\":3", Shop.next(shop.api.url(link))), page(3, 1));
    assertThat(read(ids().withFilters(List.of(NOT_BADGE_5)))).hasSize(3);
    assertThat(shop.targets())
        .containsExactly(
            "/s/users?$select=id&$filter=(badge%20ne%205%20and%20badge%20ne%20null)&$top=100"
                + "&$count=true",
            link);
    assertThat(shop.pages())
        .extracting(request -> request.header("ConsistencyLevel"))
        .containsExactly(Optional.of("eventual"), Optional.of("eventual"));
  }

  @Test
  void e3_a_plain_query_is_not_advanced() {
    serveUsers(3);
    read(ids());
    read(ids().withFilters(List.of(BADGE_5)));
    assertThat(shop.pages())
        .extracting(request -> request.header("ConsistencyLevel"))
        .containsOnly(Optional.empty());
    assertThat(shop.targets()).noneMatch(target -> target.contains("$count"));
  }

  @Test
  void e3_an_order_is_advanced() {
    serveUsers(3);
    Expression since =
        compare(Function.GE, "createdDateTime", DataType.TIMESTAMP_TZ, Instant.EPOCH);
    read(
        ids()
            .withFilters(List.of(since))
            .withOrder(List.of(new SortKey("createdDateTime", true, false))));
    assertThat(shop.pages().get(0).target())
        .contains("&$orderby=createdDateTime%20desc")
        .endsWith("&$count=true");
    assertThat(shop.pages().get(0).header("ConsistencyLevel")).contains("eventual");
  }

  @Test
  void sorts_here_where_the_place_of_nulls_is_not_known() {
    Pushdown pushdown =
        users().pushDown(ids().withOrder(List.of(new SortKey("createdDateTime", false, true))));
    assertThat(pushdown.order()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.notes()).anyMatch(note -> note.contains("nulls is not known"));
  }

  @Test
  void e3_only_directory_objects_have_advanced_queries() {
    shop.api.script(page(1, 1));
    Table sites = shop.table("sites");
    Expression filter = compare(Function.NE, "size", DataType.BIGINT, 5L);
    ScanRequest scan = sites.pushDown(ids().withFilters(List.of(filter))).accepted();
    Shop.read(sites, scan, Demand.UNCERTAIN, shop.context);
    assertThat(shop.pages().get(0).header("ConsistencyLevel")).isEmpty();
    assertThat(shop.targets().get(0)).doesNotContain("$count");
  }

  @Test
  void counts_with_the_consistency_level() {
    shop.api.on("/s/users/$count", request -> Reply.text("4711"));
    ScanRequest count = ids().withAggregation(Optional.of(Aggregation.countAll()));
    assertThat(read(count)).containsExactly(new Object[] {4_711L});
    ReceivedRequest request = shop.pages().get(0);
    assertThat(request.target()).isEqualTo("/s/users/$count");
    assertThat(request.header("ConsistencyLevel")).contains("eventual");
  }

  @Test
  void follows_links_with_a_token_and_links_that_skip_alike() {
    List<String> links =
        List.of(
            "/s/users?$top=2&$skiptoken=RFNwdAIAAQ%2B%2f.B_1-x'%20",
            "/s/users?%24select=id&$skip=4");
    shop.api.script(
        page(1, 2, Shop.next(shop.api.url(links.get(0)))),
        page(3, 0, Shop.next(shop.api.url(links.get(1)))),
        page(3, 1));
    assertThat(read(ids())).hasSize(3);
    assertThat(shop.targets().subList(1, 3)).isEqualTo(links);
  }
}
