package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir static Path folder;
  private static SSLContext context;

  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  @BeforeAll
  static void makes_a_certificate_for_localhost() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
    own.init(keys, "changeit".toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
  }

  private StubServer server(StubServer.Reply... script) {
    return StubServer.answering(context.getServerSocketFactory(), script);
  }

  private HttpDoor door(String url, SSLSocketFactory trust) {
    return SourceDoor.open(
        Doors.config(url, "http.attempts", "2", "auth.type", "bearer", "auth.token", "s3cret"),
        new ConnectorContext(time, () -> 0.5),
        new SocketTransport(time, origin -> trust, Route::direct));
  }

  @Test
  void a_service_that_answers_without_tls_is_no_matter_of_certificates() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answerWithoutTls(plain));
      answers.start();
      String url = "https://127.0.0.1:" + plain.getLocalPort();
      try (HttpDoor door = door(url, context.getSocketFactory())) {
        assertThat(fault(door, call, url))
            .hasMessageContaining("does not answer in TLS")
            .hasMessageContaining("may speak http");
      }
      answers.join();
    }
  }

  private static void answerWithoutTls(ServerSocket plain) {
    try (Socket client = plain.accept()) {
      client.getInputStream().read();
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
      client.shutdownOutput();
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fetches_over_tls_and_keeps_the_connection() {
    try (StubServer server = server(ok("one"), ok("two"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url, context.getSocketFactory())) {
        assertThat(fetch(door, call, url)).isEqualTo("one");
        assertThat(fetch(door, call, url)).isEqualTo("two");
        assertThat(server.connections()).isEqualTo(1);
        server.dropConnections();
        assertThat(fetch(door, call, url)).isEqualTo("two");
      }
    }
  }

  @Test
  void refuses_a_certificate_for_another_name_before_sending_anything() {
    try (StubServer server = server(ok("one"))) {
      String url = "https://127.0.0.1:" + server.port();
      try (HttpDoor door = door(url, context.getSocketFactory())) {
        refuses(door, url, server);
      }
    }
  }

  @Test
  void refuses_a_certificate_that_nobody_trusts() {
    try (StubServer server = server(ok("one"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url, (SSLSocketFactory) SSLSocketFactory.getDefault())) {
        refuses(door, url, server);
      }
    }
  }

  private void refuses(HttpDoor door, String url, StubServer server) {
    SourceException fault = fault(door, call, url);
    assertThat(fault.kind()).isEqualTo(ErrorKind.TLS);
    assertThat(fault).hasMessageContaining("TLS with");
    assertThat(server.requests()).isEmpty();
    assertThat(call.reports).hasSize(1);
  }

  @Test
  void says_so_when_the_other_side_does_not_speak_tls() {
    try (StubServer server = StubServer.answering(ok("x"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url, context.getSocketFactory())) {
        assertThat(Doors.kind(door, call, url)).isEqualTo(ErrorKind.TLS);
      }
    }
  }

  @Test
  void a_connection_that_breaks_is_no_fault_of_tls() {
    try (StubServer server =
        server(StubServer.raw("HTTP/1.1 200 OK\nContent-Length: 9\n\nabc"), ok("whole"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url, context.getSocketFactory())) {
        assertThat(fetch(door, call, url)).isEqualTo("whole");
      }
    }
  }
}
