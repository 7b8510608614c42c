package dev.quire.http;

import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own pace: no stretch of time has more requests than were allowed. */
class RateLimitTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  @Test
  void so_many_requests_go_at_once_and_the_next_waits_for_the_first_to_be_a_period_ago() {
    try (StubServer server = StubServer.answering(ok("a"), ok("b"), ok("c"), ok("d"));
        HttpDoor door = Doors.open(time, server.url(), "http.rate_limit", "2/min")) {
      for (int request = 0; request < 4; request++) {
        fetch(door, call, server.url());
      }
      assertThat(server.requests()).hasSize(4);
    }
    assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1));
    assertThat(call.waits).containsExactly("60000 ms: rate limit");
  }

  @Test
  void attempts_keep_the_pace_too() {
    try (StubServer server =
            StubServer.answering(StubServer.reply(503, "Retry-After: 1", ""), ok("a"));
        HttpDoor door = Doors.open(time, server.url(), "http.rate_limit", "1/min")) {
      fetch(door, call, server.url());
    }
    assertThat(time.sleeps().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void a_pace_of_many_is_kept_over_any_stretch() {
    Pace pace = new Pace(time, RateLimit.parse("100/s").orElseThrow());
    Duration last = Duration.ZERO;
    for (int request = 0; request < 1_000; request++) {
      last = pace.take();
    }
    assertThat(last).isEqualTo(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "0/s", "10/day", "1.5/s", "-1/s", ""})
  void what_is_no_rate_is_a_configuration_error(String text) {
    assertThatThrownBy(() -> Doors.open(time, "http://127.0.0.1:1", "http.rate_limit", text))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("http.rate_limit");
  }
}
