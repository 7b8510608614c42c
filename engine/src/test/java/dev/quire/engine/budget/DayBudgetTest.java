package dev.quire.engine.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.BudgetState;
import dev.quire.chain.SharedBudget;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayBudgetTest {
  @TempDir Path folder;
  private final HandClock clock = new HandClock();

  @Test
  void calls_are_there_until_they_are_used_up_and_again_on_the_next_day() {
    DayBudget budget = calls(2);
    assertThat(budget.take()).isEmpty();
    assertThat(budget.take()).isEmpty();
    assertThat(budget.take())
        .contains(
            new SharedBudget.Shortage(
                "the day's 2 calls for crm are used up", Duration.ofMinutes(30)));
    clock.now = clock.now.plus(Duration.ofMinutes(30));
    assertThat(budget.take()).isEmpty();
    assertThat(budget.states()).containsExactly(new BudgetState("crm", "calls per day", 2, 1));
  }

  @Test
  void a_call_that_was_not_made_is_given_back() {
    DayBudget budget = calls(1);
    assertThat(budget.take()).isEmpty();
    budget.giveBack();
    budget.giveBack();
    assertThat(budget.take()).isEmpty();
    assertThat(budget.take()).isPresent();
  }

  @Test
  void bytes_count_when_they_have_come() {
    DayBudget budget =
        budget(new DayBudget.Most(OptionalLong.empty(), OptionalLong.of(1_000)), "one");
    budget.take();
    budget.spend(999);
    assertThat(budget.take()).isEmpty();
    budget.spend(1);
    assertThat(budget.take().orElseThrow().what())
        .isEqualTo("the day's 1,000 bytes for crm are used up");
  }

  @Test
  void all_who_name_the_same_service_share_a_budget_and_others_do_not() {
    assertThat(calls(1).take()).isEmpty();
    assertThat(calls(1).take()).isPresent();
    assertThat(budget(new DayBudget.Most(OptionalLong.of(1), OptionalLong.empty()), "two").take())
        .isEmpty();
  }

  @Test
  void a_clock_that_was_set_back_gives_nothing_back() {
    DayBudget budget = calls(2);
    budget.take();
    budget.take();
    clock.now = clock.now.minus(Duration.ofDays(3));
    assertThat(budget.take().orElseThrow().left()).isEqualTo(Duration.ofMinutes(30));
    clock.now = clock.now.plus(Duration.ofHours(1));
    assertThat(budget.take()).isEmpty();
  }

  @Test
  void what_a_process_left_that_died_while_writing_is_no_harm() throws IOException {
    calls(3).take();
    Path file = file();
    Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "quire-d");
    DayBudget budget = calls(3);
    assertThat(budget.take()).isEmpty();
    assertThat(budget.take()).isEmpty();
    assertThat(budget.take()).isPresent();
  }

  @Test
  void a_file_that_cannot_be_read_is_an_error_that_names_it() throws IOException {
    calls(3).take();
    for (String text : List.of("", "nonsense", "quire-day 1\nday 2026-99-99\ncalls 1\nbytes 1\n")) {
      Files.writeString(file(), text);
      assertThatThrownBy(() -> calls(3).take())
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
          .hasMessageContaining(file().toString())
          .hasMessageContaining("Delete the file");
      assertThat(calls(3).states()).isEmpty();
    }
  }

  @Test
  void a_folder_that_cannot_be_made_is_an_error_that_names_the_key() throws IOException {
    Files.writeString(folder.resolve("budgets"), "a file");
    assertThatThrownBy(() -> calls(3).take()).hasMessageContaining("limits.state_folder");
  }

  @Test
  void threads_take_no_call_twice() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                int mine = DayBudgetProcess.takeAll(calls(60), () -> {});
                synchronized (taken) {
                  taken.add(mine);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken).hasSize(4);
    assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
  }

  @Test
  void processes_take_no_call_twice_and_none_is_lost_when_one_is_killed()
      throws IOException, InterruptedException {
    clock.now = Instant.now();
    List<Process> processes = List.of(start(2_000), start(2_000), start(2_000));
    for (Process process : processes) {
      assertThat(process.getInputStream().read()).isEqualTo('r');
    }
    for (Process process : processes) {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }
    Process killed = processes.get(0);
    int dots = killed.getInputStream().read() == '.' ? 1 : 0;
    killed.toHandle().destroyForcibly(); // leaves its output readable
    for (Process process : processes) {
      dots += rest(process);
    }
    assertThat(calls(2_000).states().get(0).spent()).isEqualTo(2_000);
    assertThat(dots).as("calls that they said they had taken").isBetween(1_990, 2_000);
    assertThat(calls(2_000).take()).isPresent();
  }

  private Process start(int calls) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DayBudgetProcess.class.getName(),
            folder.toString(),
            Integer.toString(calls))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int rest(Process process) throws IOException, InterruptedException {
    try (InputStream out = process.getInputStream()) {
      int dots = new String(out.readAllBytes(), StandardCharsets.US_ASCII).length();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return dots;
    }
  }

  private DayBudget calls(long most) {
    return budget(new DayBudget.Most(OptionalLong.of(most), OptionalLong.empty()), "one");
  }

  private DayBudget budget(DayBudget.Most most, String identity) {
    return DayBudget.in(folder, "crm", identity, most, clock);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("budgets"))) {
      return files.filter(each -> each.toString().endsWith(".day")).findFirst().orElseThrow();
    }
  }

  /** A clock that the test sets. */
  private static final class HandClock implements TimeSource {
    private Instant now = Instant.parse("2026-03-04T23:30:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {}
  }
}
