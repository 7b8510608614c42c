package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Engine;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a service and an issuer at which a person signs in. */
@Timeout(60)
class SignInTest {
  private static final String TOKEN =
      "{\"access_token\":\"t1\",\"refresh_token\":\"r1\",\"expires_in\":3600}";

  @TempDir Path folder;
  private final FakeApi api = FakeApi.start();
  private final FakeClock clock = FakeClock.start();
  private CommandTrial quire;

  @BeforeEach
  void start() {
    api.on("/odata/$metadata", request -> Reply.text(METADATA));
    api.on("/odata/Things", request -> Reply.json("{\"value\":[{\"Id\":1}]}"));
    api.on("/token", request -> Reply.json(TOKEN));
    api.on("/device", request -> Reply.json(codes()));
    quire = trial();
  }

  private static final String METADATA =
      """
      <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
      <Schema Namespace="S" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="Thing"><Key><PropertyRef Name="Id"/></Key>
      <Property Name="Id" Type="Edm.Int32" Nullable="false"/></EntityType>
      <EntityContainer Name="C"><EntitySet Name="Things" EntityType="S.Thing"/></EntityContainer>
      </Schema></edmx:DataServices></edmx:Edmx>
      """;

  private String codes() {
    return "{\"device_code\":\"d1\",\"user_code\":\"WDJB\\u001b[2J\",\"verification_uri\":\""
        + api.url("/go")
        + "\"}";
  }

  private CommandTrial trial() {
    CommandTrial trial = new CommandTrial(folder);
    trial.engines = Engine::open;
    trial.context = clock.context();
    return trial;
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void configure(String grant, String url) {
    quire.configure(
        """
        sources:
          crm:
            type: odata
            url: %s
            auth: {type: oauth2, grant: %s, client_id: id, token_url: %s, %s, token_cache: crm.token}
        """
            .formatted(api.url("/odata"), grant, api.url("/token"), url));
  }

  @Test
  void the_code_to_type_goes_to_standard_error_and_the_rows_to_standard_output() {
    configure("device_code", "device_url: " + api.url("/device"));
    assertThat(quire.run("query", "SELECT Id FROM crm.Things", "--format", "csv")).isZero();
    assertThat(quire.out()).isEqualTo("Id\r\n1\r\n");
    assertThat(quire.err())
        .startsWith(
            "To sign in to source 'crm', open "
                + api.url("/go")
                + " in a browser and enter the code WDJB\\u001b[2J\n")
        .contains("complete: 1 row");
    assertThat(folder.resolve("crm.token")).isRegularFile();
    assertThat(quire.opened).isEmpty();
  }

  @Test
  void check_signs_in_once_and_the_next_start_does_not_ask() {
    configure("device_code", "device_url: " + api.url("/device"));
    assertThat(quire.run("check")).isZero();
    assertThat(quire.out()).startsWith("crm: ok, 1 table, crm.Things answers");
    assertThat(quire.err()).containsOnlyOnce("To sign in");
    CommandTrial next = trial();
    configure("device_code", "device_url: " + api.url("/device"));
    assertThat(next.run("check")).isZero();
    assertThat(next.err()).doesNotContain("To sign in");
  }

  @Test
  void the_page_is_told_and_opened_in_the_browser() {
    configure("authorization_code", "authorize_url: 'https://example.com/authorize'");
    quire.browser =
        page -> {
          quire.opened.add(page);
          CompletableFuture.runAsync(() -> comeBack(page));
        };
    assertThat(quire.run("query", "SELECT Id FROM crm.Things", "--format", "csv")).isZero();
    assertThat(quire.out()).isEqualTo("Id\r\n1\r\n");
    assertThat(quire.err())
        .startsWith("To sign in to source 'crm', open this page")
        .contains("\n  " + quire.opened.get(0) + "\n");
  }

  private static void comeBack(String page) {
    Matcher redirect =
        Pattern.compile("redirect_uri=http%3A%2F%2F127.0.0.1%3A(\\d+)").matcher(page);
    Matcher state = Pattern.compile("&state=([\\w-]+)").matcher(page);
    assertThat(redirect.find() && state.find()).isTrue();
    URI back =
        URI.create("http://127.0.0.1:" + redirect.group(1) + "/?code=c&state=" + state.group(1));
    HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(back).build(), HttpResponse.BodyHandlers.discarding())
        .join();
  }

  @Test
  void ctrl_c_ends_the_wait_for_a_sign_in() {
    configure("device_code", "device_url: " + api.url("/device"));
    api.on(
        "/token",
        request -> {
          quire.interrupts.raise();
          return Reply.json("{\"error\":\"authorization_pending\"}");
        });
    assertThat(quire.run("query", "SELECT Id FROM crm.Things")).isEqualTo(130);
    assertThat(Thread.interrupted() || quire.interrupts.raised()).isTrue();
  }
}
