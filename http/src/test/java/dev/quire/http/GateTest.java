package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GateTest {
  private final FakeTime time = new FakeTime();
  private final Gate gate = new Gate(time, 8);

  private Gate.Permit enter() {
    try {
      return gate.enter(Duration.ofDays(1)).orElseThrow();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void halves_once_for_requests_that_were_under_way_together() {
    Gate.Permit first = enter();
    Gate.Permit second = enter();
    gate.throttled(first);
    gate.throttled(second);
    assertThat(gate.limit()).isEqualTo(4);
    gate.throttled(enter());
    assertThat(gate.limit()).isEqualTo(2);
  }

  @Test
  void never_falls_below_one() {
    for (int i = 0; i < 10; i++) {
      gate.throttled(enter());
      gate.leave();
    }
    assertThat(gate.limit()).isEqualTo(1);
  }

  @Test
  void grows_by_one_after_as_many_successes_as_the_limit() {
    gate.throttled(enter());
    for (int i = 0; i < 3; i++) {
      gate.succeeded();
    }
    assertThat(gate.limit()).isEqualTo(4);
    gate.succeeded();
    assertThat(gate.limit()).isEqualTo(5);
    for (int i = 0; i < 100; i++) {
      gate.succeeded();
    }
    assertThat(gate.limit()).isEqualTo(8);
  }

  @Test
  void gives_no_place_beyond_the_limit() throws InterruptedException {
    for (int i = 0; i < 8; i++) {
      enter();
    }
    assertThat(gate.enter(Duration.ZERO)).isEmpty();
    gate.leave();
    assertThat(gate.enter(Duration.ZERO)).isPresent();
  }

  @Test
  void holds_back_until_the_latest_time_asked_for() {
    gate.hold(Duration.ofSeconds(5));
    gate.hold(Duration.ofSeconds(2));
    assertThat(gate.holdLeft()).isEqualTo(Duration.ofSeconds(5));
    time.pass(Duration.ofSeconds(6));
    assertThat(gate.holdLeft()).isLessThanOrEqualTo(Duration.ZERO);
  }
}
