package dev.quire.http;

import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.raw;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeBodyTest {
  private static final int MOST = 100_000;

  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private static String text(int length) {
    return "0123456789".repeat(length / 10 + 1).substring(0, length);
  }

  private static String all(Body body) throws IOException {
    return new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String bytes(Body body) {
    assertThat(body.isWhole()).isTrue();
    assertThat(body.array()[body.length()]).isZero();
    return new String(body.array(), 0, body.length(), StandardCharsets.UTF_8);
  }

  private <T> T read(StubServer server, ResponseReader<T> reader) {
    try (HttpDoor door = Doors.open(time, server.url())) {
      return door.exchange(Doors.get(server.url()), call, Refusal::standard, reader);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_766, 32_767, 32_768, 65_535, 99_999, MOST})
  void a_body_of_at_most_so_many_bytes_is_in_memory(int length) {
    String sent = text(length);
    try (StubServer server = StubServer.answering(ok(sent))) {
      Body body = read(server, response -> response.whole(new byte[0], MOST));
      assertThat(bytes(body)).isEqualTo(sent);
      assertThat(body.stream()).hasContent(sent);
      assertThat(body.stream()).as("once more").hasContent(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32_766, 32_767, 32_768, 65_535, 99_999, MOST, MOST + 1, 3 * MOST})
  void a_body_of_unknown_length_has_all_its_bytes_in_memory_or_in_its_stream(int length) {
    String sent = text(length);
    String answer = "HTTP/1.1 200 OK\nConnection: close\n\n" + sent;
    try (StubServer server = StubServer.answering(raw(answer))) {
      String received =
          read(
              server,
              response -> {
                Body body = response.whole(new byte[0], MOST);
                assertThat(body.isWhole()).isEqualTo(length <= MOST);
                return body.isWhole() ? bytes(body) : all(body);
              });
      assertThat(received).isEqualTo(sent);
    }
  }

  @Test
  void nothing_is_kept_of_a_body_that_announces_to_be_longer() {
    String sent = text(MOST + 1);
    try (StubServer server = StubServer.answering(ok(sent))) {
      String received =
          read(
              server,
              response -> {
                Body body = response.whole(new byte[0], MOST);
                assertThat(body.isWhole()).isFalse();
                assertThat(body.length()).isZero();
                return all(body);
              });
      assertThat(received).isEqualTo(sent);
    }
  }

  @Test
  void the_length_of_a_compressed_body_is_not_the_length_of_what_is_read() throws IOException {
    String sent = text(90_000);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(sent.getBytes(StandardCharsets.UTF_8));
    }
    try (StubServer server =
        StubServer.answering(reply(200, "Content-Encoding: gzip", packed.toByteArray()))) {
      Body body = read(server, response -> response.whole(new byte[0], MOST));
      assertThat(bytes(body)).isEqualTo(sent);
    }
  }

  @Test
  void an_array_that_is_long_enough_is_used_again() {
    byte[] spare = text(60_000).getBytes(StandardCharsets.UTF_8);
    try (StubServer server = StubServer.answering(ok("{\"short\":true}"))) {
      Body body = read(server, response -> response.whole(spare, MOST));
      assertThat(body.array()).isSameAs(spare);
      assertThat(bytes(body)).isEqualTo("{\"short\":true}");
    }
    try (StubServer server = StubServer.answering(ok(text(60_000)))) {
      Body body = read(server, response -> response.whole(spare, MOST));
      assertThat(body.array()).isNotSameAs(spare);
      assertThat(bytes(body)).isEqualTo(text(60_000));
    }
  }

  @Test
  void a_body_that_is_cut_is_asked_for_again() {
    String cut = "HTTP/1.1 200 OK\nContent-Length: 20\n\n{\"value\":";
    try (StubServer server = StubServer.answering(raw(cut), ok("{\"value\":[]}"))) {
      assertThat(bytes(read(server, response -> response.whole(new byte[0], MOST))))
          .isEqualTo("{\"value\":[]}");
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void the_largest_body_of_the_configuration_counts_in_memory_too() {
    try (StubServer server = StubServer.answering(ok(text(50_000)));
        HttpDoor door = Doors.open(time, server.url(), "http.max_body", "10KiB")) {
      ResponseReader<Body> reader = response -> response.whole(new byte[0], MOST);
      assertThat(
              Doors.fault(
                  () -> door.exchange(Doors.get(server.url()), call, Refusal::standard, reader)))
          .hasMessageContaining("the body is larger than")
          .returns(ErrorKind.MALFORMED_RESPONSE, SourceException::kind);
    }
  }
}
