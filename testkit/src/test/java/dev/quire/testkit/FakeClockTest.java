package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FakeClockTest {

  @Test
  void time_stands_still_until_somebody_sleeps() throws Exception {
    FakeClock clock = FakeClock.start();
    long before = clock.nanoTime();

    clock.sleep(Duration.ofSeconds(17));
    clock.sleep(Duration.ZERO);
    clock.sleep(Duration.ofSeconds(-1));

    assertThat(clock.now()).isEqualTo(FakeClock.START.plusSeconds(17));
    assertThat(clock.nanoTime() - before).isEqualTo(17_000_000_000L);
    assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(17));
  }

  @Test
  void a_blocking_clock_wakes_whoever_has_slept_long_enough() throws Exception {
    FakeClock clock = FakeClock.blocking();
    CompletableFuture<Void> sleeper = asleep(clock, Duration.ofSeconds(10));

    clock.awaitSleepers(1);
    clock.advance(Duration.ofSeconds(9));
    assertThat(sleeper).isNotDone();
    clock.advance(Duration.ofSeconds(1));

    sleeper.get(20, TimeUnit.SECONDS);
  }

  @Test
  void an_interrupt_ends_a_sleep() throws Exception {
    FakeClock clock = FakeClock.start();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> clock.sleep(Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(clock.sleeps()).isEmpty();
  }

  @Test
  void seeded_jitter_repeats() {
    FakeClock clock = FakeClock.start();
    assertThat(clock.context(7).random().getAsDouble())
        .isEqualTo(clock.context(7).random().getAsDouble());
    assertThat(clock.context().random().getAsDouble()).isEqualTo(0.5);
  }

  private static CompletableFuture<Void> asleep(FakeClock clock, Duration duration) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                clock.sleep(duration);
                done.complete(null);
              } catch (InterruptedException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
