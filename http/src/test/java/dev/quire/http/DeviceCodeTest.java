package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Notice;
import dev.quire.spi.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DeviceCodeTest {
  private static final StubServer.Reply CODES =
      ok(
          "{\"device_code\":\"d/1\",\"user_code\":\"WDJB-MJHT\",\"expires_in\":900,\"interval\":5,"
              + "\"verification_uri\":\"https://example.com/device\"}");
  private static final StubServer.Reply PENDING = refusal("authorization_pending");
  private static final StubServer.Reply TOKEN =
      ok("{\"access_token\":\"t1\",\"expires_in\":3600,\"refresh_token\":\"r1\"}");

  @TempDir Path folder;
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();
  private final List<Notice> notices = new CopyOnWriteArrayList<>();

  private Runnable person = () -> {};

  private static StubServer.Reply refusal(String error) {
    return reply(400, "", "{\"error\":\"" + error + "\"}");
  }

  private HttpDoor door(StubServer api, StubServer issuer, String... more) {
    List<String> config =
        new ArrayList<>(
            List.of(
                "auth.type", "oauth2",
                "auth.grant", "device_code",
                "auth.client_id", "id 1",
                "auth.scope", "read offline_access",
                "auth.device_url", issuer.url() + "/device",
                "auth.token_url", issuer.url() + "/token"));
    config.addAll(List.of(more));
    return HttpDoor.open(
        Doors.config(api.url(), config.toArray(new String[0])).withFolder(folder),
        new ConnectorContext(time, () -> 0.5, this::shown));
  }

  private void shown(Notice notice) {
    notices.add(notice);
    person.run();
  }

  @Test
  void the_user_is_told_where_to_type_the_code_and_the_endpoint_is_asked_until_that_was_done() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(CODES, PENDING, PENDING, TOKEN);
        HttpDoor door = door(api, issuer)) {
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
      assertThat(api.request(0).header("Authorization")).isEqualTo("Bearer t1");
      assertThat(notices)
          .containsExactly(
              new Notice(
                  "To sign in to source 'crm', open https://example.com/device in a browser and"
                      + " enter the code WDJB-MJHT\n"
                      + "It lasts as long as this process; auth.token_cache keeps it longer.",
                  Optional.empty()));
      assertThat(issuer.request(0).line()).isEqualTo("POST /device HTTP/1.1");
      assertThat(issuer.request(0).body()).isEqualTo("scope=read+offline_access&client_id=id+1");
      assertThat(issuer.requests().subList(1, 4))
          .allSatisfy(
              poll ->
                  assertThat(poll.line() + " " + poll.body())
                      .isEqualTo(
                          "POST /token HTTP/1.1"
                              + " grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                              + "&device_code=d%2F1&client_id=id+1"));
      assertThat(time.sleeps()).containsOnly(Duration.ofSeconds(5)).hasSize(3);
      assertThat(call.waits).contains("5000 ms: for the sign-in").endsWith("0 ms: ");
      assertThat(call.told() + call.warnings).doesNotContain("d/1").doesNotContain("d%2F1");
    }
  }

  @Test
  void a_client_with_a_secret_says_it_to_both_endpoints() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(CODES, TOKEN);
        HttpDoor door = door(api, issuer, "auth.client_secret", "cl1ent", "auth.style", "basic")) {
      fetch(door, call, api.url());
      String basic = "Basic " + Authenticators.base64("id+1", "cl1ent");
      assertThat(issuer.requests())
          .allSatisfy(r -> assertThat(r.header("Authorization")).isEqualTo(basic));
    }
  }

  @Test
  void slow_down_makes_the_pauses_longer_from_then_on() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer =
            StubServer.answering(CODES, PENDING, refusal("slow_down"), PENDING, TOKEN);
        HttpDoor door = door(api, issuer)) {
      fetch(door, call, api.url());
      assertThat(time.sleeps()).extracting(Duration::toSeconds).containsExactly(5L, 5L, 10L, 10L);
    }
  }

  @Test
  void the_refresh_token_spares_the_next_start_the_sign_in() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(CODES, TOKEN, TOKEN)) {
      for (int i = 0; i < 2; i++) {
        try (HttpDoor door = door(api, issuer, "auth.token_cache", "crm.token")) {
          fetch(door, call, api.url());
        }
      }
      assertThat(notices)
          .singleElement()
          .satisfies(notice -> assertThat(notice.text()).endsWith("the code WDJB-MJHT"));
      assertThat(issuer.request(2).body())
          .isEqualTo(
              "grant_type=refresh_token&refresh_token=r1&scope=read+offline_access&client_id=id+1");
    }
  }

  @Test
  void a_sign_in_for_another_scope_is_not_used() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(CODES, TOKEN, CODES, TOKEN)) {
      for (String scope : List.of("read", "read write")) {
        try (HttpDoor door =
            door(api, issuer, "auth.token_cache", "crm.token", "auth.scope", scope)) {
          fetch(door, call, api.url());
        }
      }
      assertThat(notices).hasSize(2);
    }
  }

  @Test
  void a_sign_in_that_was_revoked_is_asked_for_again() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer =
            StubServer.answering(CODES, TOKEN, refusal("invalid_grant"), CODES, TOKEN);
        HttpDoor door = door(api, issuer)) {
      fetch(door, call, api.url());
      time.pass(Duration.ofHours(1));
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
      assertThat(notices).hasSize(2);
    }
  }

  @Test
  void a_refusal_and_a_code_that_expired_say_what_to_do() {
    for (String error : List.of("access_denied", "authorization_declined", "expired_token")) {
      try (StubServer api = StubServer.answering(ok("x"));
          StubServer issuer = StubServer.answering(CODES, refusal(error));
          HttpDoor door = door(api, issuer)) {
        SourceException fault = fault(door, call, api.url());
        assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
        assertThat(fault)
            .hasMessageContaining(
                error.equals("expired_token")
                    ? "nobody signed in within 15 min"
                    : "the sign-in was refused: " + error)
            .hasMessageContaining("Try again");
        assertThat(api.connections()).isZero();
      }
    }
  }

  @Test
  void the_endpoint_is_not_asked_for_longer_than_the_code_lives() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer =
            StubServer.answering(
                ok(
                    "{\"device_code\":\"d1\",\"user_code\":\"u\",\"expires_in\":18,"
                        + "\"verification_url\":\"https://example.com/device\"}"),
                PENDING);
        HttpDoor door = door(api, issuer)) {
      assertThat(fault(door, call, api.url())).hasMessageContaining("nobody signed in within 18 s");
      assertThat(issuer.requests()).hasSize(1 + 3);
    }
  }

  @Test
  void an_issuer_that_refuses_with_the_status_of_a_success_is_understood() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer =
            StubServer.answering(
                CODES,
                ok("{\"error\":\"authorization_pending\",\"error_description\":\"wait\"}"),
                TOKEN);
        HttpDoor door = door(api, issuer)) {
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
    }
  }

  @Test
  void an_answer_without_codes_names_the_endpoint_to_check() {
    for (StubServer.Reply answer :
        List.of(
            ok("<html>"),
            ok("{\"device_code\":\"d\",\"user_code\":\"u\",\"verification_uri\":\"file:///x\"}"))) {
      try (StubServer api = StubServer.answering(ok("x"));
          StubServer issuer = StubServer.answering(answer);
          HttpDoor door = door(api, issuer)) {
        SourceException fault = fault(door, call, api.url());
        assertThat(fault.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
        assertThat(fault).hasMessageContaining("auth.device_url");
      }
    }
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(refusal("unauthorized_client"));
        HttpDoor door = door(api, issuer)) {
      assertThat(fault(door, call, api.url()))
          .hasMessageContaining("400 unauthorized_client")
          .hasMessageContaining("auth.client_id");
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void a_cancelled_statement_ends_the_wait() {
    person = call::cancel;
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(CODES, PENDING);
        HttpDoor door = door(api, issuer)) {
      SourceException fault = fault(door, call, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(issuer.requests()).hasSize(1);
    }
  }

  @Test
  void a_statement_with_little_time_asks_nobody_to_sign_in() {
    FakeCall brief = new FakeCall(Optional.of(FakeTime.START.plusSeconds(5)));
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(CODES, TOKEN);
        HttpDoor door = door(api, issuer)) {
      SourceException fault = fault(door, brief, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.DEADLINE_EXCEEDED);
      assertThat(fault).hasMessageContaining("somebody must sign in first");
      assertThat(notices).isEmpty();
      assertThat(issuer.connections()).isZero();
    }
  }

  @Test
  void a_tenant_has_its_own_endpoints_and_any_other_issuer_must_be_named() {
    try (StubServer api = StubServer.answering(ok("x"))) {
      String[] ofTenant = {
        "auth.type",
        "oauth2",
        "auth.grant",
        "device_code",
        "auth.client_id",
        "id",
        "auth.tenant",
        "t"
      };
      Doors.open(time, api.url(), ofTenant).close();
      String[] ofNobody = ofTenant.clone();
      ofNobody[6] = "auth.token_url";
      ofNobody[7] = "https://example.com/token";
      assertThat(fault(() -> Doors.open(time, api.url(), ofNobody)))
          .hasMessageContaining("auth.device_url: oauth2 needs it, or auth.tenant");
    }
  }
}
