package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ServiceTest {
  private SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(100));
  private Caller caller = new Caller(server);

  @AfterEach
  void stop() {
    server.close();
  }

  private void restart(SampleOptions options) {
    server.close();
    server = SampleServer.start(options);
    caller = new Caller(server);
  }

  @Test
  void metadata_is_well_formed_and_names_keys_lookups_and_descriptions() throws Exception {
    HttpResponse<String> response = caller.get("$metadata");
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(response.body())));

    assertThat(response.headers().firstValue("Content-Type").orElse("")).contains("xml");
    assertThat(document.getElementsByTagName("EntitySet").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("ReferentialConstraint").getLength()).isEqualTo(3);
    assertThat(response.body())
        .contains("<PropertyRef Name=\"accountid\"/>")
        .contains("Annual revenue of the account.")
        .contains("Type=\"Collection(mscrm.contact)\"");
  }

  @Test
  void the_service_document_lists_the_entity_sets() {
    assertThat(Caller.values(caller.body(""), "url"))
        .containsExactly("accounts", "contacts", "opportunities");
  }

  @Test
  void an_unknown_set_is_not_found() {
    HttpResponse<String> response = caller.get("acounts");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"0x8006088a\",\"message\":\"Resource not found for the segment"
                + " 'acounts'.\"}}");
  }

  @Test
  void reads_one_entity_by_its_key() {
    String id = Caller.values(caller.body("accounts?$select=name&$top=5"), "accountid").get(4);

    String body = caller.body("accounts(" + id + ")?$select=accountnumber");

    assertThat(Caller.values(body, "accountnumber")).containsExactly("ACC-00000005");
    assertThat(Caller.values(body, "accountid")).containsExactly(id);
  }

  @Test
  void a_key_that_does_not_exist_is_not_found() {
    HttpResponse<String> response = caller.get("accounts(00000000-0000-0000-0000-000000000000)");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("0x80040217");
  }

  @Test
  void knows_the_total_of_a_table() {
    String body = caller.body("RetrieveTotalRecordCount(EntityNames=%5B'account'%5D)");

    assertThat(body).contains("\"Keys\":[\"account\"],\"Values\":[100]");
  }

  @Test
  void refuses_requests_without_the_token_and_says_how() {
    restart(SampleOptions.DEFAULT.withToken("s3cret"));

    HttpResponse<String> refused = caller.get("accounts?$top=1");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer ");
    assertThat(caller.get("accounts?$top=1", "Authorization", "Bearer s3cret").statusCode())
        .isEqualTo(200);
    server.requireToken("renewed");
    assertThat(caller.get("accounts?$top=1", "Authorization", "Bearer s3cret").statusCode())
        .isEqualTo(401);
  }

  @Test
  void throttles_on_demand() {
    server.throttleNext(1, "17");

    HttpResponse<String> throttled = caller.get("accounts?$top=1");

    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).hasValue("17");
    assertThat(throttled.body()).contains("0x80072322");
    assertThat(caller.get("accounts?$top=1").statusCode()).isEqualTo(200);
  }

  @Test
  void people_can_ask_for_throttling() {
    caller.get(server.origin() + "/sample/throttle?next=2&retryAfter=3");

    assertThat(caller.get("accounts?$top=1").statusCode()).isEqualTo(429);
    assertThat(caller.get("accounts?$top=1").headers().firstValue("Retry-After")).hasValue("3");
    assertThat(caller.get("accounts?$top=1").statusCode()).isEqualTo(200);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void throttles_each_third_request() {
    restart(SampleOptions.DEFAULT.withThrottleEvery(3));

    for (int i = 0; i < 6; i++) {
      caller.get("accounts?$top=1");
    }

    assertThat(server.requests())
        .extracting(SampleRequest::status)
        .containsExactly(200, 200, 429, 200, 200, 429);
  }

  @Test
  void fails_with_any_status_on_demand() {
    server.failNext(1, 503, "", "0x80040216");

    HttpResponse<String> failed = caller.get("accounts?$top=1");

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void sends_gzip_when_asked() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(server.baseUrl() + "/accounts").toURL().openConnection();
    connection.setRequestProperty("Accept-Encoding", "gzip");
    byte[] zipped = connection.getInputStream().readAllBytes();

    String body =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes(),
            StandardCharsets.UTF_8);

    assertThat(connection.getContentEncoding()).isEqualTo("gzip");
    assertThat(body).isEqualTo(caller.body("accounts"));
    assertThat(zipped.length).isLessThan(body.length() / 3);
  }

  @Test
  void records_what_was_asked() {
    caller.get("accounts?$top=1", "Prefer", "odata.maxpagesize=5");

    assertThat(server.requests())
        .containsExactly(
            new SampleRequest("GET", "/api/data/v9.2/accounts?$top=1", "odata.maxpagesize=5", 200));
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void writes_exact_numbers_as_text_when_asked() {
    String path = "accounts?$select=versionnumber,revenue&$top=1";

    String asText = caller.body(path, "Accept", "application/json; IEEE754Compatible=true");

    assertThat(caller.body(path)).contains("\"versionnumber\":9007199254740993,");
    assertThat(asText).contains("\"versionnumber\":\"9007199254740993\",");
  }

  @Test
  void a_taken_port_is_said_so() {
    assertThatThrownBy(() -> SampleServer.start(SampleOptions.DEFAULT.withPort(server.port())))
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  @Test
  void a_url_over_32_kilobytes_is_refused() {
    HttpResponse<String> response = caller.get("accounts?$filter=" + "x".repeat(33_000));

    assertThat(response.statusCode()).isEqualTo(414);
  }

  @Test
  void a_definition_has_labels_and_descriptions() {
    String body = caller.body("EntityDefinitions(LogicalName='account')?$select=LogicalName");
    assertThat(Caller.values(body, "LogicalName")).contains("account", "name", "primarycontactid");
    assertThat(Caller.values(body, "Label"))
        .contains("Account", "Name of the company or business.");
    assertThat(caller.get("EntityDefinitions(LogicalName='nothing')").statusCode()).isEqualTo(404);
  }
}
