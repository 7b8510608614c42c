package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.raw;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send what no server should. */
@Timeout(30)
class HostileServerTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  /** The same bytes until the client has had enough. */
  private static StubServer.Reply endless(String start, String again) {
    byte[] bytes = again.replace("\n", "\r\n").repeat(1000).getBytes(StandardCharsets.US_ASCII);
    return (request, out) -> {
      out.write(start.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write(bytes);
      }
    };
  }

  private SourceException refused(StubServer.Reply reply) {
    try (StubServer server = StubServer.answering(reply);
        HttpDoor door = Doors.open(time, server.url(), "http.attempts", "1")) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(server.requests()).hasSize(1);
      return fault;
    }
  }

  @Test
  void interim_answers_come_to_an_end() {
    assertThat(refused(endless("", "HTTP/1.1 103 Early\nLink: x\n\n")).kind())
        .isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void a_line_without_end_is_not_kept() {
    assertThat(refused(endless("HTTP/1.1 200 OK\nX: ", "aaaaaaaa")))
        .hasMessageContaining("longer than");
    assertThat(refused(endless("HTTP/1.1 200 O", "k"))).hasMessageContaining("longer than");
  }

  @Test
  void fields_without_end_are_not_kept() {
    assertThat(refused(endless("HTTP/1.1 200 OK\n", "A: b\n"))).hasMessageContaining("fields");
    assertThat(refused(endless("HTTP/1.1 200 OK\n", "A: " + "b".repeat(60_000) + "\n")))
        .hasMessageContaining("head");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10000000000000000", "7FFFFFFFFFFFFFFFF", "-1", "+1", "0x1", " "})
  void a_chunk_of_no_possible_size_is_refused(String size) {
    assertThat(
            refused(raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + size + "\na\n0\n\n"))
                .kind())
        .isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void trailers_without_end_are_not_read() {
    assertThat(refused(endless("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\n", "A: b\n")))
        .hasMessageContaining("trailers");
  }

  @Test
  void a_connection_whose_framing_can_be_read_in_two_ways_is_not_used_again() {
    String both =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n1\r\nx\r\n0\r\n\r\n";
    StubServer.Reply reply = (request, out) -> out.write(both.getBytes());
    try (StubServer server = StubServer.answering(reply, ok("y"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("x");
      assertThat(fetch(door, call, server.url() + "/b")).isEqualTo("y");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void bytes_after_an_answer_are_not_the_next_one() {
    StubServer.Reply two =
        (request, out) -> {
          // In one piece, so that both have come when the first has been read.
          ByteArrayOutputStream both = new ByteArrayOutputStream();
          ok("a").to(request, both);
          ok("smuggled").to(request, both);
          both.writeTo(out);
        };
    try (StubServer server = StubServer.answering(two, ok("b"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("a");
      assertThat(fetch(door, call, server.url() + "/b")).isEqualTo("b");
    }
  }

  @Test
  void a_folded_line_is_no_field_of_its_own() {
    try (StubServer server =
            StubServer.answering(
                raw("HTTP/1.1 200 OK\nX: a\n Content-Length: 9\nContent-Length: 1\n\nx"));
        HttpDoor door = Doors.open(time, server.url(), "http.attempts", "1")) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("x");
    }
  }

  @Test
  void codings_upon_codings_are_refused() {
    String many = "gzip, ".repeat(1_000) + "gzip";
    assertThat(refused(reply(200, "Content-Encoding: " + many, "x")).kind())
        .isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void what_follows_a_gzip_body_is_passed_over() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("whole".getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write("and garbage, long enough to be a header".getBytes(StandardCharsets.US_ASCII));
    try (StubServer server =
            StubServer.answering(reply(200, "Content-Encoding: gzip", bytes.toByteArray()));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("whole");
    }
  }

  @Test
  void nothing_that_steers_a_terminal_gets_into_a_message() {
    String escape = "\u001b[2J";
    SourceException fault =
        refused(
            raw(
                "HTTP/1.1 500 No"
                    + escape
                    + "\nx-request-id: a"
                    + escape
                    + "\nContent-Length: 0\n\n"));
    assertThat(fault.getMessage()).contains("answered 500").doesNotContain("\u001b");
    assertThat(refused(raw("HTTP/1.1 500 " + "long ".repeat(9_000) + "\nContent-Length: 0\n\n")))
        .satisfies(long500 -> assertThat(long500.getMessage().length()).isLessThan(800));
  }

  @Test
  void a_body_that_trickles_ends_with_the_statement() {
    FakeCall limited = new FakeCall(Optional.of(Instant.now().plusMillis(150)));
    StubServer.Reply trickle =
        (request, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes());
          while (true) {
            out.write('x');
            out.flush();
            Thread.yield();
          }
        };
    try (StubServer server = StubServer.answering(trickle);
        HttpDoor door = Doors.open(TimeSource.system(), server.url(), "http.max_body", "512MiB")) {
      // Either the million bytes were there in time, or the time was over: never anything else.
      Instant start = Instant.now();
      try {
        fetch(door, limited, server.url() + "/a");
      } catch (SourceException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.DEADLINE_EXCEEDED);
      }
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void a_silence_longer_than_the_statement_is_the_statements_end() {
    StubServer.Reply silent =
        (request, out) -> {
          synchronized (out) {
            try {
              out.wait();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    for (int i = 0; i < 10; i++) {
      FakeCall limited = new FakeCall(Optional.of(Instant.now().plusMillis(20)));
      try (StubServer server = StubServer.answering(silent);
          HttpDoor door = Doors.open(TimeSource.system(), server.url(), "http.attempts", "1")) {
        assertThat(Doors.kind(door, limited, server.url())).isEqualTo(ErrorKind.DEADLINE_EXCEEDED);
      }
    }
  }
}
