package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are too long for a URL. */
class BatchTest {
  private static final String BATCH = Crm.ROOT + "/$batch";

  private final Crm crm = new Crm();

  @AfterEach
  void close() {
    crm.api.verifyNoUnexpected();
    crm.close();
  }

  /** A list of names so long that a GET has no room for it from about 250 names on. */
  private static ScanRequest among(int names) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new ColumnRef("name", DataType.VARCHAR));
    IntStream.range(0, names)
        .forEach(i -> arguments.add(new Constant("n".repeat(100) + i, DataType.VARCHAR)));
    return ScanRequest.of(List.of("name")).withFilters(List.of(new Call(Function.IN, arguments)));
  }

  private List<Object[]> read(ScanRequest wanted) {
    Pushdown pushdown = crm.accounts().pushDown(wanted);
    assertThat(pushdown.filters()).containsExactly(Fidelity.NARROWING);
    return crm.read(crm.accounts(), pushdown.accepted());
  }

  private static String page(String rows, String more) {
    return ("{'value':[" + rows + "]" + more + "}").replace('\'', '"');
  }

  private static String part(String head, String body) {
    return "--batchresponse_1\r\nContent-Type: application/http\r\n"
        + "Content-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 "
        + head
        + "\r\n\r\n"
        + body;
  }

  private static Reply batch(String parts) {
    return Reply.status(200)
        .withBody(parts)
        .withHeader("Content-Type", "multipart/mixed; boundary=batchresponse_1");
  }

  private static Reply answer(String head, String body) {
    return batch(part(head, body) + "\r\n--batchresponse_1--\r\n");
  }

  private static Reply ok(String rows, String more) {
    return answer(
        "200 OK\r\nContent-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0",
        page(rows, more));
  }

  private List<String> methods() {
    return crm.calls().stream().map(ReceivedRequest::method).toList();
  }

  private static String body(ReceivedRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  @Test
  void what_fits_into_a_url_is_a_get() {
    crm.api.script(Crm.page("{'name':'a'}"));
    assertThat(read(among(200))).hasSize(1);
    assertThat(methods()).containsExactly("GET");
  }

  @Test
  void what_does_not_goes_inside_of_a_batch() {
    crm.api.on(BATCH, request -> ok("{'name':'a'},{'name':'b'}", ""));
    assertThat(read(among(300))).containsExactly(new Object[] {"a"}, new Object[] {"b"});
    ReceivedRequest request = crm.calls().get(0);
    assertThat(request.method() + " " + request.target()).isEqualTo("POST " + BATCH);
    assertThat(request.header("Content-Type")).contains("multipart/mixed; boundary=batch_quire");
    assertThat(request.header("OData-MaxVersion")).contains("4.0");
    assertThat(body(request))
        .startsWith(
            "--batch_quire\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
                + "\r\nGET "
                + crm.api.url(Crm.ROOT + "/accounts?$select=name&$filter=(name%20eq%20'nnn"))
        .contains(" HTTP/1.1\r\nAccept: application/json\r\n")
        .contains("\r\nPrefer: odata.maxpagesize=5000\r\n")
        .endsWith("\r\n\r\n\r\n--batch_quire--\r\n");
    assertThat(crm.calls()).hasSize(1);
  }

  @Test
  void a_condition_too_long_for_a_batch_is_done_here() {
    Pushdown pushdown = crm.accounts().pushDown(among(399).withColumns(List.of("name")));
    assertThat(pushdown.filters()).containsExactly(Fidelity.NARROWING);
    ScanRequest twice =
        among(399)
            .withFilters(
                List.of(
                    among(399).filters().get(0),
                    new Call(
                        Function.EQ,
                        List.of(
                            new ColumnRef("name", DataType.VARCHAR),
                            new Constant("n".repeat(20_000), DataType.VARCHAR)))));
    assertThat(crm.accounts().pushDown(twice).filters())
        .containsExactly(Fidelity.NARROWING, Fidelity.NONE);
  }

  @Test
  void next_links_are_gets_again_where_they_are_short_enough() {
    String link = crm.api.url(Crm.ROOT + "/accounts?$skiptoken=2");
    crm.api.on(BATCH, request -> ok("{'name':'a'}", ",'@odata.nextLink':'" + link + "'"));
    crm.api.script(Crm.page("{'name':'b'}"));
    assertThat(read(among(300))).hasSize(2);
    assertThat(methods()).containsExactly("POST", "GET");
    assertThat(crm.calls().get(1).header("Prefer")).contains("odata.maxpagesize=5000");
  }

  @Test
  void long_next_links_go_inside_of_a_batch_byte_for_byte() {
    String link =
        crm.api.url(Crm.ROOT + "/accounts?$skiptoken=%3Ccookie%2520" + "x".repeat(31_000));
    crm.api.on(
        BATCH,
        request ->
            body(request).contains("skiptoken")
                ? ok("{'name':'b'}", "")
                : ok("{'name':'a'}", ",'@odata.nextLink':'" + link + "'"));
    assertThat(read(among(300))).hasSize(2);
    assertThat(methods()).containsExactly("POST", "POST");
    assertThat(body(crm.calls().get(1))).contains("\r\nGET " + link + " HTTP/1.1\r\n");
  }

  @Test
  void a_link_cannot_end_its_line() {
    String link = crm.api.url(Crm.ROOT + "/accounts?$skiptoken=\\r\\nX: y " + "x".repeat(31_000));
    crm.api.on(
        BATCH,
        request ->
            body(request).contains("skiptoken")
                ? ok("", "")
                : ok("", ",'@odata.nextLink':'" + link + "'"));
    read(among(300));
    assertThat(body(crm.calls().get(1))).contains("skiptoken=%0D%0AX:%20y%20x");
  }

  @Test
  void a_long_link_to_another_place_is_refused() {
    String link = "http://evil.example" + Crm.ROOT + "/accounts?x=" + "x".repeat(31_000);
    crm.api.on(BATCH, request -> ok("{'name':'a'}", ",'@odata.nextLink':'" + link + "'"));
    assertThatThrownBy(() -> read(among(300)))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.FOREIGN_ORIGIN));
    assertThat(crm.calls()).hasSize(1);
  }

  @Test
  void throttling_inside_is_waited_out() {
    crm.api.script(
        answer(
            "429 Too Many Requests\r\nRetry-After: 17\r\nContent-Type: application/json",
            "{\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests exceeded\"}}"),
        ok("{'name':'a'}", ""));
    assertThat(read(among(300))).hasSize(1);
    assertThat(methods()).containsExactly("POST", "POST");
    assertThat(crm.clock.slept()).isGreaterThanOrEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void an_error_inside_is_the_requests_own() {
    crm.api.on(
        BATCH,
        request ->
            answer(
                "403 Forbidden\r\nContent-Type: application/json",
                "{\"error\":{\"code\":\"0x80040220\",\"message\":\"lacks prvReadAccount\"}}"));
    assertThatThrownBy(() -> read(among(300)))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION))
        .hasMessageContaining("answered 403")
        .hasMessageContaining("lacks prvReadAccount");
  }

  @Test
  void an_answer_inside_that_is_cut_is_asked_for_again() {
    String whole = part("200 OK\r\nContent-Type: application/json", page("{'name':'a'}", ""));
    crm.api.script(
        batch(whole.substring(0, whole.length() - 1)),
        batch(whole),
        batch("--batchresponse_1\r\nContent-Type: application/http\r\n"),
        ok("{'name':'a'}", ""));
    assertThat(read(among(300))).hasSize(1);
    assertThat(methods()).hasSize(4);
  }

  @Test
  void a_page_of_many_buffers_is_read_whole() {
    String row = "{'name':'" + "-\\r\\n--batch".repeat(20) + "'}";
    String rows = String.join(",\r\n", Collections.nCopies(3_000, row));
    crm.api.on(BATCH, request -> ok(rows, ""));
    assertThat(read(among(300))).hasSize(3_000);
  }

  @Test
  void an_answer_that_is_no_batch_is_an_error() {
    crm.api.on(BATCH, request -> Reply.json("{\"value\":[]}"));
    assertThatThrownBy(() -> read(among(300)))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE))
        .hasMessageContaining("not multipart/mixed but 'application/json'");
  }

  @Test
  void the_plan_shows_the_request_inside() {
    ScanRequest scan = crm.accounts().pushDown(among(300)).accepted();
    RequestPreview shown =
        crm.accounts()
            .open(Split.whole(crm.accounts().schema().name(), scan), crm.context)
            .firstRequest();
    assertThat(shown.method() + " " + shown.url()).isEqualTo("POST " + crm.api.url(BATCH));
    assertThat(shown.headers()).containsOnlyKeys("Prefer");
    assertThat(shown.body().orElseThrow())
        .startsWith("GET " + crm.api.url(Crm.ROOT + "/accounts?$select=name&$filter="));
  }

  @Test
  void a_long_fetchxml_goes_inside_of_a_batch_too() {
    crm.api.on(BATCH, request -> ok("{'name':'a'}", ""));
    String xml =
        "<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='name'"
            + " operator='in'>"
            + "<value>one</value>".repeat(1_500)
            + "</condition></filter></entity></fetch>";
    assertThat(
            crm.read(
                crm.source.tableFunction("fetchxml", List.of(xml), crm.context).orElseThrow(),
                ScanRequest.of(List.of("name"))))
        .hasSize(1);
    assertThat(methods()).containsExactly("POST");
  }

  @Test
  void other_services_get_no_batch() {
    try (Crm plain = new Crm("profile", "none")) {
      assertThat(plain.accounts().pushDown(among(300)).filters()).containsExactly(Fidelity.NONE);
    }
  }
}
