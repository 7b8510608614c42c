package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in which a secret could get into what people see, or onto a wire that others read. */
class DisclosureTest {
  private static final String SECRET = "pa/ss\"wörd+<&=";

  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pa/ss\"wörd+<&=",
        "pa\\/ss\\\"wörd+<&=",
        "pa/ss\\u0022w\\u00f6rd\\u002B\\u003c\\u0026\\u003D",
        "pa\\u002fss\\\"w\\u00F6rd+<&=",
        "pa%2Fss%22w%C3%B6rd%2B%3C%26%3D",
        "pa%2fss%22w%c3%b6rd%2b%3c%26%3d",
        "pa/ss&quot;wörd+&lt;&amp;=",
        "pa&#x2F;ss&#34;w&#xf6;rd&#43;&lt;&amp;&#61;",
      })
  void an_echoed_secret_is_masked_however_it_is_escaped(String echoed) {
    try (StubServer server =
            StubServer.answering(
                reply(400, "", "{\"error\":{\"message\":\"bad key " + echoed + "!\"}}"));
        HttpDoor door =
            Doors.open(
                time,
                server.url(),
                "auth.type",
                "basic",
                "auth.username",
                "u",
                "auth.password",
                SECRET)) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault).hasMessageContaining("bad key ***!");
      assertThat(call.told()).doesNotContain("rd+").doesNotContain("pa/ss");
    }
  }

  @Test
  void a_secret_in_a_suppressed_fault_is_not_shown() {
    try (StubServer server = StubServer.answering(StubServer.ok("x"));
        HttpDoor door =
            Doors.open(time, server.url(), "auth.type", "bearer", "auth.token", "s3cret-token")) {
      SourceException fault =
          fault(
              () ->
                  door.exchange(
                      Doors.get(server.url()),
                      call,
                      FaultReader.standard(),
                      response -> {
                        SourceException wrong =
                            new SourceException(ErrorKind.MALFORMED_RESPONSE, "wrong");
                        wrong.addSuppressed(new IOException("with s3cret-token"));
                        throw wrong;
                      }));
      StringWriter text = new StringWriter();
      fault.printStackTrace(new PrintWriter(text));
      assertThat(text.toString()).contains("wrong").doesNotContain("s3cret");
    }
  }

  @Test
  void a_redirect_shows_no_user_information() {
    try (StubServer server =
            StubServer.answering(reply(302, "Location: http://u:hidden@h.invalid/x", ""));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fault(door, call, server.url())).hasMessageNotContaining("hidden");
      assertThat(call.told()).contains("***@h.invalid").doesNotContain("hidden");
    }
  }

  @Test
  void values_with_credentials_in_them_have_a_text_form_without() {
    Map<String, String> headers = Map.of("Authorization", "Bearer s3cret");
    HttpRequest request =
        new HttpRequest(
            CallContext.Purpose.DATA, "GET", "http://h/a?sig=s3cret", headers, Optional.empty());
    Transport.Wire wire =
        new Transport.Wire(
            Origin.find("http://h").orElseThrow(),
            "GET",
            "/a?k=s3cret",
            headers,
            Optional.empty(),
            Duration.ZERO,
            () -> 0);
    assertThat(request.toString()).contains("GET").doesNotContain("s3cret");
    assertThat(wire.toString()).contains("GET").doesNotContain("s3cret");
    assertThat(new BearerTokens.Held("s3cret", true, 0).toString()).doesNotContain("s3cret");
  }

  @Test
  void a_url_that_is_none_is_named_without_its_query() {
    assertThat(fault(() -> Doors.open(time, "htp://h/x?api_key=s3cret")))
        .hasMessageContaining("htp://h/x")
        .hasMessageNotContaining("s3cret");
  }

  /** A transport that reaches nobody. */
  private static final class Nowhere implements Transport {
    @Override
    public Call prepare(Wire wire) {
      return new Call() {
        @Override
        public Head send() throws IOException {
          throw new ConnectException("nobody there");
        }

        @Override
        public InputStream body() {
          throw new IllegalStateException();
        }

        @Override
        public void abort() {}

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  private void fetchFromNowhere(String url, String... pairs) {
    ConnectorContext host = new ConnectorContext(time, () -> 0.5);
    try (HttpDoor door = SourceDoor.open(Doors.config(url, pairs), host, new Nowhere())) {
      assertThat(Doors.kind(door, call, url)).isEqualTo(ErrorKind.UNREACHABLE);
    }
  }

  @Test
  void warns_of_credentials_that_travel_unencrypted() {
    fetchFromNowhere("http://crm.example/api", "auth.type", "bearer", "auth.token", "s3cret-token");
    assertThat(call.warnings).isNotEmpty();
    assertThat(call.warnings)
        .allSatisfy(
            warning ->
                assertThat(warning)
                    .contains("http://crm.example")
                    .contains("https")
                    .doesNotContain("s3cret"));
  }

  @Test
  void is_silent_where_nobody_listens_or_nothing_is_secret() {
    String[] token = {"auth.type", "bearer", "auth.token", "s3cret-token"};
    fetchFromNowhere("https://crm.example/api", token);
    fetchFromNowhere("http://127.0.0.1:1/api", token);
    fetchFromNowhere("http://crm.example/api");
    assertThat(call.warnings).isEmpty();
  }
}
