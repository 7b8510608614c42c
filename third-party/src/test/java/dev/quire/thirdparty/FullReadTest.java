package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Verdict;
import dev.quire.spi.ConnectorContext;
import dev.quire.thirdparty.Statements.Answer;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FullReadTest {
  private static TeiidServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TeiidServer.start(Views.SCRIPT);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void reads_100000_rows_in_order_none_twice_and_every_value_right() {
    try (Statements shop = Statements.over(server.url(), ConnectorContext.system())) {
      Answer answer =
          shop.run("SELECT id, serial, label, amount, ratio, quantity, flag FROM shop.orders");

      assertThat(answer.verdict()).isEqualTo(Verdict.COMPLETE);
      assertThat(answer.rows()).hasSize(Views.ORDERS);
      for (int id = 0; id < Views.ORDERS; id++) {
        List<Object> row = answer.rows().get(id);
        assertThat(row.get(0)).isEqualTo(id);
        assertThat(row.get(1)).isEqualTo(Views.serial(id));
        assertThat(row.get(2)).isEqualTo(Views.label(id));
        assertSameNumber((BigDecimal) row.get(3), Views.amount(id));
        assertThat(row.get(4)).isEqualTo(Views.ratio(id));
        assertThat(row.get(5)).isEqualTo(Views.quantity(id));
        assertThat(row.get(6)).isEqualTo(Views.flag(id));
      }
      assertThat(answer.requests().size()).isGreaterThan(20);
    }
  }

  @Test
  void small_pages_give_the_same_rows() {
    try (Statements shop =
        Statements.over(server.url(), ConnectorContext.system(), "page_size", "90")) {
      Answer answer = shop.run("SELECT id FROM shop.sales");

      assertThat(answer.requests()).hasSize(12);
      assertThat(answer.column(0)).hasSize(1_000).doesNotHaveDuplicates();
      assertThat(answer.column(0).get(999)).isEqualTo(999);
    }
  }

  @Test
  void a_limit_asks_for_no_page_that_it_does_not_need() {
    try (Statements shop =
        Statements.over(server.url(), ConnectorContext.system(), "page_size", "100")) {
      assertThat(shop.run("SELECT id FROM shop.sales LIMIT 5").requests()).hasSize(1);
      assertThat(shop.run("SELECT id FROM shop.sales LIMIT 250").requests()).hasSize(3);
    }
  }

  private static void assertSameNumber(BigDecimal actual, BigDecimal expected) {
    if (expected == null) {
      assertThat(actual).isNull();
    } else {
      assertThat(actual).isEqualByComparingTo(expected);
    }
  }
}
