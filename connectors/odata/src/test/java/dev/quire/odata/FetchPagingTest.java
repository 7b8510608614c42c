package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Demand;
import dev.quire.spi.ByteForm;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Page;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages of queries in Dataverse's own language. */
class FetchPagingTest {
  private static final String NAMES =
      "<fetch><entity name='account'><attribute name='name'/></entity></fetch>";
  private static final String MORE = "'@Microsoft.Dynamics.CRM.morerecords':";

  private final Crm crm = new Crm();

  @AfterEach
  void close() {
    crm.api.verifyNoUnexpected();
    crm.close();
  }

  private List<Object[]> read(Table table, String... columns) {
    return crm.read(table, ScanRequest.of(List.of(columns)));
  }

  /** An annotation with a cookie that ends at a row, encoded as Dataverse does it. */
  private static String cookie(int page, String last) {
    return "'@Microsoft.Dynamics.CRM.fetchxmlpagingcookie':'<cookie pagenumber=\\\""
        + (page + 1)
        + "\\\" pagingcookie=\\\"%253ccookie%2520page%253d%2522"
        + page
        + "%2522%253e%253cname%2520last%253d%2522"
        + last
        + "%2522%2520%252f%253e%253c%252fcookie%253e\\\" istracking=\\\"False\\\" />'";
  }

  private static String inner(int page, String last) {
    return "<cookie page=\"" + page + "\"><name last=\"" + last + "\" /></cookie>";
  }

  private static String rows(int count) {
    return String.join(",", Collections.nCopies(count, "{'name':'a'}"));
  }

  @Test
  void d34_counts_pages_and_asks_for_the_first_once() {
    crm.api.script(
        Crm.page(rows(2), MORE + "true", cookie(1, "O%2527Neill")),
        Crm.page(rows(2), MORE + "true", cookie(2, "b")),
        Crm.page(rows(1), MORE + "false", cookie(3, "c")));
    assertThat(read(crm.fetch(NAMES), "name")).hasSize(5);
    assertThat(crm.queries())
        .containsExactly(
            page(1, ""),
            page(2, " paging-cookie='" + escaped(inner(1, "O'Neill")) + "'"),
            page(3, " paging-cookie='" + escaped(inner(2, "b")) + "'"));
    assertThat(crm.targets()).allMatch(target -> target.startsWith("accounts?fetchXml=%3Cfetch"));
    assertThat(crm.calls()).extracting(ReceivedRequest::method).containsOnly("GET");
  }

  private static String page(int number, String cookie) {
    return "<fetch count='5000' page='"
        + number
        + "'"
        + cookie
        + "><entity name='account'><attribute name='name'/></entity></fetch>";
  }

  private static String escaped(String text) {
    return text.replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }

  @Test
  void an_annotation_that_is_false_is_the_end_and_so_is_none() {
    crm.api.script(Crm.page(rows(2), MORE + "false", cookie(1, "a")), Crm.page(rows(1)));
    assertThat(read(crm.fetch(NAMES), "name")).hasSize(2);
    assertThat(read(crm.fetch(NAMES), "name")).hasSize(1);
    assertThat(crm.calls()).hasSize(2);
  }

  @Test
  void a_page_without_rows_is_not_the_end() {
    crm.api.script(Crm.page("", MORE + "true", cookie(1, "a")), Crm.page(rows(1)));
    assertThat(read(crm.fetch(NAMES), "name")).hasSize(1);
  }

  @Test
  void without_cookies_pages_are_counted_to_50000_rows_and_no_further() {
    String full = rows(5_000);
    crm.api.on(
        Crm.ROOT + "/accounts",
        request -> Crm.page(full, MORE + (crm.queries().size() < 10 ? "true" : "false")));
    Crm.refused(
        () -> read(crm.fetch(NAMES), "name"),
        ErrorKind.REJECTED,
        "paged the old way, without cookies, which ends at 50,000 rows");
    assertThat(crm.queries()).hasSize(10).last().asString().contains("page='10'");
  }

  @Test
  void fifty_thousand_rows_with_a_cookie_are_fine() {
    String full = rows(5_000);
    crm.api.on(
        Crm.ROOT + "/accounts",
        request -> {
          int page = crm.queries().size();
          return Crm.page(full, MORE + (page < 10), cookie(page, "n" + page));
        });
    assertThat(read(crm.fetch(NAMES), "name")).hasSize(50_000);
  }

  @Test
  void a_cookie_that_does_not_move_is_a_loop() {
    Reply same = Crm.page(rows(2), MORE + "true", cookie(1, "a"));
    crm.api.script(same, same);
    Crm.refused(
        () -> read(crm.fetch(NAMES), "name"),
        ErrorKind.LOOP,
        "the paging cookie of the page before");
    assertThat(crm.calls()).hasSize(2);
  }

  @Test
  void a_cookie_that_cannot_be_read_is_an_error() {
    crm.api.script(
        Crm.page(
            rows(1), MORE + "true", "'@Microsoft.Dynamics.CRM.fetchxmlpagingcookie':'<cookie'"));
    Crm.refused(
        () -> read(crm.fetch(NAMES), "name"),
        ErrorKind.MALFORMED_RESPONSE,
        "paging cookie cannot be read");
  }

  @Test
  void exactly_as_many_groups_as_fit_is_too_many() {
    Table table =
        crm.fetch(
            "<fetch aggregate='true'><entity name='account'><attribute name='name' groupby='true'"
                + " alias='name'/></entity></fetch>");
    crm.api.script(Crm.page(rows(4_999)), Crm.page(rows(5_000)));
    assertThat(read(table, "name")).hasSize(4_999);
    Crm.refused(() -> read(table, "name"), ErrorKind.REJECTED, "5,000 groups");
  }

  @Test
  void top_is_sent_alone() {
    String xml = NAMES.replace("<fetch>", "<fetch top='3'>");
    crm.api.script(Crm.page(rows(3), MORE + "true", cookie(1, "a")));
    assertThat(read(crm.fetch(xml), "name")).hasSize(3);
    assertThat(crm.queries()).containsExactly(xml);
    Crm.refused(
        () -> crm.fetch(NAMES.replace("<fetch>", "<fetch top='3' count='2'>")),
        ErrorKind.INVALID_STATEMENT,
        "exclude each other");
  }

  @Test
  void the_querys_own_count_is_the_page_size() {
    crm.api.script(Crm.page(rows(1)), Crm.page(rows(1)));
    read(crm.fetch(NAMES.replace("<fetch>", "<fetch count='10'>")), "name");
    Table greedy = crm.fetch(NAMES.replace("<fetch>", "<fetch count='9000'>"));
    read(greedy, "name");
    assertThat(crm.queries().get(0)).startsWith("<fetch count='10' page='1'>");
    assertThat(crm.queries().get(1)).startsWith("<fetch count='5000' page='1'>");
    assertThat(greedy.pushDown(ScanRequest.of(List.of("name"))).pageSize())
        .isEqualTo(OptionalInt.of(5_000));
  }

  @Test
  void a_small_limit_makes_a_small_page() {
    Table table = crm.fetch(NAMES);
    Pushdown pushdown =
        table.pushDown(ScanRequest.of(List.of("name")).withLimit(OptionalLong.of(3)));
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NARROWING);
    crm.api.script(Crm.page(rows(3), MORE + "true", cookie(1, "a")));
    assertThat(Shop.read(table, pushdown.accepted(), Demand.first(3), crm.context)).hasSize(3);
    assertThat(crm.queries()).singleElement().asString().startsWith("<fetch count='3' page='1'>");
  }

  @Test
  void a_scan_goes_on_from_a_checkpoint_in_its_byte_form() {
    Table table = crm.fetch(NAMES);
    ScanRequest scan = ScanRequest.of(List.of("name"));
    crm.api.script(Crm.page(rows(2), MORE + "true", cookie(1, "a")), Crm.page(rows(1)));
    Page first =
        table.open(Split.whole(table.schema().name(), scan), crm.context).fetch(Optional.empty());
    byte[] bytes = ByteForm.of(new Checkpoint(first.next(), 0));
    Optional<Continuation> next = ByteForm.checkpointFrom(bytes).page();
    assertThat(next).contains(new Continuation("2 " + inner(1, "a")));
    table.open(Split.whole(table.schema().name(), scan), crm.context).fetch(next);
    assertThat(crm.queries().get(1)).contains("page='2' paging-cookie='&lt;cookie page=&quot;1");
  }

  @Test
  void paging_is_not_the_users() {
    Crm.refused(
        () -> crm.fetch(NAMES.replace("<fetch>", "<fetch page='2'>")),
        ErrorKind.INVALID_STATEMENT,
        "line 1 of the FetchXML: leave out the attribute 'page'");
    Crm.refused(
        () -> crm.fetch(NAMES.replace("<fetch>", "<fetch paging-cookie='x'>")),
        ErrorKind.INVALID_STATEMENT,
        "leave out the attribute 'paging-cookie'");
  }
}
