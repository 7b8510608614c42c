package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.OnExceed;
import dev.quire.chain.Verdict;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  @TempDir Path folder;
  private CommandTrial quire;

  @BeforeEach
  void start() {
    quire = new CommandTrial(folder);
  }

  @Test
  void a_complete_result_exits_with_0_rows_on_stdout_footer_on_stderr() {
    assertThat(quire.run("query", "SELECT 1", "--format", "csv")).isZero();
    assertThat(quire.out()).isEqualTo("name,number\r\nrow 1,1\r\nrow 2,2\r\nrow 3,3\r\n");
    assertThat(quire.err())
        .matches(
            "complete: 3 rows, 3 calls, 1\\.2 MB, \\d+\\.\\d\\d s"
                + " \\(1 metadata call, 2 retries, waited 1\\.2 s\\)\n");
    assertThat(quire.engine.closedResults).isEqualTo(1);
    assertThat(quire.engine.closed).isTrue();
  }

  @Test
  void quiet_hides_the_footer_of_a_complete_result_only() {
    quire.engine.warnings.add("the service announced 4 rows and sent 3");
    assertThat(quire.run("query", "-q", "SELECT 1")).isZero();
    assertThat(quire.err()).isEqualTo("warning: the service announced 4 rows and sent 3\n");
    quire.engine.verdict = Verdict.partial("the calls are used up");
    assertThat(quire.run("query", "-q", "SELECT 1")).isEqualTo(3);
    assertThat(quire.err()).contains("partial: 3 rows").contains(": the calls are used up\n");
  }

  @Test
  void a_partial_result_ends_its_document_and_exits_with_3() {
    quire.engine.verdict = Verdict.partial("the calls are used up");
    assertThat(quire.run("query", "SELECT 1", "--format", "json")).isEqualTo(3);
    assertThat(quire.out()).endsWith("}\n]\n");
  }

  @Test
  void a_failed_statement_exits_with_1_and_leaves_its_document_open() {
    quire.engine.fault =
        new SourceException(ErrorKind.REMOTE_FAILURE, "the service failed")
            .withPlace("crm.accounts, page 2")
            .withHint("Try again later.");
    assertThat(quire.run("query", "SELECT 1", "--format", "json")).isEqualTo(1);
    assertThat(quire.out()).startsWith("[\n{").endsWith("}");
    assertThat(quire.err())
        .startsWith("failed: 3 rows, ")
        .endsWith("quire: crm.accounts, page 2: the service failed\n  Try again later.\n")
        .doesNotContain("\tat ");
  }

  @Test
  void a_statement_that_fails_at_once_writes_nothing_to_stdout() {
    quire.engine.rows = 0;
    quire.engine.fault = new SourceException(ErrorKind.PERMISSION, "refused");
    assertThat(quire.run("query", "SELECT 1", "--format", "json")).isEqualTo(1);
    assertThat(quire.out()).isEmpty();
    assertThat(quire.err()).isEqualTo("quire: refused\n");
  }

  @Test
  void wrong_sql_is_1_and_a_wrong_configuration_2() {
    quire.engine.faultAtOnce = new SourceException(ErrorKind.SYNTAX, "no such word");
    assertThat(quire.run("query", "SELEC 1")).isEqualTo(1);
    quire.engine.faultAtOnce = new SourceException(ErrorKind.CONFIGURATION, "no such variable");
    assertThat(quire.run("query", "SELECT 1")).isEqualTo(2);
    quire.configure("source: {}\n");
    assertThat(quire.run("query", "SELECT 1")).isEqualTo(2);
    assertThat(quire.err()).contains("quire.yaml:1: unknown key 'source'");
  }

  @Test
  void without_a_configuration_the_message_shows_an_example() throws IOException {
    Files.delete(folder.resolve("quire.yaml"));
    assertThat(quire.run("query", "SELECT 1")).isEqualTo(2);
    assertThat(quire.err()).contains("there is no configuration").contains("type: odata");
    assertThat(quire.run("query", "SELECT 1", "--config", "other.yaml")).isEqualTo(2);
    assertThat(quire.err()).contains("other.yaml");
  }

  @Test
  void a_fault_of_quires_own_says_so_and_shows_its_stack_only_when_asked() {
    quire.engine.beforeTheEnd =
        () -> {
          throw new IllegalStateException("odd");
        };
    assertThat(quire.run("query", "SELECT 1")).isEqualTo(1);
    assertThat(quire.err()).contains("a fault of Quire's own").doesNotContain("\tat ");
    assertThat(quire.run("query", "SELECT 1", "-vv")).isEqualTo(1);
    assertThat(quire.err()).contains("\tat dev.quire");
  }

  @Test
  void an_interrupted_statement_writes_what_it_has_and_exits_with_130() {
    quire.engine.beforeTheEnd = quire.interrupts::raise;
    assertThat(quire.run("query", "SELECT 1", "--format", "csv")).isEqualTo(130);
    assertThat(quire.out()).endsWith("row 3,3\r\n");
    assertThat(quire.err()).startsWith("interrupted: 3 rows, ").hasLineCount(1);
  }

  @Test
  void an_interruption_while_planning_exits_with_130() {
    quire.engine.faultAtOnce = new SourceException(ErrorKind.CANCELLED, "interrupted");
    quire.interrupts.raise();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(quire.run("query", "SELECT 1")).isEqualTo(130);
    assertThat(quire.err()).isEqualTo("interrupted before the first row\n");
  }

  @Test
  void rows_held_back_for_the_table_are_shown_when_the_statement_breaks_off() {
    quire.engine.fault = new SourceException(ErrorKind.TIMEOUT, "no answer");
    assertThat(quire.run("query", "SELECT 1")).isEqualTo(1);
    assertThat(quire.out()).contains("row 3");
  }

  @Test
  void a_reader_that_goes_away_stops_the_statement_without_a_word() {
    quire.engine.rows = 1_000_000;
    quire.rawOut =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(quire.run("query", "SELECT 1", "--format", "csv")).isEqualTo(141);
    assertThat(quire.err()).isEmpty();
    assertThat(quire.engine.closedResults).isEqualTo(1);
  }

  @Test
  void a_full_disk_is_not_taken_for_a_reader_that_went_away() {
    quire.rawOut =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(quire.run("query", "SELECT 1")).isEqualTo(1);
    assertThat(quire.err()).isEqualTo("quire: writing failed: No space left on device\n");
  }

  @Test
  void an_output_file_gets_its_name_when_it_is_whole() throws IOException {
    quire.write("rows.csv", "older");
    quire.engine.beforeTheEnd = () -> assertThat(folder.resolve("rows.csv")).hasContent("older");
    assertThat(quire.run("query", "SELECT 1", "--format", "csv", "-o", "rows.csv")).isZero();
    assertThat(Files.readString(folder.resolve("rows.csv"))).endsWith("row 3,3\r\n");
    assertThat(quire.out()).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**unfinished*");
  }

  @Test
  void a_failed_or_interrupted_statement_leaves_no_file() {
    quire.engine.fault = new SourceException(ErrorKind.TIMEOUT, "no answer");
    assertThat(quire.run("query", "SELECT 1", "-o", "rows.txt")).isEqualTo(1);
    quire.engine.beforeTheEnd = quire.interrupts::raise;
    assertThat(quire.run("query", "SELECT 1", "-o", "rows.txt")).isEqualTo(130);
    assertThat(folder).isDirectoryNotContaining("glob:**rows*");
  }

  @Test
  void partial_rows_are_kept_under_another_name() {
    quire.engine.verdict = Verdict.partial("the time is over");
    assertThat(quire.run("query", "SELECT 1", "-o", "rows.txt")).isEqualTo(3);
    assertThat(folder.resolve("rows.txt")).doesNotExist();
    assertThat(folder.resolve("rows.txt.partial")).content().contains("row 3");
    assertThat(quire.err()).endsWith("The rows are kept in " + folder + "/rows.txt.partial\n");
  }

  @Test
  void an_output_file_that_cannot_be_written_is_found_before_a_call_is_made() {
    assertThat(quire.run("query", "SELECT 1", "-o", "absent/rows.txt")).isEqualTo(1);
    assertThat(quire.err()).startsWith("quire: writing failed: there is no folder ");
    assertThat(quire.engine.statements).isEmpty();
  }

  @Test
  void the_statement_comes_from_a_file_or_from_standard_input() {
    quire.write("report.sql", "\uFEFFSELECT 2");
    assertThat(quire.run("query", "-f", "report.sql")).isZero();
    quire.input = "SELECT 3";
    assertThat(quire.run("query", "-", "--format", "csv")).isZero();
    assertThat(quire.engine.statements).containsExactly("SELECT 2", "SELECT 3");
  }

  @Test
  void no_statement_and_two_statements_are_usage_faults() {
    assertThat(quire.run("query")).isEqualTo(2);
    assertThat(quire.run("query", "SELECT 1", "-f", "report.sql")).isEqualTo(2);
    assertThat(quire.run("query", "-f", "absent.sql")).isEqualTo(2);
    assertThat(quire.run("query", " ")).isEqualTo(2);
    assertThat(quire.engine.statements).isEmpty();
  }

  @Test
  void limits_of_the_configuration_are_the_engines_and_options_come_on_top() {
    quire.configure("sources: {crm: {type: odata}}\nlimits: {calls: 10, on_exceed: partial}\n");
    assertThat(quire.run("query", "SELECT 1")).isZero();
    assertThat(quire.engine.options.onExceed()).isEmpty();
    assertThat(
            quire.run(
                "query SELECT#1 --max-calls 5 --max-bytes 2MiB --max-rows 7 --timeout 30s"
                    .concat(" --deadline 14m --on-exceed wait --page-size 100")
                    .split(" ")))
        .isZero();
    StatementOptions options = quire.engine.options;
    assertThat(options.maxCalls()).isEqualTo(5);
    assertThat(options.maxBytes()).isEqualTo(2 << 20);
    assertThat(options.rowBudget()).isEqualTo(7);
    assertThat(options.timeout()).contains(Duration.ofSeconds(30));
    assertThat(options.deadline()).contains(Duration.ofMinutes(14));
    assertThat(options.onExceed()).contains(OnExceed.WAIT);
    assertThat(options.pageSize()).hasValue(100);
  }

  @Test
  void values_of_options_are_checked() {
    assertThat(quire.run("query", "SELECT 1", "--timeout", "30")).isEqualTo(2);
    assertThat(quire.run("query", "SELECT 1", "--max-calls", "0")).isEqualTo(2);
    assertThat(quire.run("query", "SELECT 1", "--max-bytes", "5MB")).isEqualTo(2);
    assertThat(quire.run("query", "SELECT 1", "--max-rows", "0")).isEqualTo(2);
    assertThat(quire.run("query", "SELECT 1", "--deadline", "14")).isEqualTo(2);
    assertThat(quire.run("query", "SELECT 1", "--format", "xml")).isEqualTo(2);
    assertThat(quire.err())
        .contains("'30' is not a time; write 30s, 5m or 1h")
        .contains("'0' is not a whole number from 1");
  }

  @Test
  void an_unknown_command_or_option_brings_the_nearest() {
    assertThat(quire.run("qery", "SELECT 1")).isEqualTo(2);
    assertThat(quire.err()).startsWith("quire: unknown command 'qery'\n  Did you mean 'query");
    assertThat(quire.run("query", "SELECT 1", "--formt", "csv")).isEqualTo(2);
    assertThat(quire.err()).contains("'--format'").contains("'quire query --help'");
  }

  @Test
  void verbose_prints_a_line_for_each_request() {
    assertThat(quire.run("query", "SELECT 1", "--verbose")).isZero();
    assertThat(quire.err().lines().findFirst().orElseThrow())
        .matches(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  data +GET http://localhost/odata/accounts\\?key=\\*\\*\\*"
                + "  200, 1\\.2 kB, 12 ms");
  }

  @Test
  void a_message_of_a_service_cannot_move_the_cursor() {
    quire.engine.faultAtOnce = new SourceException(ErrorKind.REJECTED, "no\u001b[2J\nsecond");
    quire.run("query", "SELECT 1");
    assertThat(quire.err()).isEqualTo("quire: no\\u001b[2J\nsecond\n");
  }

  @Test
  void tables_lists_what_can_be_read_and_reports_what_cannot() {
    assertThat(quire.run("tables", "crm", "--format", "csv")).isZero();
    assertThat(quire.out()).isEqualTo("table\r\ncrm.accounts\r\n\"crm.\"\"my table\"\"\"\r\n");
    assertThat(quire.run("tables")).isEqualTo(1);
    assertThat(quire.err()).isEqualTo("quire: no connection to broken\n");
  }

  @Test
  void describe_shows_types_keys_and_references() {
    assertThat(quire.run("describe", "crm.accounts")).isZero();
    assertThat(quire.err()).isEqualTo("Companies\n");
    assertThat(quire.out())
        .isEqualTo(
            """
            column     type         null  notes
            ---------  -----------  ----  ---------------
            accountid  UUID         no    key; The key.
            ownerid    VARCHAR(36)  yes   -> users.userid
            """);
  }

  @Test
  void a_caret_keeps_its_place_in_a_message() {
    assertThat(quire.run("explain", "SELEC")).isEqualTo(1);
    assertThat(quire.err()).isEqualTo("quire: cannot read SELEC\n  SELEC\n  ^\n");
  }

  @Test
  void every_command_has_help_with_an_example_on_stdout() {
    for (String command :
        new String[] {"query", "explain", "tables", "describe", "check", "init", "demo"}) {
      CommandTrial trial = new CommandTrial(folder);
      assertThat(trial.run(command, "--help")).isZero();
      assertThat(trial.out()).contains("Example").contains("quire " + command);
      assertThat(trial.err()).isEmpty();
    }
    assertThat(quire.run("--help")).isZero();
    assertThat(quire.run("--version")).isZero();
    assertThat(quire.out())
        .contains("Exit codes")
        .contains("query")
        .contains("quire (not packaged)");
  }

  @Test
  void without_a_command_the_usage_goes_to_stderr() {
    assertThat(quire.run()).isEqualTo(2);
    assertThat(quire.out()).isEmpty();
    assertThat(quire.err()).contains("quire query");
  }
}
