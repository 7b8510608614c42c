package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.raw;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final String TEXT = "{\"value\":[1,2,3]}".repeat(500);

  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(String text, boolean bare) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(9, bare))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private String fetchEncoded(String coding, byte[] body) {
    try (StubServer server =
            StubServer.answering(reply(200, "Content-Encoding: " + coding, body), ok("next"));
        HttpDoor door = Doors.open(time, server.url())) {
      String text = fetch(door, call, server.url() + "/a");
      assertThat(server.request(0).header("Accept-Encoding")).contains("gzip").contains("deflate");
      assertThat(fetch(door, call, server.url() + "/b")).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(1);
      return text;
    }
  }

  @Test
  void h8_decodes_gzip_and_counts_the_bytes_of_the_wire() {
    byte[] body = gzip(TEXT);
    assertThat(fetchEncoded("gzip", body)).isEqualTo(TEXT);
    assertThat(call.reports.get(0).bytes()).isEqualTo(body.length).isLessThan(TEXT.length());
  }

  @Test
  void decodes_deflate_in_both_forms_that_servers_send() throws IOException {
    assertThat(fetchEncoded("deflate", deflate(TEXT, false))).isEqualTo(TEXT);
    assertThat(fetchEncoded("Deflate", deflate(TEXT, true))).isEqualTo(TEXT);
  }

  @Test
  void a_reader_may_close_the_body() {
    try (StubServer server =
            StubServer.answering(reply(200, "Content-Encoding: gzip", gzip(TEXT)));
        HttpDoor door = Doors.open(time, server.url())) {
      ResponseReader<String> closing =
          response -> {
            try (InputStream body = response.body()) {
              return "" + (char) body.read();
            }
          };
      assertThat(door.exchange(Doors.get(server.url()), call, FaultReader.standard(), closing))
          .isEqualTo("{");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void decodes_codings_one_after_the_other_and_an_empty_body() {
    byte[] once = gzip(TEXT);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(twice)) {
      out.write(once);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(fetchEncoded("gzip, gzip", twice.toByteArray())).isEqualTo(TEXT);
    assertThat(fetchEncoded("gzip", new byte[0])).isEmpty();
  }

  @Test
  void decodes_gzip_of_several_members_that_come_slowly() {
    byte[] first = gzip("one,");
    byte[] second = gzip("two");
    StubServer.Reply slow =
        (request, out) -> {
          String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ";
          out.write((head + (first.length + second.length) + "\r\n\r\n").getBytes());
          out.write(first);
          out.flush();
          Thread.yield();
          out.write(second);
        };
    try (StubServer server = StubServer.answering(slow);
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("one,two");
    }
  }

  @Test
  void h5_a_body_shorter_than_announced_is_fetched_again() {
    try (StubServer server =
            StubServer.answering(raw("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc"), ok("whole"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("whole");
      assertThat(call.reports.get(0).fault())
          .hasValueSatisfying(f -> assertThat(f).contains("cut after 3 of 10 bytes"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 10\n\nabc",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n9\nde",
        "HTTP/1.1 200 OK\nContent-Le",
        ""
      })
  void h5_a_body_that_is_always_cut_is_an_error(String bytes) {
    try (StubServer server = StubServer.answering(raw(bytes));
        HttpDoor door = Doors.open(time, server.url(), "http.attempts", "3")) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(fault).hasMessageContaining("gave up after 3 attempts");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void h5_a_cut_after_the_reader_has_enough_is_still_a_cut() {
    try (StubServer server =
            StubServer.answering(raw("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc"), ok("abcdef"));
        HttpDoor door = Doors.open(time, server.url())) {
      int first =
          door.exchange(
              Doors.get(server.url()), call, FaultReader.standard(), r -> r.body().read());
      assertThat(first).isEqualTo('a');
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void h9_a_cut_gzip_is_fetched_again_and_then_an_error() {
    byte[] whole = gzip(TEXT);
    StubServer.Reply cut =
        reply(200, "Content-Encoding: gzip", Arrays.copyOf(whole, whole.length - 12));
    try (StubServer server = StubServer.answering(cut);
        HttpDoor door = Doors.open(time, server.url(), "http.attempts", "2")) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void a_body_that_is_no_gzip_is_malformed() {
    try (StubServer server =
            StubServer.answering(reply(200, "Content-Encoding: gzip", "plain text, no gzip"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(Doors.kind(door, call, server.url())).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    }
  }

  @Test
  void h10_a_gzip_bomb_stops_at_the_limit() {
    byte[] bomb = gzip("0".repeat(20 << 20));
    assertThat(bomb.length).isLessThan(64 * 1024);
    try (StubServer server = StubServer.answering(reply(200, "Content-Encoding: gzip", bomb));
        HttpDoor door = Doors.open(time, server.url(), "http.max_body", "1MiB")) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
      assertThat(fault).hasMessageContaining("1 MiB").hasMessageContaining("http.max_body");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void an_encoding_that_was_not_asked_for_is_named() {
    try (StubServer server = StubServer.answering(reply(200, "Content-Encoding: br", "x"));
        HttpDoor door = Doors.open(time, server.url())) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
      assertThat(fault).hasMessageContaining("'br'");
    }
  }

  @Test
  void reads_to_the_end_of_the_connection_where_no_length_is_given() {
    try (StubServer server = StubServer.answering(raw("HTTP/1.0 200 OK\n\nuntil the end"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url())).isEqualTo("until the end");
    }
  }

  @Test
  void skips_interim_answers() {
    try (StubServer server =
            StubServer.answering(
                raw("HTTP/1.1 103 Early\nLink: x\n\nHTTP/1.1 200 OK\nContent-Length: 1\n\nx"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url())).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 6\n\nabcdef",
        "HTTP/1.1 200 OK\nContent-Length: -5\n\nabcdef",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\nabc"
      })
  void what_is_not_http_is_malformed_and_not_asked_again(String bytes) {
    try (StubServer server = StubServer.answering(raw(bytes));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(Doors.kind(door, call, server.url())).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
      assertThat(server.requests()).hasSize(1);
    }
  }
}
