package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.Split;
import dev.quire.spi.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScanPlannerTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  private static ScanRequest ids() {
    return ScanRequest.of(List.of("id"));
  }

  private static Expression compare(Function function, String column, Object value) {
    return call(
        function, new ColumnRef(column, DataType.VARCHAR), new Constant(value, DataType.VARCHAR));
  }

  private Pushdown plan(ScanRequest wanted) {
    return shop.customers().pushDown(wanted);
  }

  private String url(Pushdown pushdown) {
    return shop.customers()
        .open(Split.whole(TableName.of("Customers"), pushdown.accepted()), shop.context)
        .firstRequest()
        .url()
        .substring(shop.api.origin().length());
  }

  private Pushdown ordered(String column, boolean descending, boolean nullsFirst) {
    return plan(ids().withOrder(List.of(new SortKey(column, descending, nullsFirst))));
  }

  @Test
  void pushes_filter_order_offset_and_limit_together() {
    Pushdown pushdown =
        plan(
            ids()
                .withFilters(List.of(compare(Function.GT, "big", 5L)))
                .withOrder(
                    List.of(new SortKey("big", true, false), new SortKey("id", false, false)))
                .withOffset(10)
                .withLimit(OptionalLong.of(5)));
    assertThat(pushdown.residualFilters()).isEmpty();
    assertThat(url(pushdown))
        .isEqualTo(
            "/s/Customers?$select=id&$filter=big%20gt%205&$orderby=big%20desc,id&$skip=10&$top=5");
  }

  @Test
  void an_order_is_pushed_where_nulls_stand_as_wanted() {
    assertThat(ordered("big", false, true).order()).isEqualTo(Fidelity.EXACT);
    assertThat(ordered("big", true, false).order()).isEqualTo(Fidelity.EXACT);
    assertThat(ordered("id", false, false).order()).isEqualTo(Fidelity.EXACT);
    assertThat(ordered("big", false, false).order()).isEqualTo(Fidelity.NONE);
    assertThat(ordered("big", false, false).notes())
        .containsExactly("sorted here: the service puts nulls first");
    assertThat(ordered("big", true, true).order()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void an_order_of_doubles_is_the_engines_where_nan_may_stand_anywhere() {
    assertThat(ordered("score", false, true).order()).isEqualTo(Fidelity.NONE);
    assertThat(ordered("ratio", false, true).notes()).anyMatch(note -> note.contains("NaN"));
    try (Shop dataverse = new Shop("profile", "dataverse")) {
      ScanRequest byScore = ids().withOrder(List.of(new SortKey("score", false, true)));
      assertThat(dataverse.customers().pushDown(byScore).order()).isEqualTo(Fidelity.EXACT);
    }
  }

  @Test
  void nulls_that_a_filter_leaves_out_do_not_hinder_an_order() {
    ScanRequest nullsLast = ids().withOrder(List.of(new SortKey("big", false, false)));
    for (Expression filter :
        List.of(
            compare(Function.GT, "big", 5L),
            call(Function.IS_NOT_NULL, new ColumnRef("big", DataType.BIGINT)),
            call(Function.OR, compare(Function.EQ, "big", 1L), compare(Function.NE, "big", 2L)))) {
      assertThat(plan(nullsLast.withFilters(List.of(filter))).order()).isEqualTo(Fidelity.EXACT);
    }
    Expression other =
        call(Function.OR, compare(Function.EQ, "big", 1L), compare(Function.EQ, "id", 2));
    assertThat(plan(nullsLast.withFilters(List.of(other))).order()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void an_order_of_text_and_identifiers_is_the_engines() {
    for (String column : List.of("name", "guid", "colour", "tags", "raw")) {
      assertThat(ordered(column, false, true).order()).as(column).isEqualTo(Fidelity.NONE);
    }
  }

  @Test
  void nothing_is_limited_over_a_residual() {
    Pushdown pushdown =
        plan(
            ids()
                .withFilters(List.of(compare(Function.EQ, "name", "a")))
                .withOffset(3)
                .withLimit(OptionalLong.of(5)));
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NONE);
    assertThat(pushdown.offset()).isEqualTo(Fidelity.NONE);
    assertThat(url(pushdown)).isEqualTo("/s/Customers?$select=id&$filter=name%20eq%20'a'");
  }

  @Test
  void a_list_too_long_for_a_url_stays_here() {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new ColumnRef("id", DataType.INTEGER));
    for (int i = 0; i < 5_000; i++) {
      arguments.add(new Constant(i, DataType.INTEGER));
    }
    Pushdown pushdown =
        plan(
            ids()
                .withFilters(
                    List.of(
                        compare(Function.GT, "id", 3),
                        new Expression.Call(Function.IN, arguments))));
    assertThat(pushdown.filters()).containsExactly(Fidelity.EXACT, Fidelity.NONE);
    assertThat(pushdown.notes()).anyMatch(note -> note.contains("too long"));
    assertThat(url(pushdown).length()).isLessThan(6_000);
  }

  @Test
  void what_is_accepted_is_accepted_again() {
    Pushdown first =
        plan(
            ids()
                .withFilters(
                    List.of(compare(Function.EQ, "name", "a"), compare(Function.NE, "name", "b")))
                .withPageSize(OptionalInt.of(7)));
    Pushdown second = plan(first.accepted());
    assertThat(second.accepted()).isEqualTo(first.accepted());
    assertThat(second.pageSize()).hasValue(7);
  }

  @Test
  void the_names_of_columns_are_left_out_where_they_would_not_fit() {
    try (Shop wide = new Shop("url", shop.api.url("/" + "x".repeat(5_900)))) {
      wide.api.on(request -> Shop.xml(Shop.metadata()));
      shop.api.on(request -> Shop.xml(Shop.metadata()));
      String url =
          wide.customers()
              .open(Split.whole(TableName.of("Customers"), ids()), wide.context)
              .firstRequest()
              .url();
      assertThat(url).endsWith("/Customers");
    }
  }

  @Test
  void a_singleton_takes_nothing_but_columns() {
    Pushdown pushdown =
        shop.table("Best")
            .pushDown(
                ids()
                    .withFilters(List.of(compare(Function.EQ, "id", 1)))
                    .withLimit(OptionalLong.of(1)));
    assertThat(pushdown.filters()).containsExactly(Fidelity.NONE);
    assertThat(pushdown.pageSize()).hasValue(1);
  }
}
