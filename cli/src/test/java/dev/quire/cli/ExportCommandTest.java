package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import dev.quire.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code quire export} over the real engine, connector and HTTP, against the sample server. */
class ExportCommandTest {
  private static final String SQL = "SELECT accountid, name FROM crm.accounts";

  @TempDir Path folder;
  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT);
  private CommandTrial quire;

  @BeforeEach
  void start() {
    quire = new CommandTrial(folder);
    quire.serve(server.baseUrl());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int export(String to, String... more) {
    return exportOf(SQL, to, more);
  }

  private int exportOf(String sql, String to, String... more) {
    List<String> arguments = new ArrayList<>(List.of("export", sql, "--to", to));
    arguments.addAll(List.of(more));
    return quire.run(arguments.toArray(String[]::new));
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  @Test
  void a_whole_table_is_one_file_and_a_summary() throws IOException {
    assertThat(export("a.csv")).isZero();
    assertThat(lines("a.csv")).hasSize(12_002).startsWith("accountid,name");
    assertThat(quire.err())
        .startsWith("complete: 12,001 rows, 3 calls, ")
        .contains("  12,001 rows in " + folder.resolve("a.csv"));
    assertThat(quire.out()).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**.{partial,quire-*}");
  }

  @Test
  void standard_output_takes_csv_and_json_lines() {
    assertThat(export("-")).isZero();
    assertThat(quire.out().lines()).hasSize(12_002);
    assertThat(export("-", "--format", "jsonl")).isZero();
    assertThat(quire.out()).contains("{\"accountid\":\"");
  }

  @Test
  void a_spent_budget_keeps_its_rows_and_the_next_run_goes_on() throws IOException {
    assertThat(export("a.csv", "--max-calls", "2")).isEqualTo(ExitCodes.PARTIAL);
    assertThat(folder.resolve("a.csv")).doesNotExist();
    assertThat(lines("a.csv.partial")).hasSize(10_001);
    assertThat(quire.err())
        .contains("partial: 10,000 rows, 2 calls, ")
        .contains("10,000 rows are kept in " + folder.resolve("a.csv.partial"))
        .contains("Go on with the same command and --resume.");
    server.forgetRequests();
    assertThat(export("a.csv", "--resume")).isZero();
    assertThat(lines("a.csv").stream().distinct()).hasSize(12_002);
    assertThat(quire.err())
        .contains("complete: 2,001 rows, ")
        .contains("  12,001 rows of 2 runs in " + folder.resolve("a.csv"));
    assertThat(server.requests().stream().filter(each -> each.target().contains("accounts?")))
        .as("no page is asked for twice, but for the one it stopped in")
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void an_unfinished_export_is_not_touched_unless_that_is_said() throws IOException {
    export("a.csv", "--max-calls", "1");
    List<String> before = lines("a.csv.partial");
    assertThat(export("a.csv")).isEqualTo(ExitCodes.USAGE);
    assertThat(quire.err())
        .contains("is unfinished, with 5,000 rows written")
        .contains("--resume")
        .contains("--restart");
    assertThat(exportOf(SQL + " WHERE statecode = 0", "a.csv", "--resume"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(quire.err()).contains("is one of another statement").contains(SQL);
    assertThat(export("a.csv", "--resume", "--compression", "gzip")).isEqualTo(ExitCodes.USAGE);
    assertThat(quire.err()).contains("is one to csv, not to csv gzip");
    assertThat(lines("a.csv.partial")).isEqualTo(before);
    assertThat(export("a.csv", "--restart")).isZero();
    assertThat(lines("a.csv")).hasSize(12_002);
  }

  @Test
  void a_failing_service_keeps_the_rows_that_came() throws IOException {
    quire.configure(
        "sources: {crm: {type: odata, profile: dataverse, url: '%s', http: {attempts: 1}}}\n"
            .formatted(server.baseUrl()));
    server.throttleEvery(3);
    assertThat(export("a.jsonl")).isEqualTo(ExitCodes.FAILED);
    assertThat(quire.err())
        .startsWith("quire: crm.accounts, page 2, after 5,000 rows: ")
        .contains("failed: 5,000 rows, ")
        .contains("5,000 rows are kept in " + folder.resolve("a.jsonl.partial"));
    server.throttleEvery(2);
    assertThat(export("a.jsonl", "--resume")).isEqualTo(ExitCodes.FAILED);
    assertThat(quire.err())
        .contains("5,000 rows of 2 runs are kept")
        .contains("start over with --restart");
    server.throttleEvery(0);
    assertThat(export("a.jsonl", "--resume")).isZero();
    assertThat(lines("a.jsonl").stream().distinct()).hasSize(12_001);
  }

  @Test
  void a_statement_that_sorts_here_says_that_it_would_start_over() throws IOException {
    String sorted = "SELECT name FROM crm.accounts ORDER BY UPPER(name)";
    assertThat(exportOf(sorted, "a.csv", "--max-calls", "1")).isEqualTo(ExitCodes.FAILED);
    assertThat(folder).isDirectoryNotContaining("glob:**.{partial,quire-*}");
    assertThat(exportOf(sorted, "a.csv", "--resume")).isZero();
    assertThat(lines("a.csv")).hasSize(12_002);
  }

  @Test
  void parts_of_parquet_stand_in_a_folder_that_was_not_there() throws IOException {
    assertThat(export("parts/", "--format", "parquet", "--rows-per-part", "5000")).isZero();
    assertThat(folder.resolve("parts")).isDirectoryContaining("glob:**part-00003.parquet");
    assertThat(export("parts/", "--format", "parquet")).isEqualTo(ExitCodes.USAGE);
    assertThat(quire.err()).contains("is there already");
  }

  @Test
  void what_is_wrong_with_the_output_is_said_before_a_request() {
    assertThat(export("no/where/a.csv")).isEqualTo(ExitCodes.USAGE);
    assertThat(quire.err()).contains("there is no folder");
    assertThat(export("a.xlsx")).isEqualTo(ExitCodes.USAGE);
    assertThat(quire.err()).contains("does not say which format is wanted");
    assertThat(quire.run("export", SQL)).isEqualTo(ExitCodes.USAGE);
    assertThat(server.requestCount()).isZero();
  }

  static boolean hasFolderThatRefuses() {
    return Files.isDirectory(Path.of("/proc/self"));
  }

  @Test
  @EnabledIf("hasFolderThatRefuses")
  void a_folder_that_cannot_be_written_is_said_before_a_request() {
    assertThat(export("/proc/self/a.csv")).isEqualTo(ExitCodes.USAGE);
    assertThat(quire.err())
        .contains("writing in /proc/self is not permitted")
        .contains("Choose another output");
    assertThat(server.requestCount()).isZero();
  }

  static boolean hasFullDevice() {
    return Files.exists(Path.of("/dev/full"));
  }

  @Test
  @EnabledIf("hasFullDevice")
  void a_full_device_is_an_error() {
    assertThat(export("/dev/full", "--format", "csv")).isEqualTo(ExitCodes.FAILED);
    assertThat(quire.err()).contains("No space left on device");
  }

  @Test
  void a_clock_that_was_set_back_is_of_no_matter() throws IOException {
    FakeClock later = FakeClock.start();
    later.advance(Duration.ofDays(2));
    quire.context = later.context();
    assertThat(export("a.csv", "--max-calls", "1", "--on-exceed", "partial"))
        .isEqualTo(ExitCodes.PARTIAL);
    quire.context = FakeClock.start().context();
    assertThat(export("a.csv", "--resume")).isZero();
    assertThat(lines("a.csv")).hasSize(12_002).doesNotHaveDuplicates();
  }

  @Test
  void an_interrupted_export_can_go_on() throws IOException {
    quire.interrupts.raise();
    assertThat(export("a.csv")).isEqualTo(ExitCodes.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder.resolve("a.csv")).doesNotExist();
  }
}
