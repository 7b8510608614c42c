package dev.quire.it.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person who got something wrong is told: what, where, and the way out. */
class WrongInputTest {
  private static final String ANY = "SELECT id FROM s.items";

  @Test
  void an_unknown_table_is_answered_with_the_nearest_names() {
    try (ItemsService service = new ItemsService(1, 1);
        Statements statements = Statements.over(service.url())) {
      assertThat(fault(statements, "SELECT id FROM s.itms"))
          .matches(e -> e.kind() == ErrorKind.UNKNOWN_NAME)
          .hasMessageContaining("itms")
          .hasMessageContaining("Did you mean")
          .hasMessageContaining("items");
    }
  }

  @Test
  void an_unknown_source_is_answered_with_the_nearest_names() {
    try (ItemsService service = new ItemsService(1, 1);
        Statements statements = Statements.over(service.url())) {
      assertThat(fault(statements, "SELECT id FROM ss.items"))
          .matches(e -> e.kind() == ErrorKind.UNKNOWN_NAME)
          .hasMessageContaining("ss")
          .hasMessageContaining("s");
    }
  }

  @Test
  void an_unknown_column_is_answered_with_the_nearest_names_and_a_caret() {
    try (ItemsService service = new ItemsService(1, 1);
        Statements statements = Statements.over(service.url())) {
      assertThat(fault(statements, "SELECT id, pricee FROM s.items"))
          .matches(e -> e.kind() == ErrorKind.UNKNOWN_NAME)
          .hasMessageContaining("pricee")
          .hasMessageContaining("price")
          .hasMessageContaining("           ^");
    }
  }

  @Test
  void a_syntax_error_has_a_caret_under_the_place() {
    try (ItemsService service = new ItemsService(1, 1);
        Statements statements = Statements.over(service.url())) {
      assertThat(fault(statements, "SELECT id FROM s.items WHERE AND id = 1"))
          .matches(e -> e.kind() == ErrorKind.SYNTAX)
          .hasMessageContaining("SELECT id FROM s.items WHERE AND id = 1")
          .hasMessageContaining("                             ^");
      assertThat(service.api().requests()).isEmpty();
    }
  }

  @Test
  void bad_yaml_is_answered_with_its_line(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("quire.yaml");
    Files.writeString(file, "sources:\n  s:\n    type: odata\n   url: http://127.0.0.1/\n");
    assertThat(
            catchThrowableOfType(SourceException.class, () -> Configuration.read(file, Map.of())))
        .matches(e -> e.kind() == ErrorKind.CONFIGURATION)
        .hasMessageContaining("quire.yaml:4");
  }

  @Test
  void an_unknown_key_is_answered_with_its_line_and_the_nearest_key(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("quire.yaml");
    Files.writeString(
        file, "sources:\n  s:\n    type: odata\n    url: http://127.0.0.1:1/\n    profil: none\n");
    assertThat(fault(Configuration.read(file, Map.of())))
        .matches(e -> e.kind() == ErrorKind.CONFIGURATION)
        .hasMessageContaining("quire.yaml:5")
        .hasMessageContaining("profil")
        .hasMessageContaining("profile");
  }

  @Test
  void a_missing_secret_is_named_and_nothing_is_sent(@TempDir Path folder) throws IOException {
    try (ItemsService service = new ItemsService(1, 1)) {
      Path file = folder.resolve("quire.yaml");
      Files.writeString(
          file,
          "sources:\n  s:\n    type: odata\n    url: "
              + service.url()
              + "\n    auth: {type: bearer, token: \"${env:NO_SUCH_SECRET}\"}\n");
      assertThat(fault(Configuration.read(file, Map.of())))
          .matches(e -> e.kind() == ErrorKind.CONFIGURATION)
          .hasMessageContaining("NO_SUCH_SECRET");
      assertThat(service.api().requests()).isEmpty();
    }
  }

  @Test
  void wrong_credentials_are_said_to_be_wrong_without_showing_them() {
    try (ItemsService service = new ItemsService(1, 1);
        Statements statements =
            Statements.over(
                service.url(), Map.of("auth.type", "bearer", "auth.token", "s3cr3t-t0k3n"))) {
      service.answering(request -> Reply.status(401));
      assertThat(fault(statements, ANY))
          .matches(e -> e.kind() == ErrorKind.AUTHENTICATION)
          .hasMessageContaining("401")
          .hasMessageContaining("auth")
          .hasMessageNotContaining("s3cr3t");
    }
  }

  @Test
  void an_unreachable_host_is_named() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (Statements statements = Statements.over("http://127.0.0.1:" + port + "/odata")) {
      assertThat(fault(statements, ANY))
          .matches(e -> e.kind() == ErrorKind.UNREACHABLE)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void a_tls_fault_is_said_to_be_one_and_is_not_tried_again() throws Exception {
    byte[] refusal = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(UTF_8);
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Statements statements =
            Statements.over("https://127.0.0.1:" + plain.getLocalPort() + "/odata")) {
      Thread server = new Thread(() -> answerInPlainText(plain, refusal, connections));
      server.start();
      assertThat(fault(statements, ANY))
          .matches(e -> e.kind() == ErrorKind.TLS, "is a TLS fault")
          .hasMessageContaining("127.0.0.1:" + plain.getLocalPort());
      assertThat(connections).hasValue(1);
      plain.close();
      server.join();
    }
  }

  private static void answerInPlainText(
      ServerSocket server, byte[] answer, AtomicInteger connections) {
    while (true) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        socket.getInputStream().read();
        socket.getOutputStream().write(answer);
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void a_url_that_is_not_odata_is_said_to_be_none() {
    try (FakeApi other =
            FakeApi.start().on(request -> Reply.html("<html><body>Welcome</body></html>"));
        Statements statements = Statements.over(other.url("/odata"))) {
      assertThat(fault(statements, ANY))
          .matches(
              e -> e.kind() == ErrorKind.CONFIGURATION || e.kind() == ErrorKind.MALFORMED_RESPONSE)
          .hasMessageContaining("OData")
          .hasMessageContaining("text/html");
    }
  }

  @Test
  void a_statement_that_writes_is_refused() {
    try (ItemsService service = new ItemsService(1, 1);
        Statements statements = Statements.over(service.url())) {
      assertThat(fault(statements, "DELETE FROM s.items"))
          .matches(e -> e.kind() == ErrorKind.UNSUPPORTED);
      assertThat(service.dataRequests()).isEmpty();
    }
  }

  private static SourceException fault(Statements statements, String sql) {
    return catchThrowableOfType(SourceException.class, () -> statements.rows(sql));
  }

  private static SourceException fault(Configuration configuration) {
    return catchThrowableOfType(
        SourceException.class,
        () -> {
          try (Engine engine = Engine.open(configuration, FakeClock.start().context());
              var result = engine.query(ANY, StatementOptions.DEFAULT)) {
            result.next();
          }
        });
  }
}
