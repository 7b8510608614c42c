package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.StatementOptions;
import dev.quire.spi.ConnectorContext;
import dev.quire.thirdparty.Statements.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Navigation properties that another team's server makes of foreign keys. */
class NavigationTest {
  private static final int CUSTOMERS = 100;
  private static final int SALES = 1_000;

  /** Each tenth sale has no customer; the customers 0 to 19 have no sales. */
  private static final String SCRIPT =
      """
      CREATE VIEW digits (d integer) AS SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL
        SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
        UNION ALL SELECT 8 UNION ALL SELECT 9;
      CREATE VIEW customers (
          id integer NOT NULL, name string(40), city string(20), PRIMARY KEY (id)) AS
        SELECT n.i, CONCAT('Customer ', CONVERT(n.i, string)),
          CASE MOD(n.i, 3) WHEN 0 THEN 'Oslo' WHEN 1 THEN 'oslo' ELSE NULL END
        FROM (SELECT a.d * 10 + b.d AS i FROM digits a, digits b) n ORDER BY n.i;
      CREATE VIEW sales (
          id integer NOT NULL, quantity integer, customer_id integer, PRIMARY KEY (id),
          CONSTRAINT buyer FOREIGN KEY (customer_id) REFERENCES customers (id)) AS
        SELECT n.i, MOD(n.i, 7),
          CASE WHEN MOD(n.i, 10) = 0 THEN NULL ELSE 20 + MOD(n.i, 80) END
        FROM (SELECT a.d * 100 + b.d * 10 + c.d AS i FROM digits a, digits b, digits c) n
        ORDER BY n.i;
      """;

  private static TeiidServer server;
  private static Statements shop;

  @BeforeAll
  static void start() throws Exception {
    server = TeiidServer.start(SCRIPT);
    shop = Statements.over(server.url(), ConnectorContext.system(), "page_size", "40");
  }

  @AfterAll
  static void stop() throws Exception {
    shop.close();
    server.close();
  }

  private static @Nullable Integer customer(int sale) {
    return sale % 10 == 0 ? null : (Integer) (20 + sale % 80);
  }

  private static @Nullable String city(@Nullable Integer customer) {
    return customer == null || customer % 3 == 2 ? null : customer % 3 == 0 ? "Oslo" : "oslo";
  }

  private static List<List<@Nullable Object>> sales(IntFunction<List<@Nullable Object>> row) {
    return IntStream.range(0, SALES).mapToObj(row).toList();
  }

  private static List<List<@Nullable Object>> bought(IntFunction<List<@Nullable Object>> row) {
    return IntStream.range(0, SALES).filter(id -> customer(id) != null).mapToObj(row).toList();
  }

  @Test
  void what_a_row_refers_to_comes_with_it() {
    Answer answer = shop.run("SELECT id, buyer.id, buyer.city FROM shop.sales");

    assertThat(answer.requests()).allMatch(each -> each.url().contains("expand=buyer"));
    assertThat(answer.rows())
        .containsExactlyInAnyOrderElementsOf(
            sales(id -> Arrays.asList(id, customer(id), city(customer(id)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"buyer.id = 33", "buyer.city = 'oslo'", "buyer.id > 90 AND quantity = 2"})
  void conditions_on_it_give_the_same_rows_with_pushdown_and_without(String condition) {
    String sql = "SELECT id, buyer.name FROM shop.sales WHERE " + condition;

    List<List<@Nullable Object>> pushed = shop.run(sql).rows();

    assertThat(pushed).isNotEmpty();
    assertThat(pushed)
        .containsExactlyInAnyOrderElementsOf(
            shop.run(sql, StatementOptions.DEFAULT.withPushdown(false)).rows());
  }

  @Test
  void joins_along_a_reference_ask_for_one_table() {
    String from = " FROM shop.sales s %s JOIN shop.customers c ON c.id = s.customer_id";
    Answer inner = shop.run("SELECT s.id, c.city" + from.formatted(""));
    Answer outer = shop.run("SELECT s.id, c.city" + from.formatted("LEFT"));

    assertThat(inner.rows())
        .containsExactlyInAnyOrderElementsOf(bought(id -> Arrays.asList(id, city(customer(id)))));
    assertThat(outer.rows())
        .containsExactlyInAnyOrderElementsOf(sales(id -> Arrays.asList(id, city(customer(id)))));
    List<String> urls = new ArrayList<>();
    inner.requests().forEach(each -> urls.add(each.url()));
    outer.requests().forEach(each -> urls.add(each.url()));
    assertThat(urls).allMatch(url -> url.contains("/sales?"));
  }

  @Test
  void collections_are_tables_with_and_without_the_key_of_their_row() {
    Answer all = shop.run("SELECT parent_id, id FROM shop.customers.sales_buyer");
    Answer one = shop.run("SELECT id FROM shop.customers.sales_buyer WHERE parent_id = 33");
    Answer none = shop.run("SELECT id FROM shop.customers.sales_buyer WHERE parent_id = 7");

    assertThat(all.rows())
        .containsExactlyInAnyOrderElementsOf(bought(id -> Arrays.asList(customer(id), id)));
    assertThat(one.rows())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, SALES)
                .filter(id -> Integer.valueOf(33).equals(customer(id)))
                .mapToObj(id -> List.<@Nullable Object>of(id))
                .toList());
    assertThat(one.requests())
        .singleElement()
        .matches(each -> each.url().contains("customers(33)"));
    assertThat(none.rows()).isEmpty();
  }

  @Test
  void a_join_with_a_collection_reads_those_of_the_rows() {
    String join = " FROM shop.customers c JOIN shop.customers.sales_buyer s ON s.parent_id = c.id";
    Answer answer = shop.run("SELECT c.name, s.id" + join + " WHERE c.id IN (33, 44, 7)");

    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int id = 0; id < SALES; id++) {
      Integer customer = customer(id);
      if (customer != null && (customer == 33 || customer == 44)) {
        expected.add(Arrays.asList("Customer " + customer, id));
      }
    }
    assertThat(answer.rows()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.quantity = 2", "s.id = 33", "s.id < 30 AND s.quantity > 4", "TRUE"})
  void rows_that_have_one_in_a_collection_are_the_same_with_pushdown_and_without(String condition) {
    String sql =
        "SELECT c.id FROM shop.customers c WHERE EXISTS (SELECT 1 FROM shop.customers.sales_buyer s"
            + " WHERE s.parent_id = c.id AND ("
            + condition
            + "))";

    List<List<@Nullable Object>> pushed = shop.run(sql).rows();

    assertThat(pushed).isNotEmpty();
    assertThat(pushed)
        .containsExactlyInAnyOrderElementsOf(
            shop.run(sql, StatementOptions.DEFAULT.withPushdown(false)).rows());
  }

  @Test
  void all_customers_are_there() {
    assertThat(shop.run("SELECT id FROM shop.customers").rows()).hasSize(CUSTOMERS);
  }
}
