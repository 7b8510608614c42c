package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchXmlTest {
  private static final String ANNOTATIONS =
      "odata.include-annotations=\"Microsoft.Dynamics.CRM.morerecords,"
          + "Microsoft.Dynamics.CRM.fetchxmlpagingcookie\"";

  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(25));
  private final Caller caller = new Caller(server);

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> fetch(String attributes, String inside) {
    String xml = "<fetch " + attributes + "><entity name='account'>" + inside + "</entity></fetch>";
    return caller.get("accounts?fetchXml=" + Caller.encode(xml), "Prefer", ANNOTATIONS);
  }

  private List<String> numbers(String attributes, String inside) {
    String body = fetch(attributes, "<attribute name='accountnumber'/>" + inside).body();
    return Caller.values(body, "accountnumber");
  }

  @Test
  void pages_are_followed_with_the_cookie() {
    String first = fetch("count='10'", "<attribute name='name'/>").body();
    assertThat(Caller.values(first, "name")).hasSize(10);
    assertThat(Caller.values(first, "@Microsoft.Dynamics.CRM.morerecords")).containsExactly("true");
    String annotation = Caller.values(first, "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie").get(0);
    String twice = annotation.replaceAll(".*pagingcookie=\\\\\"([^\\\\]*)\\\\\".*", "$1");
    String cookie =
        URLDecoder.decode(URLDecoder.decode(twice, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(cookie).startsWith("<cookie page=\"1\"><accountid last=\"{");
    String sent = " paging-cookie='" + cookie.replace("<", "&lt;") + "'";
    String second = fetch("count='10' page='2'" + sent, "<attribute name='name'/>").body();
    assertThat(Caller.values(second, "accountid"))
        .hasSize(10)
        .doesNotContainAnyElementsOf(Caller.values(first, "accountid"));
    assertThat(fetch("count='10' page='3'" + sent, "").statusCode()).isEqualTo(400);
  }

  @Test
  void without_a_cookie_pages_are_counted_and_the_last_says_so() {
    String last = fetch("count='10' page='3'", "<attribute name='name'/>").body();
    assertThat(Caller.values(last, "name")).hasSize(5);
    assertThat(Caller.values(last, "@Microsoft.Dynamics.CRM.morerecords")).containsExactly("false");
    assertThat(Caller.values(last, "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie")).isEmpty();
  }

  @Test
  void nulls_are_not_written() {
    assertThat(fetch("", "<attribute name='description'/>").body()).doesNotContain("null");
  }

  @Test
  void filters_and_orders_are_those_of_the_other_language() {
    String condition =
        "<filter type='or'><condition attribute='accountnumber' operator='like' value='%03'/>"
            + "<filter><condition attribute='accountnumber' operator='eq' value='acc-00000007'/>"
            + "</filter></filter><order attribute='accountnumber' descending='true'/>";
    assertThat(numbers("", condition)).containsExactly("ACC-00000007", "ACC-00000003");
    assertThat(
            numbers(
                "top='2'",
                "<filter><condition attribute='primarycontactid' operator='not-null'/>"
                    + "<condition attribute='statecode' operator='ne' value='1'/></filter>"))
        .hasSize(2);
  }

  @Test
  void what_it_lacks_is_refused() {
    assertThat(fetch("aggregate='true'", "").statusCode()).isEqualTo(400);
    assertThat(fetch("", "<link-entity name='contact'/>").statusCode()).isEqualTo(400);
    assertThat(fetch("", "<attribute name='nothing'/>").statusCode()).isEqualTo(400);
    assertThat(caller.get("accounts?fetchXml=%3Cfetch").body()).contains("Invalid XML");
  }

  @Test
  void a_get_inside_of_a_batch_is_answered_inside() {
    String url = server.baseUrl() + "/accounts?$select=name&$top=2&$filter=name%20ne%20null";
    String body =
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET "
            + url
            + " HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--b--\r\n";
    HttpResponse<String> answer =
        caller.post(
            SampleService.ROOT + "/$batch", body, "Content-Type", "multipart/mixed; boundary=b");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("multipart/mixed");
    assertThat(answer.body()).contains("\r\nHTTP/1.1 200 ").endsWith("--\r\n");
    assertThat(Caller.values(answer.body(), "name")).hasSize(2);
    HttpResponse<String> refused =
        caller.post(
            SampleService.ROOT + "/$batch",
            body.replace("$top", "$skip"),
            "Content-Type",
            "multipart/mixed; boundary=b");
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(refused.body()).contains("\r\nHTTP/1.1 400 ").contains("Skip Clause");
  }
}
