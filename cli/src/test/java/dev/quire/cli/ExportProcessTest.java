package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An export as a process of its own: what signals, closed pipes and a second one do to it. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(180)
class ExportProcessTest extends ProcessTrial {
  private static final int ACCOUNTS = 30_000;
  private static final String SQL = "SELECT accountid FROM crm.accounts";

  private SampleServer server() {
    return SampleServer.start(SampleOptions.DEFAULT.withAccounts(ACCOUNTS));
  }

  /** An export that has read two pages and waits for the third. */
  private Process waiting(SampleServer server, String... more) throws IOException {
    ProcessBuilder builder = quire(server, "export", SQL, "--to", "ids.csv", "-v");
    builder.command().addAll(List.of(more));
    return start(builder);
  }

  private static void untilItWaits(SampleServer server, BufferedReader err) throws IOException {
    await(err, "  200, ");
    await(err, "  200, ");
    server.failNext(1_000, 429, "3600", "0x80072322");
    await(err, "  429, ");
  }

  private List<String> ids(String name) throws IOException {
    Path file = folder.resolve(name);
    assertThat(Files.readString(file)).startsWith("accountid\r\n").endsWith("\n");
    List<String> lines = Files.readAllLines(file);
    return lines.subList(1, lines.size());
  }

  @Test
  void ctrl_c_keeps_rows_that_can_be_read_and_says_how_to_go_on() throws Exception {
    int kept;
    try (SampleServer server = server()) {
      Process process = waiting(server);
      try (BufferedReader err = lines(process.getErrorStream())) {
        untilItWaits(server, err);
        interrupt(process);
        List<String> said = err.lines().filter(line -> !line.contains("  429, ")).toList();
        kept = ids("ids.csv.partial").size();
        String rows = String.format(Locale.ROOT, "%,d rows", kept);
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).startsWith("interrupted: " + rows + ", ");
        assertThat(said.get(1)).startsWith("  " + rows + " are kept in ");
        assertThat(said.get(2)).isEqualTo("  Go on with the same command and --resume.");
      }
      assertThat(exitCode(process)).isEqualTo(130);
    }
    assertThat(kept).isBetween(1, ACCOUNTS - 1);
    assertThat(folder.resolve("ids.csv")).doesNotExist();
    assertThat(folder.resolve("ids.csv.quire-checkpoint")).exists();
    assertThat(folder.resolve("ids.csv.quire-lock")).doesNotExist();
  }

  @Test
  void another_ctrl_c_ends_one_that_cannot_write_what_it_has() throws Exception {
    Path pipe = folder.resolve("full.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (SampleServer server = server()) {
      Process process = start(quire(server, "export", SQL, "--to", "full.csv"));
      try (BufferedReader reader = Files.newBufferedReader(pipe)) {
        assertThat(reader.readLine()).isEqualTo("accountid");
        long begun = System.nanoTime();
        interrupt(process);
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
          interrupt(process);
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(4));
      }
    }
  }

  @Test
  void a_second_process_on_the_output_is_refused_and_the_first_goes_on() throws Exception {
    try (SampleServer server = server()) {
      Process first = waiting(server);
      try (BufferedReader err = lines(first.getErrorStream())) {
        untilItWaits(server, err);
        long requests = server.requestCount();
        Process second = start(quire(server, "export", SQL, "--to", "ids.csv", "--resume"));
        assertThat(lines(second.getErrorStream()).lines())
            .anyMatch(line -> line.startsWith("quire: another process is writing "))
            .anyMatch(line -> line.contains("choose another output"));
        assertThat(exitCode(second)).isEqualTo(ExitCodes.USAGE);
        assertThat(server.requestCount()).isEqualTo(requests);
        assertThat(first.isAlive()).isTrue();
        interrupt(first);
      }
      assertThat(exitCode(first)).isEqualTo(130);
    }
  }

  @Test
  void head_ends_an_export_to_standard_output_without_a_word() throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(1_000_000))) {
      Process process = start(quire(server, "export", SQL, "--to", "-"));
      try (BufferedReader out = lines(process.getInputStream())) {
        assertThat(out.readLine()).isEqualTo("accountid");
      }
      assertThat(lines(process.getErrorStream()).lines()).isEmpty();
      assertThat(exitCode(process)).isEqualTo(141);
      assertThat(server.requestCount()).isLessThan(100);
    }
  }
}
