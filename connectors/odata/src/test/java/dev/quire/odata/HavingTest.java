package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ByteForm;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that have a row in a collection, by the lambda operator any. */
class HavingTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.api.verifyNoUnexpected();
    shop.close();
  }

  private Table customers() {
    return shop.source.findTable(TableName.of("Customers"), shop.context).orElseThrow();
  }

  private static Expression order(String column, Object value) {
    DataType type = value instanceof Integer ? DataType.INTEGER : DataType.VARCHAR;
    return Expression.call(Function.EQ, new ColumnRef(column, type), new Constant(value, type));
  }

  private String filterOf(Table table) {
    ScanRequest accepted = table.pushDown(ScanRequest.of(List.of("id"))).accepted();
    Split split = table.splits(accepted, 1, shop.context).get(0);
    return table.open(split, shop.context).firstRequest().url().replaceAll(".*[$]filter=", "");
  }

  @Test
  void asks_for_rows_that_have_one_in_the_collection() {
    Table some = customers().having("orders", List.of()).orElseThrow();
    Table two =
        customers()
            .having("orders", List.of(order("id", 7), order("customer_id", 3)))
            .orElseThrow();

    assertThat(filterOf(some)).isEqualTo("orders/any()");
    assertThat(filterOf(two))
        .isEqualTo("orders/any(x:x/id%20eq%207%20and%20x/customer_id%20eq%203)");
    assertThat(two.schema()).isEqualTo(customers().schema());
  }

  @Test
  void two_collections_are_two_conditions() {
    Table both =
        customers()
            .having("orders", List.of(order("id", 7)))
            .flatMap(table -> table.having("orders", List.of(order("id", 8))))
            .orElseThrow();

    assertThat(filterOf(both))
        .isEqualTo("orders/any(x:x/id%20eq%207)%20and%20orders/any(x:x/id%20eq%208)");
  }

  @Test
  void does_nothing_where_the_service_may_find_other_rows() {
    Expression parent = order("parent_id", 1);

    assertThat(customers().having("orders", List.of(parent))).isEmpty();
    assertThat(customers().having("nothing", List.of())).isEmpty();
  }

  @Test
  void a_split_says_which_rows_it_means_wherever_it_is_opened() {
    Table some = customers().having("orders", List.of(order("id", 7))).orElseThrow();
    Split split = some.splits(ScanRequest.of(List.of("id")), 1, shop.context).get(0);
    Split travelled = ByteForm.splitFrom(ByteForm.of(split));

    assertThat(customers().open(travelled, shop.context).firstRequest().url())
        .contains("orders/any(x:x/id%20eq%207)");
  }

  @Test
  void a_service_that_has_no_any_is_done_without() {
    shop.api.on(
        "/s/Customers",
        request ->
            Reply.json("{\"error\":{\"code\":\"\",\"message\":\"no lambda\"}}").withStatus(400));
    Table some = customers().having("orders", List.of()).orElseThrow();
    Split split = some.splits(ScanRequest.of(List.of("id")), 1, shop.context).get(0);

    assertThatThrownBy(() -> some.open(split, shop.context).fetch(Optional.empty()))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PUSHDOWN_REFUSED));
  }
}
