package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hangs below users and groups of Microsoft Graph. */
class GraphRelationTest extends GraphShop {

  private Table find(String namespace, String name) {
    return shop.source.findTable(new TableName(namespace, name), shop.context).orElseThrow();
  }

  private static ScanRequest of(String parent) {
    Expression given =
        call(
            Function.EQ,
            new ColumnRef("parent_id", DataType.VARCHAR),
            new Constant(parent, DataType.VARCHAR));
    return ScanRequest.of(List.of("parent_id", "id")).withFilters(List.of(given));
  }

  private List<Object[]> read(Table table, ScanRequest wanted) {
    return Shop.read(table, table.pushDown(wanted).accepted(), Demand.UNCERTAIN, shop.context);
  }

  @Test
  void e6_members_of_a_group_are_read_page_by_page_and_never_expanded() {
    shop.api.on(
        "/s/groups/g%201/members",
        request ->
            request.parameter("$skiptoken").isPresent()
                ? page(100, 7)
                : page(0, 100, Shop.next(shop.api.url("/s/groups/g%201/members?$skiptoken=x"))));
    assertThat(read(find("groups", "members"), of("g 1")))
        .hasSize(107)
        .contains(new Object[] {"g 1", "106"});
    assertThat(shop.targets())
        .containsExactly(
            "/s/groups/g%201/members?$select=id&$top=100", "/s/groups/g%201/members?$skiptoken=x");
  }

  @Test
  void e6_the_group_must_be_given() {
    Table members = find("groups", "members");
    Column parent = members.schema().findColumn("parent_id").orElseThrow();
    assertThat(parent.has(Trait.REQUIRED_FILTER)).isTrue();
    assertThatThrownBy(() -> read(members, ScanRequest.of(List.of("id"))))
        .hasMessageContaining("must be given");
    assertThat(shop.targets()).isEmpty();
  }

  @Test
  void what_an_entity_contains_is_a_table_too() {
    shop.api.on("/s/users/7/messages", request -> page(0, 2));
    assertThat(read(find("users", "messages"), of("7"))).hasSize(2);
    shop.api.on("/s/me/messages", request -> page(0, 3));
    assertThat(read(find("me", "messages"), ScanRequest.of(List.of("id")))).hasSize(3);
  }
}
