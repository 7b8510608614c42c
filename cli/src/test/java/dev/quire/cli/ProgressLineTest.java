package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Costs;
import dev.quire.chain.Wait;
import dev.quire.engine.Progress;
import dev.quire.testkit.FakeClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final int WIDTH = 100;

  private final FakeClock clock = FakeClock.start();
  private final Screen screen = new Screen();
  private Progress progress = rows(0);
  private final ProgressLine line = line(WIDTH);

  private ProgressLine line(int width) {
    return new ProgressLine(screen.stream(), width, clock, () -> progress);
  }

  private static Progress rows(long rows) {
    Costs costs = new Costs(rows / 5_000, 1, rows / 5_000, 0, rows * 100, Duration.ZERO);
    return new Progress(costs, rows, OptionalDouble.empty(), Optional.empty());
  }

  private void drawAfter(long millis) {
    clock.advance(Duration.ofMillis(millis));
    line.draw();
  }

  @Test
  void says_rows_pages_calls_bytes_and_time() {
    progress = rows(15_000);
    drawAfter(2_000);
    assertThat(screen.line()).isEqualTo("15,000 rows read, 3 pages, 3 calls, 1.5 MB, 2 s");
  }

  @Test
  void says_the_time_left_where_a_number_of_rows_is_known() {
    Progress quarter = rows(5_000);
    progress = new Progress(quarter.costs(), 5_000, OptionalDouble.of(0.25), Optional.empty());
    drawAfter(4_000);
    assertThat(screen.line()).startsWith("5,000 rows read, about 12 s left, 1 page, ");
    drawAfter(3_600_000);
    assertThat(screen.line()).startsWith("5,000 rows read, about 4 h left, ");
  }

  @Test
  void says_what_is_waited_for_and_counts_down() {
    for (long left : new long[] {16_500, 9_000}) {
      progress =
          new Progress(
              rows(5_000).costs(),
              5_000,
              OptionalDouble.of(0.5),
              Optional.of(new Wait(Duration.ofMillis(left), "throttled")));
      drawAfter(1_000);
      long seconds = (left + 999) / 1_000;
      assertThat(screen.line())
          .startsWith("5,000 rows read, waiting " + seconds + " s: throttled, 1 page, ");
    }
  }

  @Test
  void is_drawn_ten_times_a_second_at_most() {
    drawAfter(1_000);
    for (int i = 1; i <= 1_000; i++) {
      progress = rows(i);
      drawAfter(1);
    }
    assertThat(screen.written().chars().filter(c -> c == '\r')).hasSize(11);
  }

  @Test
  void shows_nothing_of_a_statement_that_takes_less_than_half_a_second() {
    drawAfter(499);
    line.end();
    assertThat(screen.written()).isEmpty();
  }

  @Test
  void is_wiped_out_at_the_end_and_stays_away() {
    progress = rows(15_000);
    drawAfter(1_000);
    line.end();
    assertThat(screen.line()).isEmpty();
    assertThat(screen.written()).endsWith("\r");
    String written = screen.written();
    progress = rows(20_000);
    drawAfter(1_000);
    line.end();
    assertThat(screen.written()).isEqualTo(written);
  }

  @Test
  void a_shorter_text_leaves_nothing_of_the_longer_one() {
    progress =
        new Progress(
            rows(0).costs(),
            0,
            OptionalDouble.empty(),
            Optional.of(new Wait(Duration.ofSeconds(17), "throttled")));
    drawAfter(1_000);
    progress = rows(0);
    drawAfter(1_000);
    assertThat(screen.line()).isEqualTo("0 rows read, 0 pages, 0 calls, 0 B, 2 s");
  }

  @Test
  void fits_a_narrow_terminal() {
    progress = rows(15_000);
    ProgressLine narrow = line(20);
    clock.advance(Duration.ofSeconds(2));
    narrow.draw();
    assertThat(screen.line()).isEqualTo("15,000 rows read, …");
  }

  @Test
  void needs_no_escape_codes() {
    progress = rows(15_000);
    drawAfter(1_000);
    line.end();
    assertThat(screen.written()).doesNotContain("\u001b").doesNotContain("\n");
  }

  @Test
  void a_text_for_the_user_stands_above_the_line() {
    progress = rows(5_000);
    drawAfter(2_000);
    line.above("To sign in, open a page");
    assertThat(screen.line()).isEmpty();
    drawAfter(1_000);
    assertThat(screen.line()).startsWith("5,000 rows read");
    assertThat(screen.written()).contains("\rTo sign in, open a page\n\r5,000 rows");
  }
}
