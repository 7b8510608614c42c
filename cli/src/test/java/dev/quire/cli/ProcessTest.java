package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The command as a process of its own: what signals and closed pipes do to it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ProcessTest extends ProcessTrial {
  @Test
  void head_ends_a_long_statement_without_a_word_and_without_the_other_pages() throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(1_000_000))) {
      Process process =
          start(quire(server, "query", "SELECT accountid FROM crm.accounts", "--format", "csv"));
      try (BufferedReader out = lines(process.getInputStream())) {
        assertThat(out.readLine()).isEqualTo("accountid");
      }
      assertThat(lines(process.getErrorStream()).lines()).isEmpty();
      assertThat(exitCode(process)).isEqualTo(141);
      assertThat(server.requestCount()).isLessThan(100);
    }
  }

  @Test
  void ctrl_c_aborts_the_wait_for_the_next_page_and_says_how_many_rows_came() throws Exception {
    Path rows = folder.resolve("out");
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(5_000_000))) {
      Process process =
          start(
              quire(server, "query", "SELECT accountid FROM crm.accounts", "--format=csv", "-v")
                  .redirectOutput(rows.toFile()));
      try (BufferedReader err = lines(process.getErrorStream())) {
        await(err, "  200, ");
        await(err, "  200, ");
        server.failNext(1_000, 429, "3600", "0x80072322");
        await(err, "  429, ");
        interrupt(process);
        List<String> rest = err.lines().filter(line -> !line.contains("  429, ")).toList();
        long written = Files.lines(rows).count() - 1;
        assertThat(written).isPositive().isLessThan(5_000_000);
        assertThat(rest)
            .singleElement()
            .asString()
            .startsWith(String.format(Locale.ROOT, "interrupted: %,d rows, ", written));
      }
      assertThat(exitCode(process)).isEqualTo(130);
    }
  }

  @Test
  void ctrl_c_before_the_first_row_leaves_no_output_file() throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      server.failNext(1_000, 429, "3600", "0x80072322");
      Process process =
          start(quire(server, "query", "SELECT accountid FROM crm.accounts", "-o", "a.csv", "-v"));
      try (BufferedReader err = lines(process.getErrorStream())) {
        await(err, "  429, ");
        interrupt(process);
        assertThat(err.lines()).noneMatch(line -> line.contains("\tat "));
      }
      assertThat(exitCode(process)).isEqualTo(130);
      assertThat(folder).isDirectoryNotContaining("glob:**a.csv*");
    }
  }

  @Test
  void a_machine_that_writes_other_digits_changes_no_request_and_no_row() throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      String sql =
          "SELECT name, createdon, revenue FROM crm.accounts"
              + " WHERE createdon > TIMESTAMP '2020-02-03 10:20:30' ORDER BY createdon LIMIT 3";
      String usual = output(quire(server, "query", sql));
      ProcessBuilder arabic = quire(server, "query", sql);
      arabic.command().addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));
      assertThat(output(arabic)).isEqualTo(usual).contains("2020-02-");
      ProcessBuilder demo = quire(server, "demo");
      demo.command().addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));
      assertThat(output(demo)).contains("All as expected.");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void arguments_that_the_locale_cannot_say_are_refused_instead_of_giving_no_row()
      throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      ProcessBuilder quire =
          quire(
              server, "query", "SELECT name FROM crm.accounts WHERE address1_city = 'Krak\u00f3w'");
      quire.environment().put("LC_ALL", "C");
      Process process = start(quire);
      String error = lines(process.getErrorStream()).readLine();
      assertThat(exitCode(process)).isEqualTo(2);
      assertThat(error).startsWith("quire: the arguments hold letters that the locale's encoding");
    }
  }

  private String output(ProcessBuilder builder) throws Exception {
    Process process = start(builder);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(lines(process.getErrorStream()).lines())
        .noneMatch(line -> line.matches("(quire|warning): .*"));
    assertThat(exitCode(process)).isZero();
    return out;
  }

  @Test
  void a_query_starts_without_the_libraries_of_the_shell() throws Exception {
    Path loaded = folder.resolve("loaded");
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      ProcessBuilder builder = quire(server, "query", "SELECT name FROM crm.accounts LIMIT 5");
      builder.command().add(1, "-Xlog:class+load:file=" + loaded);
      assertThat(exitCode(start(builder))).isZero();
      assertThat(Files.readString(loaded))
          .contains("dev.quire.cli.QueryCommand")
          .doesNotContain("org.jline.reader")
          .doesNotContain("org.jline.terminal");
    }
  }

  @Test
  void the_demo_server_runs_until_ctrl_c() throws Exception {
    try (SampleServer unused = SampleServer.start(SampleOptions.DEFAULT)) {
      Process process = start(quire(unused, "demo", "--serve", "--rows", "10"));
      try (BufferedReader out = lines(process.getInputStream())) {
        assertThat(out.readLine()).startsWith("The sample server runs at http://127.0.0.1:");
        interrupt(process);
        assertThat(exitCode(process)).isEqualTo(130);
      }
    }
  }

  @Test
  void ctrl_c_at_a_question_of_init_ends_it_with_nothing_written() throws Exception {
    try (SampleServer unused = SampleServer.start(SampleOptions.DEFAULT)) {
      Process process = start(quire(unused, "init", "--config", "new.yaml"));
      try (BufferedReader err = lines(process.getErrorStream())) {
        await(err, "Name of the source");
        interrupt(process);
        assertThat(err.lines()).containsExactly("interrupted; nothing was written");
      }
      assertThat(exitCode(process)).isEqualTo(130);
      assertThat(folder).isDirectoryNotContaining("glob:**new.yaml*");
    }
  }
}
