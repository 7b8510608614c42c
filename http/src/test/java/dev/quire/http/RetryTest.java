package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.raw;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Pause;
import dev.quire.spi.Quota;
import dev.quire.spi.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private String fetchAfter(StubServer.Reply first, String... config) {
    try (StubServer server = StubServer.answering(first, ok("rows"));
        HttpDoor door = Doors.open(time, server.url(), config)) {
      String text = fetch(door, call, server.url() + "/a?x=1");
      assertThat(server.requests()).hasSize(2).allMatch(r -> r.target().equals("/a?x=1"));
      return text;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void h27_asks_again_after_a_passing_fault(int status) {
    assertThat(fetchAfter(reply(status, "", "busy"))).isEqualTo("rows");
  }

  @Test
  void a_refusal_inside_of_an_answer_is_as_if_it_had_come_alone() {
    AtomicInteger read = new AtomicInteger();
    ResponseReader<String> reader =
        answer -> {
          if (read.incrementAndGet() == 1) {
            throw new PartRefusedException(
                429,
                Map.of("retry-after", List.of("17")),
                new ByteArrayInputStream("slow down".getBytes(StandardCharsets.UTF_8)));
          }
          return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        };
    try (StubServer server = StubServer.answering(ok("refused"), ok("rows"));
        HttpDoor door = Doors.open(time, server.url())) {
      HttpRequest request = HttpRequest.get(Purpose.DATA, server.url(), Map.of());
      assertThat(door.exchange(request, call, FaultReader.standard(), reader)).isEqualTo("rows");
    }
    assertThat(call.waits).containsExactly("17000 ms: throttled");
  }

  @Test
  void a_lasting_refusal_inside_of_an_answer_has_its_status_and_body() {
    ResponseReader<String> reader =
        answer -> {
          throw new PartRefusedException(
              403, Map.of(), new ByteArrayInputStream("no".getBytes(StandardCharsets.UTF_8)));
        };
    try (StubServer server = StubServer.answering(ok("refused"));
        HttpDoor door = Doors.open(time, server.url())) {
      HttpRequest request = HttpRequest.get(Purpose.DATA, server.url(), Map.of());
      assertThatThrownBy(() -> door.exchange(request, call, FaultReader.standard(), reader))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION))
          .hasMessageContaining("answered 403 Forbidden: no");
    }
  }

  @Test
  void a_wait_is_told_when_it_begins() {
    fetchAfter(reply(429, "Retry-After: 17", "busy"));
    fetchAfter(reply(503, "Retry-After: 2", "busy"));
    assertThat(call.waits).containsExactly("17000 ms: throttled", "2000 ms: to try again");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 501, 505})
  void does_not_ask_again_what_will_not_change(int status) {
    try (StubServer server = StubServer.answering(reply(status, "", "no"));
        HttpDoor door = Doors.open(time, server.url())) {
      fault(door, call, server.url());
      assertThat(server.requests()).hasSize(1);
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @Test
  void h28_gives_up_after_the_attempts_and_says_so() {
    try (StubServer server =
            StubServer.answering(reply(504, "x-ms-request-id: abc-1", "upstream timed out"));
        HttpDoor door = Doors.open(time, server.url())) {
      SourceException fault = fault(door, call, server.url() + "/a");
      assertThat(fault.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(fault)
          .hasMessageContaining("GET " + server.url() + "/a answered 504 S: upstream timed out")
          .hasMessageContaining("x-ms-request-id: abc-1")
          .hasMessageContaining("gave up after 5 attempts in ");
      assertThat(fault.hint()).isPresent();
      assertThat(server.requests()).hasSize(5);
      assertThat(call.reports).hasSize(5);
    }
  }

  @Test
  void e8_waits_fractions_of_a_second() {
    fetchAfter(reply(429, "Retry-After: 2.128", ""));
    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(2128));
  }

  @Test
  void d22_waits_as_long_as_dataverse_asks() {
    fetchAfter(reply(429, "Retry-After: 17", ""));
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(17));
    assertThat(call.reports.get(1).waited()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void h29_reads_a_date_and_caps_the_wait() {
    fetchAfter(reply(503, "Retry-After: Sun, 22 Nov 2026 00:01:30 GMT", ""));
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(90));
    fetchAfter(reply(503, "Retry-After: Fri, 31 Dec 2027 23:59:59 GMT", ""), "http.max_wait", "2m");
    assertThat(time.sleeps()).hasSize(2).last().isEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "abc", "", "NaN", "1e9", "0", "Fri, 31 Dec 2021 23:59:59 GMT"})
  void h30_ignores_a_retry_after_that_makes_no_sense(String value) {
    fetchAfter(reply(429, "Retry-After: " + value, ""));
    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void h31_backs_off_with_jitter_without_a_retry_after() {
    try (StubServer server = StubServer.answering(reply(429, "", ""));
        HttpDoor door = Doors.open(time, server.url())) {
      fault(door, call, server.url());
      assertThat(time.sleeps())
          .containsExactly(
              Duration.ofMillis(250),
              Duration.ofMillis(500),
              Duration.ofMillis(1000),
              Duration.ofMillis(2000));
    }
  }

  @Test
  void h33_asks_again_by_the_code_in_a_400() {
    FaultReader codes =
        refusal ->
            refusal.body().contains("ThrottlingException")
                ? new SourceException(ErrorKind.THROTTLED, "slow down")
                : refusal.standard();
    try (StubServer server =
            StubServer.answering(reply(400, "", "{\"__type\":\"ThrottlingException\"}"), ok("x"));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(door.exchange(Doors.get(server.url()), call, codes, Doors::text)).isEqualTo("x");
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void a_reader_may_call_an_answer_passing() {
    try (StubServer server = StubServer.answering(ok("busy"), ok("rows"));
        HttpDoor door = Doors.open(time, server.url())) {
      String text =
          door.exchange(
              Doors.get(server.url()),
              call,
              FaultReader.standard(),
              r -> {
                String body = Doors.text(r);
                if (body.equals("busy")) {
                  throw new SourceException(ErrorKind.REMOTE_FAILURE, "busy in a 200");
                }
                return body;
              });
      assertThat(text).isEqualTo("rows");
    }
  }

  @Test
  void a_malformed_answer_is_not_asked_for_again() {
    try (StubServer server = StubServer.answering(ok("<html>"));
        HttpDoor door = Doors.open(time, server.url())) {
      SourceException bad = new SourceException(ErrorKind.MALFORMED_RESPONSE, "HTML");
      SourceException fault =
          fault(
              () ->
                  door.exchange(
                      Doors.get(server.url()),
                      call,
                      FaultReader.standard(),
                      r -> {
                        throw bad;
                      }));
      assertThat(fault).isSameAs(bad);
      assertThat(server.requests()).hasSize(1);
      assertThat(call.reports.get(0).fault()).contains("HTML");
    }
  }

  @Test
  void never_waits_past_the_deadline() {
    FakeCall hurried = new FakeCall(Optional.of(FakeTime.START.plusSeconds(10)));
    try (StubServer server = StubServer.answering(reply(429, "Retry-After: 17", "too many"));
        HttpDoor door = Doors.open(time, server.url())) {
      SourceException fault = fault(door, hurried, server.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.DEADLINE_EXCEEDED);
      assertThat(fault)
          .hasMessageContaining("answered 429")
          .hasMessageContaining("the next attempt would be in 17 s");
      assertThat(time.sleeps()).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_retry_after_holds_back_the_next_request_too() {
    try (StubServer server = StubServer.answering(reply(429, "Retry-After: 17", ""), ok("x"));
        HttpDoor door = Doors.open(time, server.url(), "http.attempts", "1")) {
      fault(door, call, server.url());
      assertThat(time.sleeps()).isEmpty();
      fetch(door, call, server.url());
      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(17));
      assertThat(call.reports.get(1).waited()).isEqualTo(Duration.ofSeconds(17));
    }
  }

  @Test
  void a_spent_budget_stops_before_the_next_attempt() {
    call.budget = 1;
    try (StubServer server = StubServer.answering(reply(503, "", ""));
        HttpDoor door = Doors.open(time, server.url())) {
      assertThat(Doors.kind(door, call, server.url())).isEqualTo(ErrorKind.BUDGET_EXCEEDED);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void waits_in_short_sleeps_until_a_budget_has_room_and_says_what_for() {
    call.pauses.add(new Pause(Duration.ofHours(2), "the day is used up"));
    call.pauses.add(new Pause(Duration.ofSeconds(5), "the day of all"));
    try (StubServer server = StubServer.answering(ok("x"));
        HttpDoor door = Doors.open(time, server.url())) {
      fetch(door, call, server.url());
      assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1), Duration.ofSeconds(5));
      assertThat(call.waits)
          .containsExactly("7200000 ms: the day is used up", "5000 ms: the day of all");
      assertThat(call.admitted).hasSize(1);
      assertThat(call.reports.get(0).waited()).isEqualTo(Duration.ofSeconds(65));
    }
  }

  @Test
  void a_quota_that_is_used_up_is_waited_for_before_the_next_request() {
    StubServer.Reply last = reply(200, "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 42", "1");
    try (StubServer server = StubServer.answering(last, ok("2"));
        HttpDoor door = Doors.open(time, server.url())) {
      fetch(door, call, server.url());
      assertThat(time.sleeps()).isEmpty();
      assertThat(call.reports.get(0).quotas())
          .extracting(Quota::text)
          .containsExactly("0 requests left until 2026-11-22T00:00:42Z");
      fetch(door, call, server.url());
      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(42));
      assertThat(call.waits).containsExactly("42000 ms: the service's quota is used up");
    }
  }

  @Test
  void a_quotas_wait_has_the_cap_of_every_wait_and_can_be_switched_off() {
    StubServer.Reply last = reply(200, "RateLimit: \"hour\";r=0;t=3000", "1");
    for (String heed : List.of("true", "false")) {
      try (StubServer server = StubServer.answering(last, ok("2"));
          HttpDoor door =
              Doors.open(time, server.url(), "http.max_wait", "7s", "http.heed_quota", heed)) {
        fetch(door, call, server.url());
        fetch(door, call, server.url());
      }
    }
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void a_403_with_nothing_left_of_the_quota_is_a_throttle() {
    fetchAfter(reply(403, "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 30", "limit"));
    assertThat(time.sleeps().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_redirect_waits_for_its_turn_as_well() {
    try (StubServer server = StubServer.answering(reply(307, "Location: /b", ""), ok("x"));
        HttpDoor door = Doors.open(time, server.url())) {
      fetch(door, call, server.url() + "/a");
      assertThat(call.admitted).hasSize(2);
    }
  }

  @Test
  void a_kept_connection_that_was_closed_costs_no_attempt() {
    try (StubServer server = StubServer.answering(ok("1"), ok("2"));
        HttpDoor door = Doors.open(time, server.url())) {
      fetch(door, call, server.url());
      server.dropConnections();
      assertThat(fetch(door, call, server.url())).isEqualTo("2");
      assertThat(server.requests()).hasSize(2);
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @Test
  void a_kept_connection_that_closes_on_the_request_is_replaced_without_a_wait() {
    try (StubServer server = StubServer.answering(ok("1"), raw(""), ok("2"));
        HttpDoor door = Doors.open(time, server.url(), "http.attempts", "1")) {
      fetch(door, call, server.url());
      assertThat(fetch(door, call, server.url())).isEqualTo("2");
      assertThat(time.sleeps()).isEmpty();
      assertThat(call.reports).hasSize(3);
    }
  }

  @Test
  void does_not_use_a_connection_that_was_idle_for_long() {
    try (StubServer server = StubServer.answering(ok("1"), ok("2"));
        HttpDoor door = Doors.open(time, server.url())) {
      fetch(door, call, server.url());
      time.pass(Duration.ofMinutes(1));
      fetch(door, call, server.url());
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_silent_service_times_out() {
    StubServer.Reply silence =
        (request, out) -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    try (StubServer server = StubServer.answering(silence);
        HttpDoor door =
            Doors.open(time, server.url(), "http.request_timeout", "50ms", "http.attempts", "2")) {
      SourceException fault = fault(door, call, server.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(fault).hasMessageContaining("http.request_timeout");
      assertThat(call.admitted).hasSize(2);
    }
  }

  @Test
  void says_which_address_refuses_connections() {
    StubServer server = StubServer.answering(ok("x"));
    String url = server.url();
    int port = server.port();
    server.close();
    try (HttpDoor door = Doors.open(time, url, "http.attempts", "2")) {
      SourceException fault = fault(door, call, url);
      assertThat(fault.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(fault).hasMessageContaining("no connection to 127.0.0.1:" + port);
      assertThat(call.reports).hasSize(2);
    }
  }

  @Test
  void says_which_host_is_unknown() {
    String url = "http://no-such-host.invalid";
    try (HttpDoor door = Doors.open(time, url, "http.attempts", "1")) {
      SourceException fault = fault(door, call, url);
      assertThat(fault.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(fault).hasMessageContaining("no-such-host.invalid is unknown");
    }
  }

  @Test
  void many_threads_under_throttling_get_every_answer() throws Exception {
    AtomicInteger count = new AtomicInteger();
    StubServer.Reply moody =
        (request, out) ->
            (switch (count.incrementAndGet() % 7) {
                  case 2 -> reply(429, "Retry-After: 1", "");
                  case 4 -> reply(503, "", "");
                  case 6 -> raw("HTTP/1.1 200 OK\nContent-Length: 9\n\nabc");
                  default -> ok(request.target());
                })
                .to(request, out);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (StubServer server = StubServer.answering(moody);
        HttpDoor door = Doors.open(time, server.url(), "http.attempts", "50")) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String path = "/" + i;
        answers.add(threads.submit(() -> fetch(door, call, server.url() + path)));
      }
      for (int i = 0; i < 300; i++) {
        assertThat(answers.get(i).get()).isEqualTo("/" + i);
      }
      assertThat(call.reports).hasSize(server.requests().size());
    } finally {
      threads.shutdownNow();
    }
  }
}
