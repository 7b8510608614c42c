package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final String SECRET = "s3cret/+value=";

  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  @Test
  void basic_authentication_is_in_utf_8() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door =
            Doors.open(
                time,
                server.url(),
                "auth.type",
                "basic",
                "auth.username",
                "müller",
                "auth.password",
                "pässwort")) {
      fetch(door, call, server.url());
      assertThat(server.request(0).header("Authorization"))
          .isEqualTo("Basic bcO8bGxlcjpww6Rzc3dvcnQ=");
    }
  }

  @Test
  void an_api_key_goes_into_its_header() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door =
            Doors.open(
                time,
                server.url(),
                "auth.type",
                "api_key",
                "auth.name",
                "X-Tool-Key",
                "auth.value",
                SECRET)) {
      fetch(door, call, server.url());
      assertThat(server.request(0).header("X-Tool-Key")).isEqualTo(SECRET);
    }
  }

  private HttpDoor queryKey(StubServer server) {
    return Doors.open(
        time,
        server.url(),
        "auth.type",
        "api_key",
        "auth.in",
        "query",
        "auth.name",
        "Appid",
        "auth.value",
        SECRET);
  }

  @Test
  void an_api_key_in_the_query_is_sent_once_and_shown_never() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = queryKey(server)) {
      fetch(door, call, server.url() + "/a?b=%2B");
      fetch(door, call, server.url() + "/a?Appid=old&b=c");
      fetch(door, call, server.url() + "/a");
      String key = "Appid=s3cret%2F%2Bvalue%3D";
      assertThat(server.requests())
          .extracting(StubServer.Seen::target)
          .containsExactly("/a?b=%2B&" + key, "/a?" + key + "&b=c", "/a?" + key);
      assertThat(call.told()).contains("Appid=***").doesNotContain("s3cret");
    }
  }

  @Test
  void an_api_key_in_the_query_never_goes_to_another_origin() {
    try (StubServer server = StubServer.answering(ok("x"));
        StubServer evil = StubServer.answering(ok("x"));
        HttpDoor door = queryKey(server)) {
      assertThat(Doors.kind(door, call, evil.url() + "/a")).isEqualTo(ErrorKind.FOREIGN_ORIGIN);
      assertThat(evil.connections()).isZero();
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void a_preview_sends_nothing_and_shows_no_secret() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = queryKey(server)) {
      RequestPreview preview =
          door.preview(
              new HttpRequest(
                  CallContext.Purpose.DATA,
                  "GET",
                  server.url() + "/a?$filter=x&Appid=" + SECRET + "&sig=abc&code=1&$skiptoken=2",
                  Map.of("Prefer", "p", "authorization", "Bearer x", "Cookie", "y"),
                  Optional.empty()));
      assertThat(preview.url())
          .isEqualTo(server.url() + "/a?$filter=x&Appid=***&sig=***&code=***&$skiptoken=2");
      assertThat(preview.headers()).containsOnlyKeys("Prefer");
      assertThat(server.connections()).isZero();
    }
  }

  /** A source whose token can be changed from outside, as a file can. */
  private HttpDoor renewable(StubServer server, AtomicReference<String> token) {
    SourceConfig config =
        new SourceConfig(
            "crm",
            Map.of("url", server.url(), "auth.type", "bearer", "auth.token", "${file:t}"),
            raw -> raw.equals("${file:t}") ? token.get() : raw,
            key -> "quire.yaml");
    return HttpDoor.open(config, new ConnectorContext(time, () -> 0.5));
  }

  @Test
  void d25_a_token_renewed_on_disk_is_found_in_mid_scan() {
    AtomicReference<String> token = new AtomicReference<>("old-token");
    try (StubServer server = StubServer.answering(ok("1"), reply(401, "", ""), ok("2"), ok("3"));
        HttpDoor door = renewable(server, token)) {
      fetch(door, call, server.url() + "/1");
      token.set("new-token");
      assertThat(fetch(door, call, server.url() + "/2")).isEqualTo("2");
      fetch(door, call, server.url() + "/3");
      assertThat(server.requests())
          .extracting(r -> r.target() + " " + r.header("Authorization"))
          .containsExactly(
              "/1 Bearer old-token",
              "/2 Bearer old-token",
              "/2 Bearer new-token",
              "/3 Bearer new-token");
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @Test
  void credentials_are_renewed_once_and_then_it_is_an_error() {
    AtomicReference<String> token = new AtomicReference<>("old-token");
    try (StubServer server = StubServer.answering(ok("1"), reply(401, "", "expired"));
        HttpDoor door = renewable(server, token)) {
      fetch(door, call, server.url());
      token.set("new-token");
      SourceException fault = fault(door, call, server.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault.hint()).hasValueSatisfying(h -> assertThat(h).contains("sources.crm.auth"));
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void an_unchanged_token_is_not_sent_again() {
    try (StubServer server = StubServer.answering(reply(401, "", ""));
        HttpDoor door = renewable(server, new AtomicReference<>("t"))) {
      assertThat(Doors.kind(door, call, server.url())).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_secret_that_the_service_echoes_is_in_no_message_and_no_report() {
    FaultReader telling =
        refusal ->
            new SourceException(ErrorKind.REJECTED, "said: " + refusal.body() + " for " + SECRET);
    try (StubServer server = StubServer.answering(reply(400, "", "bad token " + SECRET));
        HttpDoor door =
            Doors.open(time, server.url(), "auth.type", "bearer", "auth.token", SECRET)) {
      String url = server.url() + "/a?access_token=" + SECRET;
      SourceException standard = fault(door, call, url);
      SourceException told = fault(() -> door.exchange(Doors.get(url), call, telling, Doors::text));
      SourceException read =
          fault(
              () ->
                  door.exchange(
                      Doors.get(url),
                      call,
                      FaultReader.standard(),
                      r -> {
                        throw new SourceException(
                            ErrorKind.MALFORMED_RESPONSE, "got " + SECRET, new Error(SECRET));
                      }));
      for (SourceException fault : List.of(standard, told, read)) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains("***").doesNotContain("s3cret");
      }
      assertThat(call.told()).contains("***").doesNotContain("s3cret");
      assertThat(door.toString()).doesNotContain("s3cret");
    }
  }
}
