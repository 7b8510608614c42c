package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeApiTest {
  private final FakeApi api = FakeApi.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void answers_the_script_in_order_and_then_the_handler() throws Exception {
    api.script(Reply.json("{\"a\":1}"), Reply.status(503).withRetryAfter("17"))
        .on(request -> Reply.text("number " + request.number()))
        .on("/$metadata", request -> Reply.text("tables"));

    assertThat(get("/x").body()).isEqualTo("{\"a\":1}");
    assertThat(get("/$metadata").body()).isEqualTo("tables");
    HttpResponse<String> second = get("/x");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).contains("17");
    assertThat(get("/x").body()).isEqualTo("number 4");
    api.verifyNoUnexpected();
    api.verifyScriptIsUsedUp();
  }

  @Test
  void records_a_request_byte_for_byte() throws Exception {
    api.script(Reply.status(204));
    String body =
        raw(
            "POST /a%2Fb?$filter=contains(n,'s')&t=%253c|{} HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n");

    ReceivedRequest request = api.lastRequest();
    assertThat(body).startsWith("HTTP/1.1 204 ").doesNotContain("Content-Length");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/a%2Fb?$filter=contains(n,'s')&t=%253c|{}");
    assertThat(request.path()).isEqualTo("/a%2Fb");
    assertThat(request.parameter("t")).contains("%3c|{}");
    assertThat(request.headers("X-a")).containsExactly("1", "2");
    assertThat(request.text()).isEqualTo("abcd");
  }

  @Test
  void an_unexpected_request_is_answered_and_held_against_the_test() throws Exception {
    assertThat(get("/nobody").statusCode()).isEqualTo(FakeApi.UNEXPECTED);
    assertThatThrownBy(api::verifyNoUnexpected).hasMessageContaining("GET /nobody");
    api.script(Reply.status(200));
    assertThatThrownBy(api::verifyScriptIsUsedUp).hasMessageContaining("1 scripted");
  }

  @Test
  void a_handler_that_fails_is_held_against_the_test() throws Exception {
    api.on(
        request -> {
          throw new AssertionError("no such page");
        });
    assertThat(get("/x").statusCode()).isEqualTo(FakeApi.UNEXPECTED);
    assertThatThrownBy(api::verifyNoUnexpected).hasMessageContaining("no such page");
  }

  @Test
  void keeps_connections_and_closes_them_when_told() throws Exception {
    api.script(Reply.text("1"), Reply.text("2").chunked(), Reply.text("3").thenClose());
    api.script(Reply.text("4").untilClose());
    get("/");
    get("/");
    assertThat(get("/").body()).isEqualTo("3");
    assertThat(api.connectionCount()).isEqualTo(1);
    assertThat(get("/").body()).isEqualTo("4");
    assertThat(api.connectionCount()).isEqualTo(2);
  }

  @Test
  void sends_several_headers_of_one_name() throws Exception {
    api.script(Reply.json("[]").withHeader("Link", "<a>").withHeader("Link", "<b>"));
    assertThat(get("/").headers().allValues("link")).containsExactly("<a>", "<b>");
  }

  @Test
  void compresses_and_cuts() throws Exception {
    Reply text = Reply.text("abc".repeat(1000));
    api.script(text.gzip(), text.deflate(), text.cutGzip());

    assertThat(new GZIPInputStream(bytes("/")).readAllBytes()).hasSize(3000);
    assertThat(new InflaterInputStream(bytes("/")).readAllBytes()).hasSize(3000);
    InputStream cut = new GZIPInputStream(bytes("/"));
    assertThatThrownBy(cut::readAllBytes).isInstanceOf(EOFException.class);
  }

  @Test
  void a_bomb_is_small_on_the_wire() throws Exception {
    Reply bomb = Reply.gzipBomb(20_000_000);
    assertThat(bomb.body().length).isLessThan(100_000);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(bomb.body())).readAllBytes())
        .hasSize(20_000_014);
  }

  @Test
  void bodies_that_break_off_are_seen_by_the_client() {
    Reply text = Reply.text("abc".repeat(1000));
    for (Reply broken :
        new Reply[] {
          text.shortBody(),
          text.brokenChunk(),
          text.withoutLastChunk(),
          text.resetAfter(1500),
          text.closeAfter(10),
          Reply.closeWithoutAnswer(),
          Reply.resetWithoutAnswer(),
        }) {
      api.script(broken);
      assertThatThrownBy(() -> get("/")).as(broken.toString()).isInstanceOf(IOException.class);
      // the client may ask again on its own when a kept connection dies before the answer
      api.on(request -> broken);
    }
  }

  @Test
  void a_cut_body_before_an_orderly_close_is_seen_by_nobody() throws Exception {
    api.script(Reply.json("{\"value\":[1,2,3]}").cutBodyThenClose());
    assertThat(get("/").body()).isEqualTo("{\"value\"");
  }

  @Test
  void a_stalled_reply_goes_on_when_it_is_released() throws Exception {
    api.script(Reply.text("patience").stallAfter(3), Reply.text("x"));
    CompletableFuture<HttpResponse<String>> answer = getAsync("/");
    api.awaitStalled(1);
    assertThat(answer).isNotDone();
    api.release();
    assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("patience");
    assertThat(get("/").body()).isEqualTo("x");
  }

  @Test
  void notices_a_client_that_gives_up() throws Exception {
    api.script(Reply.stall());
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      api.awaitStalled(1);
    }
    api.awaitAbandoned(1);
    assertThat(api.abandonedCount()).isEqualTo(1);
  }

  @Test
  void a_tls_client_is_sent_away_at_once() {
    assertThatThrownBy(
            () ->
                client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + api.port())).build(),
                    HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void says_what_it_is_told_byte_for_byte() throws Exception {
    api.script(Reply.raw("garbage\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertThat(raw("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).isEqualTo("garbage\r\n");
  }

  @Test
  void closing_ends_what_stalls() throws Exception {
    api.script(Reply.stall());
    CompletableFuture<HttpResponse<String>> answer = getAsync("/");
    api.awaitStalled(1);
    api.close();
    assertThatCode(() -> answer.handle((ok, failed) -> ok).get(20, TimeUnit.SECONDS))
        .doesNotThrowAnyException();
  }

  private HttpRequest request(String target) {
    return HttpRequest.newBuilder(URI.create(api.url(target))).build();
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return client.send(request(target), HttpResponse.BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> getAsync(String target) {
    return client.sendAsync(request(target), HttpResponse.BodyHandlers.ofString());
  }

  private InputStream bytes(String target) throws IOException, InterruptedException {
    return new ByteArrayInputStream(
        client.send(request(target), HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  /** Sends bytes and reads until the server closes. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      throw new IOException(e);
    }
  }
}
