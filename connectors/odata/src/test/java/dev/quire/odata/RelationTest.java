package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema.Reference;
import dev.quire.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Collections below rows, as tables of their own. */
class RelationTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.api.verifyNoUnexpected();
    shop.close();
  }

  private static Table find(Source source, String namespace, String name, Shop shop) {
    return source.findTable(new TableName(namespace, name), shop.context).orElseThrow();
  }

  private Table orders() {
    return find(shop.source, "Customers", "orders", shop);
  }

  private static ScanRequest wanted() {
    return ScanRequest.of(List.of("parent_id", "id", "customer_id"));
  }

  private static Expression parent(Object... ids) {
    DataType type = ids[0] instanceof Integer ? DataType.INTEGER : DataType.VARCHAR;
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new ColumnRef("parent_id", type));
    for (Object id : ids) {
      arguments.add(new Constant(id, type));
    }
    return new Expression.Call(ids.length == 1 ? Function.EQ : Function.IN, arguments);
  }

  private List<String> read(Shop where, Table table, ScanRequest wanted) {
    ScanRequest accepted = table.pushDown(wanted).accepted();
    return Shop.read(table, accepted, Demand.UNCERTAIN, where.context).stream()
        .map(
            row ->
                java.util.Arrays.stream(row).map(String::valueOf).collect(Collectors.joining(" ")))
        .toList();
  }

  private static String order(int id, int customer) {
    return "{\"id\":" + id + ",\"customer_id\":" + customer + "}";
  }

  private static Reply list(String rows, String... members) {
    String more = members.length == 0 ? "" : "," + String.join(",", members);
    return Reply.json("{\"value\":[" + rows + "]" + more + "}");
  }

  @Test
  void has_the_parents_key_first_then_the_columns_of_the_collection() {
    assertThat(orders().schema().columns())
        .extracting(Column::name)
        .containsExactly("parent_id", "id", "customer_id", "ghost_id", "ID");
    assertThat(orders().schema().key()).containsExactly("parent_id", "id");
    assertThat(orders().schema().references())
        .containsExactly(
            new Reference(List.of("parent_id"), TableName.of("Customers"), List.of("id")));
    assertThat(orders().schema().columns().get(0).has(Trait.REQUIRED_FILTER)).isFalse();
  }

  @Test
  void is_found_in_any_case_and_listed_below_its_parent_only() {
    assertThat(find(shop.source, "customers", "ORDERS", shop).schema().name())
        .isEqualTo(new TableName("Customers", "orders"));
    assertThat(shop.source.tables("Customers", shop.context))
        .containsExactly(new TableName("Customers", "orders"));
    assertThat(shop.source.tables("Orders", shop.context)).isEmpty();
    assertThat(shop.source.tables("", shop.context))
        .noneMatch(each -> each.name().equals("orders"));
    assertThat(shop.source.findTable(new TableName("Orders", "customer"), shop.context)).isEmpty();
  }

  @Test
  void a_given_parent_is_read_by_its_path_page_by_page() {
    String next = shop.api.url("/s/Customers(7)/orders?$skiptoken=x%20y");
    shop.api.script(list(order(1, 7), Shop.next(next)), list(order(2, 7)));
    assertThat(read(shop, orders(), wanted().withFilters(List.of(parent(7)))))
        .containsExactly("7 1 7", "7 2 7");
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers(7)/orders?$select=id,customer_id",
            "/s/Customers(7)/orders?$skiptoken=x%20y");
  }

  @Test
  void each_given_parent_is_a_chain_of_its_own_and_asked_for_once() {
    shop.api.script(list(order(1, 7)), list(""), list(order(3, 9)));
    assertThat(read(shop, orders(), wanted().withFilters(List.of(parent(7, 8, 7, 9)))))
        .containsExactly("7 1 7", "9 3 9");
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers(7)/orders?$select=id,customer_id",
            "/s/Customers(8)/orders?$select=id,customer_id",
            "/s/Customers(9)/orders?$select=id,customer_id");
  }

  @Test
  void other_filters_and_the_order_go_along_where_there_is_one_parent() {
    Expression filter =
        call(Function.GT, new ColumnRef("id", DataType.INTEGER), new Constant(3, DataType.INTEGER));
    ScanRequest scan =
        wanted()
            .withFilters(List.of(filter, parent(7)))
            .withOrder(List.of(new SortKey("id", true, false)))
            .withLimit(OptionalLong.of(5));
    Pushdown answer = orders().pushDown(scan);
    assertThat(answer.filters()).containsExactly(Fidelity.EXACT, Fidelity.EXACT);
    assertThat(answer.order()).isEqualTo(Fidelity.EXACT);
    shop.api.script(list(order(4, 7)));
    assertThat(read(shop, orders(), scan)).containsExactly("7 4 7");
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers(7)/orders?$select=id,customer_id&$filter=id%20gt%203&$orderby=id%20desc"
                + "&$top=5");
    Pushdown two = orders().pushDown(scan.withFilters(List.of(parent(7, 8))));
    assertThat(two.order()).isEqualTo(Fidelity.NONE);
    assertThat(two.limit()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void a_parent_that_does_not_exist_has_no_rows_and_a_path_that_does_not_is_an_error() {
    shop.api.script(Reply.status(404), Reply.status(404));
    assertThat(read(shop, orders(), wanted().withFilters(List.of(parent(7))))).isEmpty();
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers(7)/orders?$select=id,customer_id", "/s/Customers(7)?$select=id");
    shop.api.script(Reply.status(404), Reply.json("{\"id\":7}"));
    assertThatThrownBy(() -> read(shop, orders(), wanted().withFilters(List.of(parent(7)))))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void a_list_of_keys_of_a_join_is_left_to_single_look_ups() {
    ColumnRef column = new ColumnRef("parent_id", DataType.INTEGER);
    Placeholder key = new Placeholder(DataType.INTEGER);
    assertThat(
            orders()
                .pushDown(wanted().withFilters(List.of(call(Function.EQ, column, key))))
                .filters())
        .containsExactly(Fidelity.EXACT);
    assertThat(
            orders()
                .pushDown(wanted().withFilters(List.of(call(Function.IN, column, key, key))))
                .filters())
        .containsExactly(Fidelity.NONE);
  }

  @Test
  void c19_follows_the_links_of_collections_inside_of_rows() {
    String more = shop.api.url("/s/Customers(7)/orders?$skiptoken=2");
    shop.api.script(
        list(
            "{\"orders\":["
                + order(1, 7)
                + "],\"orders@odata.nextLink\":\""
                + more
                + "\",\"id\":7},{\"id\":8,\"orders\":[]},{\"id\":9,\"orders\":["
                + order(5, 9)
                + "]}",
            Shop.next("Customers?$skiptoken=9")),
        list(order(2, 7), Shop.next(more.replace("=2", "=3"))),
        list(order(3, 7)),
        list("{\"id\":10,\"orders\":[" + order(6, 10) + "]}"));
    assertThat(read(shop, orders(), wanted()))
        .containsExactly("7 1 7", "9 5 9", "7 2 7", "7 3 7", "10 6 10");
    assertThat(shop.targets())
        .containsExactly(
            "/s/Customers?$select=id&$expand=orders($select=id,customer_id)",
            "/s/Customers(7)/orders?$skiptoken=2",
            "/s/Customers(7)/orders?$skiptoken=3",
            "/s/Customers?$skiptoken=9");
  }

  @Test
  void c19_a_collection_that_links_to_itself_is_a_loop() {
    String again = shop.api.url("/s/Customers(7)/orders?$skiptoken=2");
    shop.api.on("/s/Customers(7)/orders", request -> list(order(2, 7), Shop.next(again)));
    shop.api.script(list("{\"id\":7,\"orders\":[],\"orders@odata.nextLink\":\"" + again + "\"}"));
    assertThatThrownBy(() -> read(shop, orders(), wanted()))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOOP));
  }

  @Test
  void c19_a_reading_resumes_inside_of_a_collection() {
    String more = shop.api.url("/s/Customers(7)/orders?$skiptoken=2");
    shop.api.script(
        list(
            "{\"id\":7,\"orders\":["
                + order(1, 7)
                + "],\"orders@odata.nextLink\":\""
                + more
                + "\"}",
            Shop.next("Customers?$skiptoken=9")),
        list(order(2, 7) + "," + order(3, 7)));
    Split split = Split.whole(orders().schema().name(), wanted());
    Checkpoint place;
    try (PageChain chain = chain(split, Checkpoint.START)) {
      chain.next();
      chain.next();
      place = chain.checkpoint(1);
    }
    shop.api.clearRequests();
    shop.api.script(
        list(order(2, 7) + "," + order(3, 7)),
        list("{\"id\":10,\"orders\":[" + order(6, 10) + "]}"));
    List<Object> ids = new ArrayList<>();
    try (PageChain chain = chain(split, place)) {
      for (List<Object[]> page = chain.next(); page != null; page = chain.next()) {
        page.forEach(row -> ids.add(row[1]));
      }
    }
    assertThat(ids).containsExactly(3, 6);
    assertThat(shop.targets())
        .containsExactly("/s/Customers(7)/orders?$skiptoken=2", "/s/Customers?$skiptoken=9");
  }

  private PageChain chain(Split split, Checkpoint from) {
    return new PageChain(
        orders(), split, shop.context, from, Demand.UNCERTAIN, Runnable::run, "shop.orders");
  }

  @Test
  void a_collection_that_the_answer_leaves_out_is_read_by_its_path() {
    shop.api.script(list("{\"id\":7}"), list(order(1, 7)));
    assertThat(read(shop, orders(), wanted())).containsExactly("7 1 7");
    assertThat(shop.targets().get(1)).isEqualTo("/s/Customers(7)/orders?$select=id,customer_id");
  }

  @Test
  void a_singletons_collection_needs_no_key() {
    shop.api.script(list(order(1, 7)));
    Table orders = find(shop.source, "Best", "orders", shop);
    assertThat(orders.schema().columns().get(0).name()).isEqualTo("id");
    assertThat(read(shop, orders, ScanRequest.of(List.of("id")))).containsExactly("1");
    assertThat(shop.targets()).containsExactly("/s/Best/orders?$select=id");
  }

  @Test
  void d14_does_not_follow_a_link_that_leads_to_the_same_rows() {
    try (Shop crm = new Shop("profile", "dataverse")) {
      Table orders = find(crm.source, "Customers", "orders", crm);
      String same = crm.api.url("/s/Customers(7)/orders?$select=id");
      crm.api.script(
          list(
              "{\"id\":7,\"orders\":["
                  + order(1, 7)
                  + "],\"orders@odata.nextLink\":\""
                  + same
                  + "\"}"));
      assertThat(read(crm, orders, wanted())).containsExactly("7 1 7");
      assertThat(crm.targets())
          .containsExactly("/s/Customers?$select=id&$expand=orders($select=id,customer_id)");
      crm.api.verifyNoUnexpected();
    }
  }

  @Test
  void d14_reads_a_collection_as_long_as_a_page_by_its_own_path() {
    try (Shop crm = new Shop("profile", "dataverse")) {
      Table orders = find(crm.source, "Customers", "orders", crm);
      String three =
          IntStream.range(0, 3).mapToObj(i -> order(i, 7)).collect(Collectors.joining(","));
      crm.api.script(
          list("{\"id\":7,\"orders\":[" + three + "]},{\"id\":8,\"orders\":[" + order(9, 8) + "]}"),
          list(three, Shop.next("orders?$skiptoken=p2")),
          list(order(3, 7)));
      assertThat(read(crm, orders, wanted().withPageSize(OptionalInt.of(3))))
          .containsExactly("8 9 8", "7 0 7", "7 1 7", "7 2 7", "7 3 7");
      assertThat(crm.targets())
          .containsExactly(
              "/s/Customers?$select=id&$expand=orders($select=id,customer_id)",
              "/s/Customers(7)/orders?$select=id,customer_id",
              "/s/Customers(7)/orders?$skiptoken=p2");
      assertThat(crm.pages())
          .allSatisfy(
              page -> assertThat(page.headers("Prefer")).containsExactly("odata.maxpagesize=3"));
      crm.api.verifyNoUnexpected();
    }
  }
}
