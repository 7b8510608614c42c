package dev.quire.http;

import static dev.quire.http.Doors.fetch;
import static dev.quire.http.Doors.get;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.raw;
import static dev.quire.http.StubServer.reply;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.RequestReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  @Test
  void fetches_over_one_kept_connection() {
    try (StubServer server = StubServer.answering(ok("one"), ok("two"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("one");
      assertThat(fetch(door, call, server.url() + "/b")).isEqualTo("two");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.request(0).line()).isEqualTo("GET /a HTTP/1.1");
      assertThat(server.request(0).header("Host")).isEqualTo("127.0.0.1:" + server.port());
      assertThat(server.request(0).header("User-Agent")).matches("quire/\\d.*");
      assertThat(server.request(0).header("Accept")).isEqualTo("application/json");
      assertThat(server.request(0).header("Authorization")).isEmpty();
    }
  }

  @Test
  void admits_and_reports_each_attempt() {
    try (StubServer server = StubServer.answering(reply(503, "", "busy"), ok("yes"));
        HttpDoor door = Doors.open(time, server.url())) {
      fetch(door, call, server.url() + "/a");
      assertThat(call.admitted).containsExactly(Purpose.DATA, Purpose.DATA);
      assertThat(call.reports).extracting(RequestReport::attempt).containsExactly(1, 2);
      assertThat(call.reports.get(0).fault())
          .hasValueSatisfying(f -> assertThat(f).contains("503"));
      assertThat(call.reports.get(1).fault()).isEmpty();
      assertThat(call.reports.get(1).bytes()).isEqualTo(3);
      assertThat(call.reports.get(1).source()).isEqualTo("crm");
      assertThat(call.reports.get(1).waited()).isEqualTo(time.sleeps().get(0));
    }
  }

  @Test
  void reads_chunks_and_their_trailers() {
    try (StubServer server =
            StubServer.answering(
                raw(
                    "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
                        + "3;x=y\nabc\n2\nde\n0\nTrailer: 1\n\n"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(fetch(door, call, server.url() + "/a")).isEqualTo("abcde");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 3\n\none", "Transfer-Encoding: chunked\n\n3\none\n0\n\n"})
  void a_connection_is_free_when_the_body_has_come_and_not_when_it_is_read(String answer) {
    byte[] bytes = ("HTTP/1.1 200 OK\n" + answer).replace("\n", "\r\n").getBytes(US_ASCII);
    try (StubServer server = StubServer.answering((request, out) -> out.write(bytes), ok("two"));
        HttpDoor door = Doors.open(time, server.url())) {
      ResponseReader<String> reader =
          response -> Doors.text(response) + fetch(door, call, server.url() + "/b");
      assertThat(door.exchange(get(server.url()), call, FaultReader.standard(), reader))
          .isEqualTo("onetwo");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void an_abort_of_what_has_come_leaves_the_connection_to_its_next_user() {
    FakeCall other = new FakeCall();
    try (StubServer server = StubServer.answering(ok("one"), ok("two"));
        HttpDoor door = Doors.open(time, server.url())) {
      List<String> read = new ArrayList<>();
      ResponseReader<String> last =
          response -> {
            call.cancel();
            return Doors.text(response);
          };
      ResponseReader<String> first =
          response -> {
            read.add(Doors.text(response));
            read.add(door.exchange(get(server.url()), other, FaultReader.standard(), last));
            return "";
          };
      door.exchange(get(server.url()), call, FaultReader.standard(), first);
      assertThat(read).containsExactly("one", "two");
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
