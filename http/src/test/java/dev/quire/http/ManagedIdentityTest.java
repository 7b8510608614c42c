package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedIdentityTest {
  private static final String PATH = "/metadata/identity/oauth2/token";
  private static final StubServer.Reply TOKEN =
      ok("{\"access_token\":\"t1\",\"expires_in\":\"3599\",\"token_type\":\"Bearer\"}");

  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private HttpDoor door(StubServer api, StubServer azure, String... more) {
    List<String> config =
        new ArrayList<>(
            List.of("auth.type", "managed_identity", "auth.endpoint", azure.url() + PATH));
    config.addAll(List.of(more));
    return Doors.open(time, api.url(), config.toArray(new String[0]));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void a_machine_asks_its_metadata_service_for_the_origin_of_the_url() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer azure = StubServer.answering(TOKEN);
        HttpDoor door = door(api, azure)) {
      fetch(door, call, api.url() + "/a");
      fetch(door, call, api.url() + "/b");
      assertThat(api.requests())
          .allSatisfy(r -> assertThat(r.header("Authorization")).isEqualTo("Bearer t1"));
      assertThat(azure.requests()).hasSize(1);
      assertThat(azure.request(0).line())
          .isEqualTo(
              "GET "
                  + PATH
                  + "?api-version=2018-02-01&resource="
                  + encoded(api.url())
                  + " HTTP/1.1");
      assertThat(azure.request(0).header("Metadata")).isEqualTo("true");
      assertThat(call.admitted).containsExactly(Purpose.DATA, Purpose.TOKEN, Purpose.DATA);
      assertThat(call.told()).doesNotContain("t1");
    }
  }

  @Test
  void an_identity_and_a_resource_can_be_named() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer azure = StubServer.answering(TOKEN);
        HttpDoor door =
            door(
                api,
                azure,
                "auth.client_id",
                "1-2",
                "auth.resource",
                "https://graph.microsoft.com")) {
      fetch(door, call, api.url());
      assertThat(azure.request(0).target())
          .endsWith("&resource=https%3A%2F%2Fgraph.microsoft.com&client_id=1-2");
    }
  }

  @Test
  void an_app_shows_its_header_and_is_told_the_end_of_the_token() {
    long end = FakeTime.START.getEpochSecond() + 3600;
    StubServer.Reply token =
        ok("{\"access_token\":\"t1\",\"expires_on\":\"" + end + "\",\"resource\":\"r\"}");
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer azure = StubServer.answering(token);
        HttpDoor door = door(api, azure, "auth.identity_header", "h3ader")) {
      fetch(door, call, api.url());
      time.pass(Duration.ofSeconds(3539));
      fetch(door, call, api.url());
      assertThat(azure.requests()).hasSize(1);
      time.pass(Duration.ofSeconds(1));
      fetch(door, call, api.url());
      assertThat(azure.requests()).hasSize(2);
      assertThat(azure.request(0).target()).contains("?api-version=2019-08-01&");
      assertThat(azure.request(0).header("X-IDENTITY-HEADER")).isEqualTo("h3ader");
      assertThat(azure.request(0).header("Metadata")).isEmpty();
      assertThat(call.told()).doesNotContain("h3ader");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 429, 500, 503})
  void an_answer_that_passes_is_waited_for(int status) {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer azure =
            StubServer.answering(
                reply(status, "", ""), reply(status, "", ""), reply(status, "", ""), TOKEN);
        HttpDoor door = door(api, azure, "http.attempts", "1")) {
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
      assertThat(azure.requests()).hasSize(4);
      assertThat(time.sleeps()).hasSize(3);
    }
  }

  @Test
  void a_machine_without_an_identity_is_told_so_at_once() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer azure =
            StubServer.answering(
                reply(
                    400,
                    "",
                    "{\"error\":\"invalid_request\",\"error_description\":\"Identity not"
                        + " found\"}"));
        HttpDoor door = door(api, azure)) {
      SourceException fault = fault(door, call, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault)
          .hasMessageContaining("invalid_request: Identity not found")
          .hasMessageContaining("Assign an identity");
      assertThat(azure.requests()).hasSize(1);
      assertThat(api.connections()).isZero();
    }
  }

  @Test
  void elsewhere_than_on_azure_the_fault_says_where_it_works() {
    try (StubServer api = StubServer.answering(ok("x"))) {
      StubServer gone = StubServer.answering(TOKEN);
      gone.close();
      try (HttpDoor door = door(api, gone)) {
        SourceException fault = fault(door, call, api.url());
        assertThat(fault.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(fault).hasMessageContaining("on Azure only");
      }
    }
  }

  @Test
  void the_identity_is_never_asked_for_through_a_proxy() {
    try (StubServer azure = StubServer.answering(TOKEN);
        StubServer proxy = StubServer.answering(ok("x"))) {
      InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", proxy.port());
      try (HttpDoor door =
          SourceDoor.open(
              Doors.config(
                  "http://api.example.com",
                  "auth.type",
                  "managed_identity",
                  "auth.endpoint",
                  azure.url() + PATH),
              new ConnectorContext(time, () -> 0.5),
              new SocketTransport(
                  time, Tls.standard(), origin -> Route.through(address, origin)))) {
        assertThat(fetch(door, call, "http://api.example.com/a")).isEqualTo("x");
      }
      assertThat(azure.requests()).hasSize(1);
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void the_header_goes_over_http_to_this_machine_alone() {
    SourceException fault =
        fault(
            () ->
                Doors.open(
                    time,
                    "https://h",
                    "auth.type",
                    "managed_identity",
                    "auth.endpoint",
                    "http://example.com/token"));
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(fault).hasMessageContaining("169.254.x.x");
  }
}
