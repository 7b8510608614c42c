package dev.quire.cli;

import static dev.quire.cli.ShellTrial.CTRL_C;
import static dev.quire.cli.ShellTrial.CTRL_D;
import static dev.quire.cli.ShellTrial.CTRL_P;
import static dev.quire.cli.ShellTrial.ENTER;
import static dev.quire.cli.ShellTrial.TAB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.cli.format.DisplayText;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ShellTest {
  @TempDir Path folder;
  private CommandTrial quire;
  private ShellTrial shell;

  @BeforeEach
  void start() {
    quire = new CommandTrial(folder);
    quire.environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    open("xterm", 80);
  }

  private void open(String type, int columns) {
    if (shell != null) {
      close();
    }
    shell = new ShellTrial(quire, type, columns);
  }

  @AfterEach
  void close() {
    try {
      shell.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> statements() {
    return quire.engine.statements;
  }

  /** Types a statement and waits for its end. */
  private String run(String keys) {
    shell.type(keys + ENTER);
    return shell.await("complete: 3 rows, 3 calls, 1.2 MB, ") + shell.await("quire> ");
  }

  @Test
  void a_statement_may_take_several_lines_and_ends_with_a_semicolon() {
    shell.type("SELECT name" + ENTER);
    shell.await("   ... ");
    String screen = run("FROM crm.accounts -- not yet; 'it''s" + ENTER + "LIMIT 3;");
    assertThat(statements())
        .containsExactly("SELECT name\nFROM crm.accounts -- not yet; 'it''s\nLIMIT 3");
    assertThat(screen).contains("name   number\n").contains("row 1       1\n");
  }

  @Test
  void two_statements_of_a_line_run_one_after_the_other() {
    shell.type("SELECT ';'; SELECT 2;" + ENTER);
    shell.await("complete: 3 rows");
    shell.await("complete: 3 rows");
    assertThat(statements()).containsExactly("SELECT ';'", "SELECT 2");
  }

  @Test
  void tab_completes_sources_and_their_tables() {
    run("SELECT 1 FROM cr" + TAB + "acc" + TAB + ";");
    run("SELECT 1 FROM crm.\"my" + TAB + ";");
    assertThat(statements())
        .containsExactly("SELECT 1 FROM crm.accounts", "SELECT 1 FROM crm.\"my table\"");
  }

  @Test
  void tab_completes_columns_of_the_tables_that_the_statement_names() {
    run("SELECT * FROM crm.accounts a WHERE a.acc" + TAB + "= 1 AND own" + TAB + "= 2;");
    assertThat(statements().get(0))
        .isEqualTo("SELECT * FROM crm.accounts a WHERE a.accountid = 1 AND ownerid = 2");
  }

  @Test
  void tab_completes_keywords_in_the_case_that_is_typed() {
    run("sel" + TAB + "1;");
    run("SEL" + TAB + "2;");
    assertThat(statements()).containsExactly("select 1", "SELECT 2");
  }

  @Test
  void tab_is_silent_about_a_source_that_cannot_be_read() {
    String screen = run("SELECT 1 FROM broken.x" + TAB + ";");
    assertThat(screen).doesNotContain("no connection");
    assertThat(statements()).containsExactly("SELECT 1 FROM broken.x");
  }

  @Test
  void names_are_not_asked_for_before_tab_is_pressed() {
    run("SELECT 1 FROM crm.accounts;");
    assertThat(quire.engine.metadataQuestions).isZero();
    run("SELECT 1 FROM crm.acc" + TAB + ";");
    assertThat(quire.engine.metadataQuestions).isPositive();
  }

  @Test
  void earlier_statements_are_found_again_by_the_next_shell() throws Exception {
    run("SELECT 1" + ENTER + "FROM crm.accounts;");
    open("xterm", 80);
    run(CTRL_P);
    assertThat(statements())
        .containsExactly("SELECT 1\nFROM crm.accounts", "SELECT 1\nFROM crm.accounts");
    Path file = folder.resolve("state/quire/history");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void the_history_keeps_neither_commands_nor_secrets() throws Exception {
    run("SELECT 1 FROM crm.accounts WHERE token = 'abc-123';");
    shell.type("\\timing" + ENTER);
    shell.await("not shown.");
    shell.type("\\timing" + ENTER);
    run("SELECT 2;");
    String history = Files.readString(folder.resolve("state/quire/history"));
    assertThat(history).contains("SELECT 2;").doesNotContain("abc-123").doesNotContain("timing");
    assertThat(ShellHistory.isKept("SELECT client_secret FROM a.b;")).isTrue();
    assertThat(ShellHistory.isKept("SELECT 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x';"))
        .isFalse();
  }

  @Test
  void ctrl_c_while_typing_forgets_what_was_typed() {
    shell.type("SELECT nonsense" + ENTER);
    shell.await("   ... ");
    shell.type("and more");
    shell.await("and more");
    shell.type(CTRL_C);
    shell.await("quire> ");
    run("SELECT 2;");
    assertThat(statements()).containsExactly("SELECT 2");
  }

  @Test
  void ctrl_c_stops_the_statement_and_not_the_shell() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    quire.engine.onCancel = cancelled::countDown;
    quire.engine.beforeTheEnd =
        () -> {
          running.countDown();
          await(cancelled);
        };
    shell.type("SELECT 1;" + ENTER);
    await(running);
    shell.type(CTRL_C);
    assertThat(shell.await("interrupted: 3 rows, ")).contains("row 3       3\n");
    quire.engine.beforeTheEnd = () -> {};
    shell.await("quire> ");
    run("SELECT 2;");
    assertThat(statements()).containsExactly("SELECT 1", "SELECT 2");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_error_does_not_end_the_shell() {
    quire.engine.faultAtOnce = new SourceException(ErrorKind.SYNTAX, "no such word");
    shell.type("SELEC 1;" + ENTER);
    shell.await("quire: no such word\n");
    shell.await("quire> ");
    quire.engine.faultAtOnce = null;
    run("SELECT 1;");
    shell.type("\\wrong" + ENTER);
    shell.await("quire: there is no command \\wrong\n");
    run("SELECT 2;");
  }

  @Test
  void commands_show_tables_columns_plans_and_help() {
    shell.type("\\d" + ENTER);
    assertThat(shell.await("crm.\"my table\"\n")).contains("no connection to broken");
    shell.type("\\d CRM" + ENTER);
    assertThat(shell.await("crm.\"my table\"\n")).contains("crm.accounts\n");
    shell.type("\\d crm.accounts;" + ENTER);
    assertThat(shell.await("-> users.userid\n")).contains("accountid  UUID");
    shell.type("\\explain SELEC 1;" + ENTER);
    shell.await("cannot read SELEC");
    shell.type("\\?" + ENTER);
    assertThat(shell.await("Ctrl-R")).contains(ShellHelp.COMMANDS);
  }

  @Test
  void the_format_and_the_line_of_cost_can_be_chosen() {
    shell.type("\\format csv" + ENTER);
    shell.await("Rows are written as csv.\n");
    assertThat(run("SELECT 1;")).contains("name,number\nrow 1,1\n");
    shell.type("\\format xml" + ENTER);
    shell.await("there is no format 'xml'");
    shell.type("\\timing" + ENTER);
    shell.await("not shown.\n");
    shell.type("SELECT 1;" + ENTER);
    shell.await("row 3,3\n");
    assertThat(shell.await("quire> ")).doesNotContain("complete");
  }

  @Test
  void q_and_ctrl_d_quit() throws Exception {
    shell.type("\\q" + ENTER);
    assertThat(shell.exitCode()).isZero();
    open("xterm", 80);
    shell.type(CTRL_D);
    assertThat(shell.exitCode()).isZero();
  }

  @Test
  void quit_and_exit_quit_too() throws Exception {
    for (String word : List.of("quit", "EXIT;", " exit ")) {
      open("xterm", 80);
      shell.type(word + ENTER);
      assertThat(shell.exitCode()).isZero();
    }
    open("xterm", 80);
    run("SELECT quit FROM crm.accounts;");
  }

  @Test
  void sources_are_listed_without_asking_them() {
    shell.type("\\l" + ENTER);
    assertThat(shell.await("quire> ")).contains("broken\n").contains("crm\n");
    shell.type("\\dt crm" + ENTER);
    assertThat(shell.await("crm.\"my table\"\n")).contains("crm.accounts\n");
  }

  @Test
  void x_shows_one_value_a_line_and_a_row_a_line_again() {
    shell.type("\\x" + ENTER);
    shell.await("Tables show one value a line.\n");
    assertThat(run("SELECT 1;")).contains("-- row 1 --\nname    row 1\nnumber  1\n-- row 2 --\n");
    shell.type("\\x" + ENTER);
    shell.await("where the window has room for its columns.\n");
    assertThat(run("SELECT 1;")).contains("name   number\n");
    shell.type("\\x of" + TAB + ENTER);
    shell.await("however long it is.\n");
    shell.type("\\x maybe" + ENTER);
    shell.await("'maybe' is none of on, off and auto\n");
  }

  @Test
  void x_off_keeps_a_row_on_its_line_in_a_window_without_room() {
    open("xterm", 10);
    assertThat(run("SELECT 1;")).contains("-- row 1 --\n");
    shell.type("\\x off" + ENTER);
    shell.await("however long it is.\n");
    assertThat(run("SELECT 1;")).contains("row 1       1\n").doesNotContain("-- row");
  }

  @Test
  void rows_fit_a_narrow_window() {
    open("xterm", 24);
    quire.engine.prefix = "a long name that takes its place ";
    String rows = run("SELECT 1;");
    assertThat(rows).contains("…");
    assertThat(rows.lines().filter(line -> line.contains("…")))
        .hasSize(3)
        .allMatch(line -> DisplayText.width(line) <= 24);
  }

  @Test
  void japanese_text_is_typed_and_stays_aligned() {
    quire.engine.prefix = "東京都千代田区 ";
    String rows = run("SELECT '株式会社' FROM crm.accounts;");
    assertThat(statements()).containsExactly("SELECT '株式会社' FROM crm.accounts");
    assertThat(rows)
        .contains("name              number\n")
        .contains("----------------  ------\n")
        .contains("東京都千代田区 1       1\n");
  }

  @Test
  void a_dumb_terminal_gets_no_escape_codes() {
    open("dumb", 80);
    run("SELECT 1;");
    assertThat(statements()).containsExactly("SELECT 1");
    assertThat(shell.written()).doesNotContain("\u001b");
  }
}
