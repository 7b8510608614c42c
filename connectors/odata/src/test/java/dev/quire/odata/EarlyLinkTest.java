package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The next link is told when the body is there, and the rows are not. */
class EarlyLinkTest {
  private static final ScanRequest IDS = ScanRequest.of(List.of("id"));

  private final Shop shop = new Shop();
  private final List<Continuation> told = new ArrayList<>();

  @AfterEach
  void close() {
    shop.close();
  }

  private Page fetch(Reply reply) {
    shop.api.script(reply);
    Table table = shop.customers();
    try (PageFetcher pages = table.open(table.splits(IDS, 1, shop.context).get(0), shop.context)) {
      return pages.fetch(Optional.empty(), told::add);
    }
  }

  @Test
  void is_told_before_the_rows_are_read() {
    assertThatThrownBy(
            () -> fetch(Reply.json("{\"value\":[{\"id\":\"x\"}]," + Shop.next("/n?a=1") + "}")))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE));
    assertThat(told).containsExactly(new Continuation(shop.api.url("/n?a=1")));
  }

  @Test
  void is_the_one_that_the_page_has() {
    List<Reply> pages =
        List.of(
            Shop.page(1, 2, Shop.next("Customers?$skiptoken=5")),
            Shop.page(1, 2, Shop.next(shop.api.url("/s/Customers?a='b'&c=\\u0026"))),
            Reply.json("{" + Shop.next("?x=1") + ",\"value\":[{\"id\":1}]}"),
            Reply.json("{\"@nextLink\":\"C?x=1\",\"@context\":\"../t/$metadata\",\"value\":[]}"));
    for (Reply reply : pages) {
      told.clear();
      assertThat(fetch(reply).next()).isPresent().contains(told.get(0));
    }
  }

  @Test
  void is_not_told_where_there_is_none() {
    for (Reply reply :
        List.of(
            Shop.page(1, 2),
            Shop.page(1, 2, "\"@odata.nextLink\":null", "\"x\":{\"@odata.nextLink\":\"n\"}"))) {
      assertThat(fetch(reply).next()).isEmpty();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void a_chain_that_goes_by_it_has_every_row_once() {
    for (int page = 0; page < 4; page++) {
      shop.api.script(Shop.page(1 + 2 * page, 2, Shop.next("Customers?$skiptoken=" + page)));
    }
    shop.api.script(Shop.page(9, 1));
    List<Object[]> rows = Shop.read(shop.customers(), IDS, Demand.ALL, shop.context);
    assertThat(rows).extracting(row -> row[0]).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(shop.targets()).hasSize(5).doesNotHaveDuplicates();
  }
}
