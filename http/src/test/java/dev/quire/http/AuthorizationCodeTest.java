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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AuthorizationCodeTest {
  private static final StubServer.Reply TOKEN =
      ok("{\"access_token\":\"t1\",\"expires_in\":3600,\"refresh_token\":\"r1\"}");

  @TempDir Path folder;
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<String>> pages = new CopyOnWriteArrayList<>();
  private Consumer<Map<String, String>> person = asked -> back(asked, "code=c%2F1&state=STATE");

  private HttpDoor door(StubServer api, StubServer issuer, String... more) {
    List<String> config =
        new ArrayList<>(
            List.of(
                "auth.type", "oauth2",
                "auth.grant", "authorization_code",
                "auth.client_id", "id 1",
                "auth.scope", "read",
                "auth.authorize_url", "https://example.com/authorize?prompt=login",
                "auth.token_url", issuer.url() + "/token"));
    config.addAll(List.of(more));
    return HttpDoor.open(
        Doors.config(api.url(), config.toArray(new String[0])).withFolder(folder),
        new ConnectorContext(time, () -> 0.5, this::shown));
  }

  private void shown(Notice notice) {
    notices.add(notice);
    person.accept(query(notice.page().orElseThrow()));
  }

  private static Map<String, String> query(String url) {
    Map<String, String> query = new HashMap<>();
    for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
      int equals = pair.indexOf('=');
      query.put(pair.substring(0, equals), Query.decode(pair.substring(equals + 1)));
    }
    return query;
  }

  /** The browser comes back; STATE stands for the state that it was sent out with. */
  private void back(Map<String, String> asked, String answer) {
    URI redirect = URI.create(asked.get("redirect_uri"));
    String path = redirect.getPath().isEmpty() ? "/" : redirect.getPath();
    get(redirect.getPort(), path + "?" + answer.replace("STATE", asked.get("state")));
  }

  private void get(int port, String target) {
    pages.add(
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                String request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  @Test
  void the_browser_brings_a_code_back_and_the_verifier_is_told_to_the_token_endpoint_alone() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        HttpDoor door = door(api, issuer)) {
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
      assertThat(api.request(0).header("Authorization")).isEqualTo("Bearer t1");
      String page = notices.get(0).page().orElseThrow();
      assertThat(notices.get(0).text())
          .startsWith(
              "To sign in to source 'crm', open this page in a browser on this machine:\n  "
                  + page);
      assertThat(page).startsWith("https://example.com/authorize?prompt=login&response_type=code&");
      Map<String, String> asked = query(page);
      Map<String, String> sent = query("?" + issuer.request(0).body());
      assertThat(asked)
          .containsEntry("client_id", "id 1")
          .containsEntry("scope", "read")
          .containsEntry("code_challenge_method", "S256")
          .containsEntry("code_challenge", AuthorizationCode.challenge(sent.get("code_verifier")));
      assertThat(asked.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+");
      assertThat(sent)
          .containsOnlyKeys("grant_type", "code", "redirect_uri", "code_verifier", "client_id")
          .containsEntry("grant_type", "authorization_code")
          .containsEntry("code", "c/1")
          .containsEntry("redirect_uri", asked.get("redirect_uri"));
      assertThat(sent.get("code_verifier")).matches("[A-Za-z0-9_-]{43}");
      assertThat(page).doesNotContain(sent.get("code_verifier"));
      assertThat(pages.get(0).join())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("You can close this window");
      assertThat(call.told()).doesNotContain("c/1").doesNotContain(sent.get("code_verifier"));
    }
  }

  @Test
  void the_challenge_is_that_of_the_rfc() {
    assertThat(AuthorizationCode.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @Test
  void every_sign_in_has_a_state_and_a_verifier_of_its_own() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer =
            StubServer.answering(TOKEN, reply(400, "", "{\"error\":\"invalid_grant\"}"), TOKEN);
        HttpDoor door = door(api, issuer)) {
      fetch(door, call, api.url());
      time.pass(Duration.ofHours(1));
      fetch(door, call, api.url());
      assertThat(notices)
          .extracting(notice -> query(notice.page().orElseThrow()).get("state"))
          .doesNotHaveDuplicates()
          .hasSize(2);
      assertThat(notices)
          .extracting(notice -> query(notice.page().orElseThrow()).get("code_challenge"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void the_refresh_token_spares_the_next_start_the_sign_in() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN)) {
      for (int i = 0; i < 2; i++) {
        try (HttpDoor door = door(api, issuer, "auth.token_cache", "crm.token")) {
          fetch(door, call, api.url());
        }
      }
      assertThat(notices).hasSize(1);
      assertThat(issuer.request(1).body())
          .isEqualTo("grant_type=refresh_token&refresh_token=r1&scope=read&client_id=id+1");
    }
  }

  @Test
  void requests_of_others_are_turned_away_and_the_right_one_is_waited_for() {
    person =
        asked -> {
          back(asked, "code=stolen&state=guessed");
          back(asked, "code=stolen");
          get(URI.create(asked.get("redirect_uri")).getPort(), "/favicon.ico");
          get(URI.create(asked.get("redirect_uri")).getPort(), "nonsense");
          CompletableFuture.allOf(pages.toArray(new CompletableFuture<?>[0]))
              .thenRun(() -> back(asked, "code=c1&state=STATE"));
        };
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        HttpDoor door = door(api, issuer)) {
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
      assertThat(issuer.requests()).hasSize(1);
      assertThat(query("?" + issuer.request(0).body())).containsEntry("code", "c1");
      assertThat(pages.get(0).join()).startsWith("HTTP/1.1 400 ");
      assertThat(pages.get(1).join()).startsWith("HTTP/1.1 400 ");
      assertThat(pages.get(2).join()).startsWith("HTTP/1.1 404 ");
      assertThat(pages.get(3).join()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void a_refused_sign_in_says_so() {
    person =
        asked -> back(asked, "error=access_denied&error_description=The+user+said+no&state=STATE");
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        HttpDoor door = door(api, issuer)) {
      SourceException fault = fault(door, call, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault)
          .hasMessageContaining("the sign-in was refused: access_denied: The user said no");
      assertThat(issuer.connections()).isZero();
      assertThat(pages.get(0).join()).contains("The sign-in was refused.");
    }
  }

  @Test
  void nobody_is_waited_for_longer_than_five_minutes() {
    person = asked -> time.pass(Duration.ofMinutes(5));
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        HttpDoor door = door(api, issuer)) {
      assertThat(fault(door, call, api.url()))
          .hasMessageContaining("nobody signed in within 5 min");
    }
  }

  @Test
  void a_cancelled_statement_ends_the_wait_and_frees_the_port() {
    person = asked -> CompletableFuture.runAsync(call::cancel);
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        HttpDoor door = door(api, issuer)) {
      assertThat(fault(door, call, api.url()).kind()).isEqualTo(ErrorKind.CANCELLED);
      assertPortIsFree(query(notices.get(0).page().orElseThrow()).get("redirect_uri"));
    }
  }

  @Test
  void a_closed_source_ends_the_wait() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        HttpDoor door = door(api, issuer)) {
      person = asked -> CompletableFuture.runAsync(door::close);
      SourceException fault = fault(door, call, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(fault).hasMessageContaining("source 'crm' was closed");
    }
  }

  @Test
  void a_fixed_port_and_path_can_be_asked_for() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    String redirect = "http://localhost:" + port + "/callback";
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        HttpDoor door = door(api, issuer, "auth.redirect_url", redirect)) {
      assertThat(fetch(door, call, api.url())).isEqualTo("x");
      assertThat(query(notices.get(0).page().orElseThrow()))
          .containsEntry("redirect_uri", redirect);
      assertPortIsFree(redirect);
    }
  }

  @Test
  void a_port_that_is_taken_is_named() throws IOException {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        HttpDoor door =
            door(api, issuer, "auth.redirect_url", "http://127.0.0.1:" + taken.getLocalPort())) {
      SourceException fault = fault(door, call, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
      assertThat(fault).hasMessageContaining("auth.redirect_url");
      assertThat(notices).isEmpty();
    }
  }

  @Test
  void the_browser_comes_back_to_this_machine_only() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer issuer = StubServer.answering(TOKEN)) {
      for (String redirect :
          List.of("http://example.com/", "https://127.0.0.1/", "http://127.0.0.1/?a=b")) {
        assertThat(fault(() -> door(api, issuer, "auth.redirect_url", redirect)))
            .hasMessageContaining("auth.redirect_url: it must be http on this machine");
      }
      assertThat(fault(() -> door(api, issuer, "auth.authorize_url", "http://example.com/")))
          .hasMessageContaining("auth.authorize_url: a secret goes over https only");
    }
  }

  private static void assertPortIsFree(String redirect) {
    int port = URI.create(redirect).getPort();
    try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(again.isBound()).isTrue();
    } catch (IOException e) {
      throw new AssertionError("the port is still taken", e);
    }
  }
}
