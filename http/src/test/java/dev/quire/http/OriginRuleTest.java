package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();
  private final StubServer evil = StubServer.answering(ok("caught"));

  @AfterEach
  void nothing_reached_the_other_origin() {
    assertThat(evil.connections()).isZero();
    evil.close();
  }

  private HttpDoor door(StubServer server) {
    return Doors.open(time, server.url(), "auth.type", "bearer", "auth.token", "s3cret-token");
  }

  private void refuses(HttpDoor door, String url, String shown) {
    SourceException fault = fault(door, call, url);
    assertThat(fault.kind()).isEqualTo(ErrorKind.FOREIGN_ORIGIN);
    assertThat(fault).hasMessageContaining("http://127.0.0.1:").hasMessageContaining(shown);
    assertThat(call.admitted).isEmpty();
  }

  @Test
  void g1_g2_refuses_another_host_or_port_before_a_byte_is_sent() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = door(server)) {
      refuses(door, evil.url() + "/next", evil.url());
      refuses(door, "http://localhost:" + evil.port() + "/next", "http://localhost:");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void g3_refuses_another_scheme() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = door(server)) {
      refuses(door, "https://127.0.0.1:" + server.port(), "https://127.0.0.1:");
      refuses(door, "file:///etc/passwd", "file://");
    }
  }

  @Test
  void g4_refuses_user_information_and_does_not_show_it() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = door(server)) {
      refuses(door, "http://127.0.0.1:1@127.0.0.1:" + evil.port() + "/", "***@127.0.0.1");
      refuses(door, "http://u:hidden@127.0.0.1:" + server.port() + "/", "***@127.0.0.1");
      assertThat(fault(door, call, "http://u:hidden@127.0.0.1:" + server.port() + "/").toString())
          .doesNotContain("hidden");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example/x", "\\\\evil.example\\x", "/\\evil.example/x"})
  void g5_refuses_links_that_name_a_host_without_a_scheme(String link) {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = door(server)) {
      refuses(door, Links.resolve(server.url() + "/s/C", link), "http://evil.example");
    }
  }

  @Test
  void g6_accepts_the_same_origin_in_other_letters() {
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = Doors.open(time, "http://localhost:" + server.port() + "/api")) {
      assertThat(fetch(door, call, "HTTP://LocalHost:" + server.port() + "/x")).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void g8_follows_no_redirect_to_another_origin(int status) {
    try (StubServer server =
            StubServer.answering(reply(status, "Location: " + evil.url() + "/x", ""));
        HttpDoor door = door(server)) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.FOREIGN_ORIGIN);
      assertThat(fault).hasMessageContaining(evil.url());
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void g14_credentials_go_with_every_page_and_redirect_of_the_origin() {
    try (StubServer server =
            StubServer.answering(ok("1"), reply(302, "Location: ../c?d=%2B", "moved"), ok("2"));
        HttpDoor door = door(server)) {
      fetch(door, call, server.url() + "/a");
      assertThat(fetch(door, call, server.url() + "/s/b")).isEqualTo("2");
      assertThat(server.requests())
          .allSatisfy(r -> assertThat(r.header("Authorization")).isEqualTo("Bearer s3cret-token"))
          .allSatisfy(r -> assertThat(r.header("Prefer")).isEqualTo("x=1"));
      assertThat(server.request(2).target()).isEqualTo("/c?d=%2B");
      assertThat(call.reports.get(1).fault())
          .hasValueSatisfying(f -> assertThat(f).startsWith("redirected to"));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void gives_up_after_five_redirects() {
    try (StubServer server = StubServer.answering(reply(302, "Location: /again", ""));
        HttpDoor door = door(server)) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.REJECTED);
      assertThat(server.requests()).hasSize(6);
    }
  }

  @Test
  void the_answer_of_a_redirect_knows_where_it_came_from() {
    try (StubServer server = StubServer.answering(reply(307, "Location: /t/b", ""), ok("x"));
        HttpDoor door = door(server)) {
      String url =
          door.exchange(
              Doors.get(server.url() + "/a"), call, FaultReader.standard(), HttpResponse::url);
      assertThat(url).isEqualTo(server.url() + "/t/b");
    }
  }
}
