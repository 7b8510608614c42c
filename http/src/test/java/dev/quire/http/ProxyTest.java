package dev.quire.http;

import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxyTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private HttpDoor door(String url, StubServer proxy) {
    InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", proxy.port());
    return SourceDoor.open(
        Doors.config(url, "http.attempts", "1", "auth.type", "bearer", "auth.token", "s3cret"),
        new ConnectorContext(time, () -> 0.5),
        new SocketTransport(
            time, Tls.standard(), origin -> new Route(origin, Optional.of(address))));
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
      assertThat(fault.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(fault).hasMessageContaining("the proxy 127.0.0.1 answered 407");
      assertThat(proxy.request(0).line()).isEqualTo("CONNECT api.example.com:443 HTTP/1.1");
      assertThat(proxy.request(0).headers()).containsOnlyKeys("Host");
    }
  }

  @Test
  void loopback_needs_no_proxy() {
    Origin origin = Origin.find("http://127.0.0.1:8080").orElseThrow();
    assertThat(Route.standard(origin)).isEqualTo(Route.direct(origin));
  }
}
