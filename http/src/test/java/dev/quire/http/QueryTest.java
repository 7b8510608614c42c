package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {
  private final Redactor redactor = redactor();

  private static Redactor redactor() {
    Secrets secrets = new Secrets();
    secrets.add("hush");
    return new Redactor(Set.of("appid"), secrets);
  }

  @Test
  void masks_secret_parameters_and_nothing_else() {
    assertThat(redactor.url("http://h/a?SIG=1&x=2&acc%65ss_token=3&AppId=4&$skiptoken=5&key#f"))
        .isEqualTo("http://h/a?SIG=***&x=2&acc%65ss_token=***&AppId=***&$skiptoken=5&key#f");
    assertThat(redactor.url("http://h/hush?a=%zz&%zz=1")).isEqualTo("http://h/***?a=%zz&%zz=1");
    assertThat(redactor.url("http://h/?")).isEqualTo("http://h/?");
  }

  @Test
  void sets_a_parameter_before_the_fragment() {
    assertThat(Query.with("http://h/a#f", "k", "v")).isEqualTo("http://h/a?k=v#f");
    assertThat(Query.with("http://h/a?", "k", "v")).isEqualTo("http://h/a?k=v");
    assertThat(Query.with("http://h/a?b&", "k", "v")).isEqualTo("http://h/a?b&k=v");
    assertThat(Query.with("http://h/a?b=%2B", "k", "v")).isEqualTo("http://h/a?b=%2B&k=v");
  }

  @Test
  void an_absurd_retry_after_is_long_and_not_negative() {
    assertThat(RetryAfter.parse("99999999999999999999", FakeTime.START))
        .hasValueSatisfying(d -> assertThat(d).isGreaterThan(Duration.ofDays(10_000)));
  }

  @Test
  void back_off_doubles_to_its_cap_and_jitters_over_all_of_it() {
    BackOff plain = BackOff.doubling(Duration.ofMillis(500)).atMost(Duration.ofSeconds(30));
    assertThat(plain.after(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(plain.after(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(plain.after(99)).isEqualTo(Duration.ofSeconds(30));
    assertThat(plain.withJitter(() -> 0).after(3)).isZero();
  }
}
