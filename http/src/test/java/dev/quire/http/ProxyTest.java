package dev.quire.http;

import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private HttpDoor door(String url, StubServer proxy) {
    InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", proxy.port());
    return SourceDoor.open(
        Doors.config(url, "http.attempts", "1", "auth.type", "bearer", "auth.token", "s3cret"),
        new ConnectorContext(time, () -> 0.5),
        new SocketTransport(time, Tls.standard(), origin -> Route.through(address, origin)));
  }

  @Test
  void a_proxy_of_http_gets_the_whole_url() {
    try (StubServer proxy = StubServer.answering(ok("x"));
        HttpDoor door = door("http://api.example.com/v1", proxy)) {
      assertThat(fetch(door, call, "http://api.example.com/v1/a?b=%2B")).isEqualTo("x");
      assertThat(proxy.request(0).target()).isEqualTo("http://api.example.com/v1/a?b=%2B");
      assertThat(proxy.request(0).header("Host")).isEqualTo("api.example.com");
    }
  }

  @Test
  void a_proxy_of_https_gets_no_request_and_no_credentials() {
    try (StubServer proxy = StubServer.answering(reply(407, "", ""));
        HttpDoor door = door("https://api.example.com/v1", proxy)) {
      SourceException fault = Doors.fault(door, call, "https://api.example.com/v1/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault)
          .hasMessageContaining("the proxy 127.0.0.1 answered 407")
          .hasMessageContaining("http.proxy_password");
      assertThat(proxy.request(0).line()).isEqualTo("CONNECT api.example.com:443 HTTP/1.1");
      assertThat(proxy.request(0).headers()).containsOnlyKeys("Host");
    }
  }

  @Test
  void loopback_needs_no_proxy() {
    Origin origin = Origin.find("http://127.0.0.1:8080").orElseThrow();
    assertThat(Route.standard(origin)).isEqualTo(Route.direct(origin));
  }

  private HttpDoor configured(String url, StubServer proxy, String... more) {
    List<String> config = new ArrayList<>(List.of("http.attempts", "1", "http.proxy", proxy.url()));
    config.addAll(List.of("auth.type", "bearer", "auth.token", "s3cret"));
    config.addAll(List.of(more));
    return Doors.open(time, url, config.toArray(new String[0]));
  }

  @Test
  void a_configured_proxy_is_told_user_and_password() {
    try (StubServer proxy = StubServer.answering(ok("x"));
        HttpDoor door =
            configured(
                "http://api.example.com",
                proxy,
                "http.proxy_username",
                "me",
                "http.proxy_password",
                "pr0xy")) {
      fetch(door, call, "http://api.example.com/a");
      assertThat(proxy.request(0).line()).isEqualTo("GET http://api.example.com/a HTTP/1.1");
      assertThat(proxy.request(0).header("Proxy-Authorization"))
          .isEqualTo("Basic " + Authenticators.base64("me", "pr0xy"));
      assertThat(call.told()).doesNotContain("pr0xy");
    }
  }

  @Test
  void a_proxy_that_wants_other_credentials_says_so_without_them() {
    try (StubServer proxy = StubServer.answering(reply(407, "", ""), reply(400, "", "no pr0xy"));
        HttpDoor door =
            configured(
                "http://api.example.com",
                proxy,
                "http.proxy_username",
                "me",
                "http.proxy_password",
                "pr0xy")) {
      SourceException fault = Doors.fault(door, call, "http://api.example.com/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault)
          .hasMessageContaining("answered 407")
          .hasMessageContaining("http.proxy_password")
          .hasMessageNotContaining("pr0xy");
      assertThat(Doors.fault(door, call, "http://api.example.com/a"))
          .hasMessageContaining("no ***")
          .hasMessageNotContaining("pr0xy");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.example.com,true",
    "http://127.0.0.1:8080,false",
    "http://localhost,false",
    "http://plain,false",
    "http://plainer,true",
    "http://a.inner.org,false",
    "http://inner.org,true",
    "https://b.star.org,false",
    "http://10.1.2.3,false",
    "http://[fd00::1]:81,false"
  })
  void exceptions_and_loopback_are_reached_straight(String url, boolean proxied) {
    DoorConfig config =
        new DoorConfig(
            Doors.config(
                "http://h",
                "http.proxy",
                "http://proxy.example.com:3128/",
                "http.no_proxy",
                "plain, .INNER.org,*.star.org,10.1.2.3,[fd00::1]"));
    Route route = Proxies.from(config).apply(Origin.find(url).orElseThrow());
    assertThat(route.proxy().isPresent()).isEqualTo(proxied);
    assertThat(route.port()).isEqualTo(proxied ? 3128 : route.origin().port());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.proxy | https://p:1 | http://host:port",
        "http.proxy | http://p:1/path | http://host:port",
        "http.proxy | http://u:p4ss@p:1 | user information",
        "http.no_proxy | a | needs http.proxy",
        "http.proxy_password | p4ss | needs http.proxy"
      })
  void a_proxy_that_is_not_right_is_refused_at_the_start(String key, String value, String says) {
    SourceException fault = Doors.fault(() -> Doors.open(time, "http://h", key, value));
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(fault).hasMessageContaining(says).hasMessageNotContaining("p4ss");
  }
}
