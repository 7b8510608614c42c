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
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Group E of the conformance matrix: what Microsoft Graph refuses, and how. */
class GraphFaultsTest extends GraphShop {
  private static final Expression BADGE_5 =
      call(
          Function.EQ, new ColumnRef("badge", DataType.INTEGER), new Constant(5, DataType.INTEGER));

  private AbstractThrowableAssert<?, ?> assertFails(ScanRequest wanted, ErrorKind kind) {
    return assertThatThrownBy(() -> read(wanted))
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void a_page_size_that_a_table_refuses_is_left_to_it() {
    String words = "The limit of '50' for Top query has been exceeded.";
    shop.api.script(error(400, "BadRequest", words), page(1, 2));
    assertThat(read(ids())).hasSize(2);
    assertThat(shop.targets())
        .containsExactly("/s/users?$select=id&$top=100", "/s/users?$select=id");
    assertThat(shop.context.warnings()).anyMatch(warning -> warning.contains("page size"));
  }

  @Test
  void e8_waits_for_the_fraction_of_a_second() {
    String link = "/s/users?$skiptoken=2";
    shop.api.script(
        page(1, 2, Shop.next(shop.api.url(link))),
        error(429, "TooManyRequests", "Too many requests").withRetryAfter("2.128"),
        page(3, 1));
    assertThat(read(ids())).hasSize(3);
    assertThat(shop.targets().subList(1, 3)).containsExactly(link, link);
    assertThat(shop.clock.slept()).isGreaterThanOrEqualTo(Duration.ofMillis(2_128));
  }

  @Test
  void e8_knows_throttling_by_its_code() {
    shop.api.script(error(509, "activityLimitReached", "Throttled"), page(1, 1));
    assertThat(read(ids())).hasSize(1);
    assertThat(shop.pages()).hasSize(2);
  }

  @Test
  void e12_the_same_link_again_is_a_loop() {
    String link = Shop.next(shop.api.url("/s/users?$skiptoken=2"));
    shop.api.script(page(1, 2, link), page(3, 2, link));
    assertFails(ids(), ErrorKind.LOOP).hasMessageContaining("$skiptoken=2");
    assertThat(shop.pages()).hasSize(2);
  }

  @Test
  void a_filter_that_is_refused_is_left_to_the_engine() {
    shop.api.script(
        error(400, "Request_UnsupportedQuery", "Invalid filter clause for property 'badge'."));
    assertFails(ids().withFilters(List.of(BADGE_5)), ErrorKind.PUSHDOWN_REFUSED);
    shop.api.script(error(400, "InefficientFilter", "The restriction is too complex."));
    assertFails(ids().withFilters(List.of(BADGE_5)), ErrorKind.PUSHDOWN_REFUSED);
  }

  @Test
  void a_query_that_is_refused_with_nothing_to_leave_out_is_an_error() {
    shop.api.script(error(400, "Request_UnsupportedQuery", "Unsupported."));
    assertFails(ids(), ErrorKind.REJECTED);
  }

  @Test
  void a_column_that_is_not_sent_in_lists_says_what_to_do() {
    shop.api.script(error(501, "NotImplemented", "This operation target is not yet supported."));
    assertFails(ScanRequest.of(List.of("aboutMe")), ErrorKind.REJECTED)
        .hasMessageContaining("not yet supported")
        .hasMessageContaining("name the columns that you need");
    assertThat(shop.pages()).hasSize(1);
  }

  @Test
  void an_expired_link_says_what_to_do() {
    String link = Shop.next(shop.api.url("/s/users?$skiptoken=2"));
    String words = "The specified page token value has expired.";
    shop.api.script(page(1, 2, link), error(400, "Directory_ExpiredPageToken", words));
    assertFails(ids(), ErrorKind.REJECTED)
        .hasMessageContaining("shop.users, page 2")
        .hasMessageContaining(words)
        .hasMessageContaining("run the statement again");
    shop.api.script(page(1, 2, link), Reply.status(410));
    assertFails(ids(), ErrorKind.REJECTED)
        .hasMessageContaining("410")
        .hasMessageContaining("run the statement again");
  }

  @Test
  void an_error_names_the_request_id_of_its_body() {
    shop.api.script(error(403, "Authorization_RequestDenied", "Insufficient privileges."));
    assertFails(ids(), ErrorKind.PERMISSION)
        .hasMessageContaining("Authorization_RequestDenied: Insufficient privileges.")
        .hasMessageContaining("(request-id: b2f848ee)");
    shop.api.script(
        error(403, "Authorization_RequestDenied", "No.").withHeader("request-id", "f00d"));
    assertFails(ids(), ErrorKind.PERMISSION)
        .hasMessageContaining("(request-id: f00d)")
        .hasMessageNotContaining("b2f848ee");
  }
}
