package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code quire query} shows how far it is. The statements end when the line was drawn. */
class ProgressTest {
  private static final OptionalInt TERMINAL = OptionalInt.of(100);
  private static final OptionalInt NONE = OptionalInt.empty();
  private static final String SHOWN = "\r3 rows read, 3 pages, 3 calls, 1.2 MB, ";

  @TempDir Path folder;
  private CommandTrial quire;

  @BeforeEach
  void start() {
    quire = new CommandTrial(folder);
    FakeClock clock = FakeClock.start();
    quire.context = clock.context();
    quire.engine.beforeTheEnd =
        () -> {
          clock.advance(Duration.ofSeconds(5));
          awaitDrawing();
        };
  }

  /** Until the line is drawn, or for long enough to see that it is not. */
  private void awaitDrawing() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wanted ? 10_000 : 300);
    while (System.nanoTime() < end && !quire.err().contains(SHOWN)) {
      Thread.onSpinWait();
    }
  }

  private boolean wanted;

  private void runs(OptionalInt out, OptionalInt err, boolean expected, String... more) {
    quire.terminals = new Terminals(out, err, false);
    wanted = expected;
    String[] args = new String[2 + more.length];
    args[0] = "query";
    args[1] = "SELECT 1";
    System.arraycopy(more, 0, args, 2, more.length);
    assertThat(quire.run(args)).isZero();
    assertThat(quire.err().contains(SHOWN)).isEqualTo(expected);
  }

  @Test
  void on_a_terminal_it_is_gone_before_the_footer() {
    runs(NONE, TERMINAL, true);
    assertThat(quire.err()).containsPattern("\r +\rcomplete: 3 rows, ");
    assertThat(quire.err()).doesNotContain("\u001b");
  }

  @Test
  void in_a_pipe_there_is_none() {
    runs(NONE, NONE, false);
    assertThat(quire.err()).startsWith("complete: ");
  }

  @Test
  void it_is_gone_before_rows_appear_on_the_same_terminal() {
    runs(TERMINAL, TERMINAL, false, "--format", "csv");
    assertThat(quire.out()).startsWith("name,number");
    runs(TERMINAL, TERMINAL, true); // a table holds its first rows back
  }

  @Test
  void it_goes_on_while_rows_go_to_a_file() {
    runs(TERMINAL, TERMINAL, true, "--format", "csv", "--output", "rows.csv");
  }

  @Test
  void a_terminal_that_cannot_redraw_gets_none_by_itself() {
    quire.environment.put("TERM", "dumb");
    runs(NONE, TERMINAL, false);
    runs(NONE, TERMINAL, true, "--progress", "on");
  }

  @Test
  void it_can_be_asked_for_where_no_terminal_is_seen() {
    runs(NONE, NONE, true, "--progress", "on");
  }

  @Test
  void it_can_be_switched_off() {
    runs(NONE, TERMINAL, false, "--progress", "off");
    runs(NONE, TERMINAL, false, "--quiet");
    runs(NONE, TERMINAL, false, "--verbose");
  }
}
