package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void reads_what_github_sends() {
    assertThat(
            of(
                "X-RateLimit-Limit: 5000",
                "X-RateLimit-Remaining: 4987",
                "X-RateLimit-Reset: " + NOW.plusSeconds(600).getEpochSecond(),
                "X-RateLimit-Used: 13",
                "X-RateLimit-Resource: core"))
        .containsExactly(quota("core", 5_000, 4_987, NOW.plusSeconds(600)));
  }

  @Test
  void a_reset_is_seconds_from_now_or_a_moment_in_seconds_milliseconds_or_words() {
    for (String reset :
        List.of(
            "90",
            "90.0",
            Long.toString(NOW.plusSeconds(90).getEpochSecond()),
            Long.toString(NOW.plusSeconds(90).toEpochMilli()),
            "2026-11-28T12:01:30Z",
            "Sat, 28 Nov 2026 12:01:30 GMT")) {
      assertThat(of("X-Rate-Limit-Remaining: 0", "X-Rate-Limit-Reset: " + reset))
          .as(reset)
          .extracting(Quota::resets)
          .containsExactly(Optional.of(NOW.plusSeconds(90)));
    }
    for (String reset : List.of("soon", "-5", "1000000000", "99999999999999")) {
      assertThat(of("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: " + reset))
          .as(reset)
          .extracting(Quota::resets)
          .containsExactly(Optional.empty());
    }
  }

  @Test
  void reads_the_structured_fields_of_the_ietf_draft() {
    assertThat(
            of(
                "RateLimit-Policy: \"default\";q=100;w=60, \"daily\";q=1000;w=86400",
                "RateLimit: \"default\";r=50;t=30, \"daily\";r=0;t=3600"))
        .containsExactly(
            quota("requests", 100, 50, NOW.plusSeconds(30)),
            quota("daily", 1_000, 0, NOW.plusSeconds(3_600)));
    assertThat(of("RateLimit: \"burst\";r=7"))
        .containsExactly(new Quota("burst", OptionalLong.empty(), 7, Optional.empty()));
  }

  @Test
  void reads_the_drafts_earlier_forms() {
    assertThat(of("RateLimit: limit=100, remaining=50, reset=5"))
        .containsExactly(quota("requests", 100, 50, NOW.plusSeconds(5)));
    assertThat(
            of("RateLimit-Limit: 100, 100;w=60", "RateLimit-Remaining: 50", "RateLimit-Reset: 5"))
        .containsExactly(quota("requests", 100, 50, NOW.plusSeconds(5)));
  }

  @Test
  void reads_what_dataverse_sends() {
    assertThat(
            of(
                "x-ms-ratelimit-burst-remaining-xrm-requests: 5,999",
                "x-ms-ratelimit-time-remaining-xrm-requests: 1,199.97"))
        .containsExactly(
            new Quota("requests", OptionalLong.empty(), 5_999, Optional.empty()),
            new Quota("seconds of execution", OptionalLong.empty(), 1_199, Optional.empty()));
  }

  @Test
  void reads_what_salesforce_sends() {
    assertThat(of("Sforce-Limit-Info: api-usage=18/5000"))
        .containsExactly(
            new Quota("calls of the day", OptionalLong.of(5_000), 4_982, Optional.empty()));
  }

  @Test
  void what_makes_no_sense_is_as_if_it_were_absent() {
    assertThat(of("X-RateLimit-Remaining: many", "RateLimit: ;;;\"", "Sforce-Limit-Info: x"))
        .isEmpty();
    assertThat(of("RateLimit: \"a\";r=99999999999999999999;t=1")).isEmpty();
    assertThat(of()).isEmpty();
  }

  @Test
  void the_wait_is_for_the_last_of_those_that_are_used_up() {
    List<Quota> quotas =
        List.of(
            quota("a", 5, 0, NOW.plusSeconds(9)),
            quota("b", 5, 0, NOW.plusSeconds(30)),
            quota("c", 5, 1, NOW.plusSeconds(99)));
    assertThat(Quotas.wait(quotas, NOW)).contains(Duration.ofSeconds(30));
    assertThat(Quotas.wait(quotas, NOW.plusSeconds(30))).isEmpty();
  }

  private static Quota quota(String name, long limit, long remaining, Instant resets) {
    return new Quota(name, OptionalLong.of(limit), remaining, Optional.of(resets));
  }

  private static List<Quota> of(String... lines) {
    Headers headers = new Headers();
    for (String line : lines) {
      String[] parts = line.split(": ", 2);
      headers.add(parts[0], parts[1]);
    }
    return Quotas.of(headers, NOW);
  }
}
