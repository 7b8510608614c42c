package dev.quire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void reads_a_number_and_a_unit() {
    assertThat(Durations.parse("250ms")).contains(Duration.ofMillis(250));
    assertThat(Durations.parse(" 30 s ")).contains(Duration.ofSeconds(30));
    assertThat(Durations.parse("5m")).contains(Duration.ofMinutes(5));
    assertThat(Durations.parse("1h")).contains(Duration.ofHours(1));
    assertThat(Durations.parse("2d")).contains(Duration.ofDays(2));
  }

  @Test
  void refuses_what_has_no_unit_or_no_number() {
    assertThat(Durations.parse("30")).isEmpty();
    assertThat(Durations.parse("s")).isEmpty();
    assertThat(Durations.parse("-1s")).isEmpty();
    assertThat(Durations.parse("1.5h")).isEmpty();
    assertThat(Durations.parse("")).isEmpty();
    assertThat(Durations.parse("99999999999h")).as("more than a clock can count").isEmpty();
  }

  @Test
  void writes_durations_for_people() {
    assertThat(Durations.format(Duration.ofMillis(250))).isEqualTo("250 ms");
    assertThat(Durations.format(Duration.ofMillis(2_128))).isEqualTo("2.1 s");
    assertThat(Durations.format(Duration.ofSeconds(17))).isEqualTo("17 s");
    assertThat(Durations.format(Duration.ofMinutes(5))).isEqualTo("5 min");
    assertThat(Durations.format(Duration.ofHours(5))).isEqualTo("5 h");
  }
}
