package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.spi.ByteForm;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Page;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries in Dataverse's own language. */
class FetchXmlTest {
  private static final String NAMES =
      "<fetch><entity name='account'><attribute name='name'/></entity></fetch>";
  private static final String MORE = "'@Microsoft.Dynamics.CRM.morerecords':";

  private final Crm crm = new Crm();

  @AfterEach
  void close() {
    crm.api.verifyNoUnexpected();
    crm.close();
  }

  private Table fetch(String xml) {
    return crm.source.tableFunction("FetchXML", List.of(xml), crm.context).orElseThrow();
  }

  private List<Object[]> read(Table table, String... columns) {
    return crm.read(table, ScanRequest.of(List.of(columns)));
  }

  /** The queries as they arrived. */
  private List<String> queries() {
    return crm.calls().stream().map(call -> call.parameter("fetchXml").orElseThrow()).toList();
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

  private static String types(Table table) {
    return table.schema().columns().stream()
        .filter(column -> !column.has(Trait.HIDDEN))
        .map(column -> column.name() + " " + column.type().sqlName())
        .collect(Collectors.joining(", "));
  }

  private static void refused(Runnable call, ErrorKind kind, String... parts) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.problem()).contains(parts);
            });
  }

  @Test
  void columns_follow_from_the_attributes_and_the_model() {
    Table table =
        fetch(
            """
            <fetch><entity name="account">
              <attribute name="name"/> <attribute name="revenue"/>
              <attribute name="primarycontactid"/> <attribute name="createdon" alias="born"/>
              <link-entity name="contact" from="contactid" to="primarycontactid" alias="c">
                <attribute name="fullname"/> <attribute name="birthdate" alias="birthday"/>
                <attribute name="parentcustomerid"/>
              </link-entity>
            </entity></fetch>
            """);
    assertThat(types(table))
        .isEqualTo(
            "name VARCHAR, revenue DECIMAL, _primarycontactid_value UUID,"
                + " born TIMESTAMP WITH TIME ZONE, c.fullname VARCHAR, birthday DATE,"
                + " c.parentcustomerid UUID");
    assertThat(table.schema().columns()).allMatch(Column::nullable);
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .contains("revenue_formatted", "c.parentcustomerid_logicalname");
    assertThat(crm.calls()).isEmpty();
  }

  @Test
  void without_attributes_all_are_columns() {
    String all = types(crm.accounts());
    assertThat(types(fetch("<fetch><entity name='account'/></fetch>"))).isEqualTo(all);
    assertThat(
            types(
                fetch(
                    "<fetch><entity name='account'><attribute name='name'/><link-entity"
                        + " name='contact' alias='c'><all-attributes/></link-entity></entity></fetch>")))
        .isEqualTo(
            "name VARCHAR, c.contactid UUID, c.fullname VARCHAR, c.birthdate DATE,"
                + " c.parentcustomerid UUID");
  }

  @Test
  void aggregates_are_named_by_their_alias() {
    Table table =
        fetch(
            """
            <fetch aggregate="true"><entity name="account">
              <attribute name="accountid" aggregate="count" alias="number"/>
              <attribute name="revenue" aggregate="sum" alias="total"/>
              <attribute name="numberofemployees" aggregate="avg" alias="mean"/>
              <attribute name="createdon" aggregate="max" alias="latest"/>
              <attribute name="createdon" groupby="true" dategrouping="year" alias="year"/>
              <attribute name="primarycontactid" groupby="true" alias="contact"/>
            </entity></fetch>
            """);
    assertThat(types(table))
        .isEqualTo(
            "number BIGINT, total DECIMAL, mean DECIMAL, latest TIMESTAMP WITH TIME ZONE,"
                + " year INTEGER, contact UUID");
    crm.api.script(Crm.page("{'number':2,'total':3.50,'mean':7,'year':2026}"));
    assertThat(read(table, "year", "number", "total", "contact"))
        .singleElement()
        .satisfies(row -> assertThat(Arrays.toString(row)).isEqualTo("[2026, 2, 3.50, null]"));
  }

  @Test
  void rows_are_read_by_either_spelling_of_a_linked_column() {
    Table table =
        fetch(
            "<fetch><entity name='account'><attribute name='name'/><link-entity name='contact'"
                + " alias='c'><attribute name='fullname'/><attribute name='contactid'/></link-entity>"
                + "</entity></fetch>");
    UUID id = UUID.fromString("00000000-0000-0000-0000-0000000000c1");
    crm.api.script(
        Crm.page(
            "{'accountid':'"
                + id
                + "','name':'a','c.fullname':'Anna','c.contactid':'"
                + id
                + "'},"
                + "{'c_x002e_fullname':'Bo','c_x002e_contactid':'"
                + id
                + "'},{'name':'none'}"));
    assertThat(read(table, "c.fullname", "name", "c.contactid"))
        .containsExactly(
            new Object[] {"Anna", "a", id},
            new Object[] {"Bo", null, id},
            new Object[] {null, "none", null});
  }

  @Test
  void texts_are_asked_for_with_the_paging_annotations() {
    Table table = fetch(NAMES.replace("'name'/", "'statecode'/"));
    crm.api.script(
        Crm.page("{'statecode':0,'statecode@OData.Community.Display.V1.FormattedValue':'Active'}"));
    assertThat(read(table, "statecode_formatted")).containsExactly(new Object[] {"Active"});
    assertThat(crm.calls().get(0).headers("Prefer"))
        .containsExactly(
            "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,"
                + "Microsoft.Dynamics.CRM.morerecords,OData.Community.Display.V1.FormattedValue\"");
  }

  @Test
  void d34_counts_pages_and_asks_for_the_first_once() {
    crm.api.script(
        Crm.page(rows(2), MORE + "true", cookie(1, "O%2527Neill")),
        Crm.page(rows(2), MORE + "true", cookie(2, "b")),
        Crm.page(rows(1), MORE + "false", cookie(3, "c")));
    assertThat(read(fetch(NAMES), "name")).hasSize(5);
    assertThat(queries())
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
    assertThat(read(fetch(NAMES), "name")).hasSize(2);
    assertThat(read(fetch(NAMES), "name")).hasSize(1);
    assertThat(crm.calls()).hasSize(2);
  }

  @Test
  void a_page_without_rows_is_not_the_end() {
    crm.api.script(Crm.page("", MORE + "true", cookie(1, "a")), Crm.page(rows(1)));
    assertThat(read(fetch(NAMES), "name")).hasSize(1);
  }

  @Test
  void without_cookies_pages_are_counted_to_50000_rows_and_no_further() {
    String full = rows(5_000);
    crm.api.on(
        Crm.ROOT + "/accounts",
        request -> Crm.page(full, MORE + (queries().size() < 10 ? "true" : "false")));
    refused(
        () -> read(fetch(NAMES), "name"),
        ErrorKind.REJECTED,
        "paged the old way, without cookies, which ends at 50,000 rows");
    assertThat(queries()).hasSize(10).last().asString().contains("page='10'");
  }

  @Test
  void fifty_thousand_rows_with_a_cookie_are_fine() {
    String full = rows(5_000);
    crm.api.on(
        Crm.ROOT + "/accounts",
        request -> {
          int page = queries().size();
          return Crm.page(full, MORE + (page < 10), cookie(page, "n" + page));
        });
    assertThat(read(fetch(NAMES), "name")).hasSize(50_000);
  }

  @Test
  void a_cookie_that_does_not_move_is_a_loop() {
    Reply same = Crm.page(rows(2), MORE + "true", cookie(1, "a"));
    crm.api.script(same, same);
    refused(
        () -> read(fetch(NAMES), "name"), ErrorKind.LOOP, "the paging cookie of the page before");
    assertThat(crm.calls()).hasSize(2);
  }

  @Test
  void a_cookie_that_cannot_be_read_is_an_error() {
    crm.api.script(
        Crm.page(
            rows(1), MORE + "true", "'@Microsoft.Dynamics.CRM.fetchxmlpagingcookie':'<cookie'"));
    refused(
        () -> read(fetch(NAMES), "name"),
        ErrorKind.MALFORMED_RESPONSE,
        "paging cookie cannot be read");
  }

  @Test
  void exactly_as_many_groups_as_fit_is_too_many() {
    Table table =
        fetch(
            "<fetch aggregate='true'><entity name='account'><attribute name='name' groupby='true'"
                + " alias='name'/></entity></fetch>");
    crm.api.script(Crm.page(rows(4_999)), Crm.page(rows(5_000)));
    assertThat(read(table, "name")).hasSize(4_999);
    refused(() -> read(table, "name"), ErrorKind.REJECTED, "5,000 groups");
  }

  @Test
  void top_is_sent_alone() {
    String xml = NAMES.replace("<fetch>", "<fetch top='3'>");
    crm.api.script(Crm.page(rows(3), MORE + "true", cookie(1, "a")));
    assertThat(read(fetch(xml), "name")).hasSize(3);
    assertThat(queries()).containsExactly(xml);
    refused(
        () -> fetch(NAMES.replace("<fetch>", "<fetch top='3' count='2'>")),
        ErrorKind.INVALID_STATEMENT,
        "exclude each other");
  }

  @Test
  void the_querys_own_count_is_the_page_size() {
    crm.api.script(Crm.page(rows(1)), Crm.page(rows(1)));
    read(fetch(NAMES.replace("<fetch>", "<fetch count='10'>")), "name");
    Table greedy = fetch(NAMES.replace("<fetch>", "<fetch count='9000'>"));
    read(greedy, "name");
    assertThat(queries().get(0)).startsWith("<fetch count='10' page='1'>");
    assertThat(queries().get(1)).startsWith("<fetch count='5000' page='1'>");
    assertThat(greedy.pushDown(ScanRequest.of(List.of("name"))).pageSize())
        .isEqualTo(OptionalInt.of(5_000));
  }

  @Test
  void a_small_limit_makes_a_small_page() {
    Table table = fetch(NAMES);
    Pushdown pushdown =
        table.pushDown(ScanRequest.of(List.of("name")).withLimit(OptionalLong.of(3)));
    assertThat(pushdown.limit()).isEqualTo(Fidelity.NARROWING);
    crm.api.script(Crm.page(rows(3), MORE + "true", cookie(1, "a")));
    assertThat(Shop.read(table, pushdown.accepted(), Demand.first(3), crm.context)).hasSize(3);
    assertThat(queries()).singleElement().asString().startsWith("<fetch count='3' page='1'>");
  }

  @Test
  void a_scan_goes_on_from_a_checkpoint_in_its_byte_form() {
    Table table = fetch(NAMES);
    ScanRequest scan = ScanRequest.of(List.of("name"));
    crm.api.script(Crm.page(rows(2), MORE + "true", cookie(1, "a")), Crm.page(rows(1)));
    Page first =
        table.open(Split.whole(table.schema().name(), scan), crm.context).fetch(Optional.empty());
    byte[] bytes = ByteForm.of(new Checkpoint(first.next(), 0));
    Optional<Continuation> next = ByteForm.checkpointFrom(bytes).page();
    assertThat(next).contains(new Continuation("2 " + inner(1, "a")));
    table.open(Split.whole(table.schema().name(), scan), crm.context).fetch(next);
    assertThat(queries().get(1)).contains("page='2' paging-cookie='&lt;cookie page=&quot;1");
  }

  @Test
  void paging_is_not_the_users() {
    refused(
        () -> fetch(NAMES.replace("<fetch>", "<fetch page='2'>")),
        ErrorKind.INVALID_STATEMENT,
        "line 1 of the FetchXML: leave out the attribute 'page'");
    refused(
        () -> fetch(NAMES.replace("<fetch>", "<fetch paging-cookie='x'>")),
        ErrorKind.INVALID_STATEMENT,
        "leave out the attribute 'paging-cookie'");
  }

  @Test
  void xml_that_is_broken_is_an_error_with_its_place() {
    refused(
        () -> fetch("<fetch>\n  <entity name='account'>\n  <attribute name='name'>\n</fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "line 4, column ",
        "not well-formed");
    refused(() -> fetch(""), ErrorKind.INVALID_STATEMENT, "not well-formed");
    refused(() -> fetch("<fetch/><fetch/>"), ErrorKind.INVALID_STATEMENT, "not well-formed");
  }

  @Test
  void no_entity_of_the_text_is_followed() {
    refused(
        () ->
            fetch(
                "<!DOCTYPE fetch [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                    + "<fetch><entity name='&x;'/></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "a DOCTYPE is not read");
    refused(
        () -> fetch("<fetch><entity name='&x;'/></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "not well-formed");
  }

  @Test
  void names_that_are_not_in_the_model_are_errors_with_the_nearest() {
    refused(
        () -> fetch("<fetch>\n<entity name='acount'/></fetch>"),
        ErrorKind.UNKNOWN_NAME,
        "line 2",
        "logical name 'acount'");
    refused(
        () -> fetch(NAMES.replace("'name'/", "'nane'/")), ErrorKind.UNKNOWN_NAME, "'nane'", "name");
    refused(() -> fetch("<query/>"), ErrorKind.INVALID_STATEMENT, "<query>, and must be <fetch>");
    refused(() -> fetch("<fetch/>"), ErrorKind.INVALID_STATEMENT, "must have one");
    refused(
        () -> fetch("<fetch count='0'><entity name='account'/></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "'count' is '0'");
  }

  @Test
  void a_link_with_columns_needs_an_alias() {
    refused(
        () ->
            fetch(
                "<fetch><entity name='account'><link-entity name='contact'>"
                    + "<attribute name='fullname'/></link-entity></entity></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "needs an alias");
    assertThat(
            types(
                fetch(
                    "<fetch><entity name='account'><attribute name='name'/>"
                        + "<link-entity name='contact'/></entity></fetch>")))
        .isEqualTo("name VARCHAR");
  }

  @Test
  void conditions_arrive_with_their_values() {
    String xml =
        "<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='name'"
            + " operator='in'><value>A &amp; B</value><value>ü</value></condition></filter></entity>"
            + "</fetch>";
    crm.api.script(Crm.page(rows(1)));
    read(fetch(xml), "name");
    assertThat(queries().get(0)).isEqualTo(xml.replace("<fetch>", "<fetch count='5000' page='1'>"));
  }

  @Test
  void only_dataverse_has_the_function_and_it_takes_one_text() {
    assertThat(crm.source.tableFunction("fetch", List.of(NAMES), crm.context)).isEmpty();
    refused(
        () -> crm.source.tableFunction("fetchxml", List.of(), crm.context),
        ErrorKind.INVALID_STATEMENT,
        "takes one text");
    try (Crm plain = new Crm("profile", "none")) {
      assertThat(plain.source.tableFunction("fetchxml", List.of(NAMES), plain.context)).isEmpty();
    }
    assertThat(crm.calls()).isEmpty();
  }
}
