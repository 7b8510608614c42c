package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.quire.spi.ScanRequest.Measure;
import dev.quire.spi.ScanRequest.MeasureFunction;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes {@code $apply} at Dataverse, and what of its answers is taken. */
class GroupsTest {
  private static final Measure ROWS =
      new Measure(MeasureFunction.COUNT_ALL, Optional.empty(), false, DataType.BIGINT);
  private final Shop shop = new Shop("profile", "dataverse");

  @AfterEach
  void close() {
    shop.api.verifyNoUnexpected();
    shop.close();
  }

  private static Measure measure(MeasureFunction function, String column, DataType type) {
    return new Measure(function, Optional.of(column), false, type);
  }

  private static Measure sum(String column) {
    return measure(MeasureFunction.SUM, column, DataType.decimal(38, 2));
  }

  private static Measure count(String column) {
    return measure(MeasureFunction.COUNT, column, DataType.BIGINT);
  }

  private static Expression bigIsFive() {
    return call(
        Function.EQ, new ColumnRef("big", DataType.BIGINT), new Constant(5L, DataType.BIGINT));
  }

  private Pushdown plan(List<String> groups, List<Measure> measures, Expression... filters) {
    return shop.customers()
        .pushDown(
            ScanRequest.of(List.of())
                .withFilters(List.of(filters))
                .withAggregation(Optional.of(new Aggregation(groups, measures))));
  }

  private List<Object[]> read(List<String> groups, List<Measure> measures, Expression... filters) {
    Pushdown pushdown = plan(groups, measures, filters);
    assertThat(pushdown.aggregation()).isEqualTo(Fidelity.EXACT);
    return shop.read(pushdown.accepted());
  }

  private static Reply groups(String... groups) {
    return Reply.json("{\"value\":[" + String.join(",", groups) + "]}");
  }

  @Test
  void groups_sums_and_counts_are_one_request() {
    shop.api.script(
        groups(
            "{\"active\":true,\"m1\":12.50,\"m2\":3}",
            "{\"m2\":1}",
            "{\"active\":false,\"m1\":-1,\"m2\":2}"));
    assertThat(read(List.of("active"), List.of(sum("price"), ROWS), bigIsFive()))
        .containsExactly(
            new Object[] {true, new BigDecimal("12.50"), 3L},
            new Object[] {null, null, 1L},
            new Object[] {false, new BigDecimal("-1"), 2L});
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers?$apply=filter(big%20eq%205)/groupby((active),"
                + "aggregate(price%20with%20sum%20as%20m1,$count%20as%20m2))");
    assertThat(shop.pages().get(0).header("Prefer")).isEmpty();
  }

  @Test
  void distinct_values_are_groups_without_aggregates() {
    shop.api.script(groups("{\"small\":1}", "{}"));
    assertThat(read(List.of("small"), List.of()))
        .containsExactly(new Object[] {1}, new Object[] {null});
    assertThat(shop.targets()).containsExactly("/s/Customers?$apply=groupby((small))");
  }

  @Test
  void values_are_counted_as_rows_where_rows_without_one_can_be_left_out() {
    shop.api.script(groups("{\"m1\":5.5,\"m2\":2}"), groups("{\"m1\":2}"));
    read(List.of(), List.of(sum("price"), count("price")));
    read(List.of("active"), List.of(count("id")));
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers?$apply=filter(price%20ne%20null)/"
                + "aggregate(price%20with%20sum%20as%20m1,$count%20as%20m2)",
            "/s/Customers?$apply=groupby((active),aggregate($count%20as%20m1))");
    assertThat(plan(List.of("active"), List.of(count("price"))).aggregation())
        .as("groups without a value would be lost")
        .isEqualTo(Fidelity.NONE);
    assertThat(plan(List.of(), List.of(count("price"), ROWS)).aggregation())
        .isEqualTo(Fidelity.NONE);
  }

  @Test
  void text_moments_and_floating_sums_are_grouped_here() {
    for (String column : List.of("name", "created", "day", "score", "colour", "hour")) {
      assertThat(plan(List.of(column), List.of(ROWS)).aggregation())
          .as(column)
          .isEqualTo(Fidelity.NONE);
    }
    assertThat(plan(List.of(), List.of(measure(MeasureFunction.SUM, "score", DataType.DOUBLE))))
        .extracting(Pushdown::aggregation)
        .isEqualTo(Fidelity.NONE);
    assertThat(plan(List.of(), List.of(measure(MeasureFunction.MIN, "name", DataType.VARCHAR))))
        .extracting(Pushdown::aggregation)
        .isEqualTo(Fidelity.NONE);
    assertThat(plan(List.of("name"), List.of(ROWS)).notes())
        .anyMatch(note -> note.contains("does not group by 'name'"));
  }

  @Test
  void nothing_is_grouped_over_a_filter_that_is_checked_again() {
    Expression name =
        call(
            Function.EQ,
            new ColumnRef("name", DataType.VARCHAR),
            new Constant("a", DataType.VARCHAR));
    assertThat(plan(List.of("active"), List.of(ROWS), name).aggregation()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void nothing_is_grouped_where_the_service_does_not_say_that_it_can() {
    try (Shop plain = new Shop()) {
      ScanRequest wanted =
          ScanRequest.of(List.of())
              .withAggregation(Optional.of(new Aggregation(List.of("active"), List.of(ROWS))));
      assertThat(plain.customers().pushDown(wanted).aggregation()).isEqualTo(Fidelity.NONE);
    }
  }

  @Test
  void d10_the_limit_of_records_is_a_refusal_before_the_first_row() {
    shop.api.script(
        Reply.json(
                "{\"error\":{\"code\":\"0x8004E023\",\"message\":\"AggregateQueryRecordLimit"
                    + " exceeded. Cannot perform this operation.\"}}")
            .withStatus(400));
    assertRefused(List.of(), "AggregateQueryRecordLimit");
  }

  @Test
  void d10_a_page_full_of_groups_may_have_been_cut() {
    String[] all = new String[5_000];
    Arrays.fill(all, "{\"small\":1,\"m1\":1}");
    shop.api.script(groups(all));
    assertRefused(List.of("small"), "5,000 groups");
    shop.api.script(
        Reply.json(
            "{\"value\":[{\"small\":1,\"m1\":1}],\"@odata.nextLink\":\""
                + shop.api.url("/s/Customers?more")
                + "\"}"));
    assertRefused(List.of("small"), "there may be more");
  }

  @Test
  void answers_that_are_no_groups_are_refused() {
    shop.api.script(groups(), groups("{}"), groups("{\"m1\":\"many\"}"));
    assertRefused(List.of(), "0 rows");
    assertRefused(List.of(), "without its count");
    assertRefused(List.of(), "cannot be read");
  }

  private void assertRefused(List<String> groups, String why) {
    assertThatThrownBy(() -> read(groups, List.of(groups.isEmpty() ? count("id") : ROWS)))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PUSHDOWN_REFUSED))
        .hasMessageContaining(why);
  }

  @Test
  void aggregates_of_money_are_in_another_currency_and_not_asked_for() {
    String price = "<Property Name=\"price\" Type=\"t.Money\"/>";
    String metadata =
        Shop.metadata().replace(price, price + price.replace("\"price\"", "\"price_base\""));
    shop.api.on("/s/$metadata", request -> Shop.xml(metadata));
    assertThat(plan(List.of(), List.of(sum("price"))).aggregation()).isEqualTo(Fidelity.NONE);
    assertThat(plan(List.of("price"), List.of(ROWS)).aggregation()).isEqualTo(Fidelity.NONE);
    assertThat(plan(List.of(), List.of(sum("price_base"))).aggregation()).isEqualTo(Fidelity.EXACT);
  }
}
