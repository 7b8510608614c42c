package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OAuth2Test {
  private static final String SECRET = "cl1ent/s3cret";

  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private static StubServer.Reply token(String value, int seconds) {
    return ok(
        "{\"token_type\":\"Bearer\",\"scope\":[{\"a\":\"}\"}],\"expires_in\":"
            + seconds
            + ",\"access_token\":\""
            + value
            + "\"}");
  }

  private HttpDoor door(StubServer api, StubServer tokens, String... more) {
    List<String> config =
        new ArrayList<>(
            List.of(
                "auth.type",
                "oauth2",
                "auth.client_id",
                "id 1",
                "auth.client_secret",
                SECRET,
                "auth.token_url",
                tokens.url() + "/token"));
    config.addAll(List.of(more));
    return Doors.open(time, api.url(), config.toArray(new String[0]));
  }

  @Test
  void asks_once_and_uses_the_token_for_all() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", 3600));
        HttpDoor door = door(api, tokens, "auth.scope", "api://x/.default")) {
      fetch(door, call, api.url());
      fetch(door, call, api.url());
      assertThat(api.requests())
          .allSatisfy(r -> assertThat(r.header("Authorization")).isEqualTo("Bearer t1"));
      assertThat(tokens.requests()).hasSize(1);
      assertThat(tokens.request(0).line()).isEqualTo("POST /token HTTP/1.1");
      assertThat(tokens.request(0).body())
          .isEqualTo(
              "grant_type=client_credentials&scope=api%3A%2F%2Fx%2F.default"
                  + "&client_id=id+1&client_secret=cl1ent%2Fs3cret");
      assertThat(call.admitted).containsExactly(Purpose.DATA, Purpose.TOKEN, Purpose.DATA);
      assertThat(call.told()).doesNotContain("s3cret").doesNotContain("t1");
    }
  }

  @Test
  void sends_client_and_secret_as_basic_authentication_if_told_so() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", 3600));
        HttpDoor door = door(api, tokens, "auth.style", "basic")) {
      fetch(door, call, api.url());
      assertThat(tokens.request(0).header("Authorization"))
          .isEqualTo("Basic " + Authenticators.base64("id+1", "cl1ent%2Fs3cret"));
      assertThat(tokens.request(0).body()).isEqualTo("grant_type=client_credentials");
    }
  }

  @Test
  void renews_a_minute_before_the_end() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", 3600), token("t2", 3600));
        HttpDoor door = door(api, tokens)) {
      fetch(door, call, api.url());
      time.pass(Duration.ofSeconds(3539));
      fetch(door, call, api.url());
      assertThat(tokens.requests()).hasSize(1);
      time.pass(Duration.ofSeconds(1));
      fetch(door, call, api.url());
      assertThat(tokens.requests()).hasSize(2);
      assertThat(api.request(2).header("Authorization")).isEqualTo("Bearer t2");
    }
  }

  @Test
  void d25_a_token_refused_in_mid_scan_is_renewed_once() {
    try (StubServer api = StubServer.answering(ok("1"), reply(401, "", ""), ok("2"));
        StubServer tokens = StubServer.answering(token("t1", 3600), token("t2", 3600));
        HttpDoor door = door(api, tokens)) {
      fetch(door, call, api.url() + "/1");
      assertThat(fetch(door, call, api.url() + "/2")).isEqualTo("2");
      assertThat(api.requests())
          .extracting(r -> r.target() + " " + r.header("Authorization"))
          .containsExactly("/1 Bearer t1", "/2 Bearer t1", "/2 Bearer t2");
    }
  }

  @Test
  void a_new_token_that_is_refused_too_is_an_error() {
    try (StubServer api = StubServer.answering(reply(401, "", "no"));
        StubServer tokens = StubServer.answering(token("t1", 3600), token("t2", 3600));
        HttpDoor door = door(api, tokens)) {
      assertThat(Doors.kind(door, call, api.url())).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(api.requests()).hasSize(2);
      assertThat(tokens.requests()).hasSize(2);
    }
  }

  @Test
  void many_requests_at_once_ask_for_one_token() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", 3600));
        HttpDoor door = door(api, tokens)) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(threads.submit(() -> fetch(door, call, api.url())));
      }
      for (Future<String> one : all) {
        assertThat(one.get()).isEqualTo("x");
      }
      assertThat(tokens.requests()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void wrong_client_credentials_say_what_the_endpoint_said() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens =
            StubServer.answering(
                reply(
                    401,
                    "",
                    "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: "
                        + SECRET
                        + "\"}"));
        HttpDoor door = door(api, tokens)) {
      SourceException fault = fault(door, call, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault)
          .hasMessageContaining("invalid_client: AADSTS7000215: ***")
          .hasMessageContaining("auth.client_secret");
      assertThat(api.connections()).isZero();
    }
  }

  @Test
  void the_token_endpoint_is_asked_again_after_a_passing_fault() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(reply(503, "", ""), token("t1", 3600));
        HttpDoor door = door(api, tokens)) {
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
      assertThat(tokens.requests()).hasSize(2);
    }
  }

  @Test
  void an_answer_without_a_token_is_malformed() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(ok("<html>login</html>"));
        HttpDoor door = door(api, tokens)) {
      assertThat(Doors.kind(door, call, api.url())).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    }
  }

  @Test
  void short_lives_are_used_by_half_and_unknown_ones_until_they_are_refused() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", 10), ok("{\"access_token\":\"t2\"}"));
        HttpDoor door = door(api, tokens)) {
      fetch(door, call, api.url());
      time.pass(Duration.ofSeconds(4));
      fetch(door, call, api.url());
      assertThat(tokens.requests()).hasSize(1);
      time.pass(Duration.ofSeconds(2));
      fetch(door, call, api.url());
      time.pass(Duration.ofDays(2));
      fetch(door, call, api.url());
      assertThat(tokens.requests()).hasSize(2);
    }
  }
}
