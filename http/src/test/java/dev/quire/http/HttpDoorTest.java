package dev.quire.http;

import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.raw;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.RequestReport;
import org.junit.jupiter.api.Test;

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
}
