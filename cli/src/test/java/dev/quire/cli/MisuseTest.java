package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines that mean something else than they say. */
class MisuseTest {
  @TempDir Path folder;
  private CommandTrial quire;

  @BeforeEach
  void start() {
    quire = new CommandTrial(folder);
  }

  @Test
  void a_statement_may_begin_with_a_comment() {
    assertThat(quire.run("query", "-- all of them\nSELECT 1")).isZero();
    assertThat(quire.run("query", "--them\nSELECT 1", "--page-size=3")).isZero();
    assertThat(quire.engine.statements)
        .containsExactly("-- all of them\nSELECT 1", "--them\nSELECT 1");
  }

  @Test
  void an_option_with_blanks_in_its_value_stays_an_option() throws IOException {
    assertThat(quire.run("query", "SELECT 1", "--output=my rows.txt")).isZero();
    assertThat(folder.resolve("my rows.txt")).exists();
  }

  @Test
  void a_statement_without_quotes_is_recognized() {
    assertThat(quire.run("query", "SELECT", "name", "FROM", "crm.accounts")).isEqualTo(2);
    assertThat(quire.err())
        .startsWith("quire: one argument too many: 'name'\n")
        .contains("put it in quotes");
  }

  @Test
  void an_option_before_its_command_is_told_its_place() {
    assertThat(quire.run("-c", "other.yaml", "tables")).isEqualTo(2);
    assertThat(quire.err()).startsWith("quire: the option -c stands after the command");
  }

  @Test
  void an_unknown_option_is_named_without_its_value_and_with_the_nearest() {
    assertThat(quire.run("query", "SELECT 1", "--frmat", "csv")).isEqualTo(2);
    assertThat(quire.err())
        .startsWith("quire: unknown option '--frmat'\n  Did you mean '--format'?\n");
  }

  @Test
  void text_in_another_encoding_is_refused_before_letters_are_lost() throws IOException {
    quire.input = "SELECT 'caf\u00e9'";
    quire.inputCharset = StandardCharsets.ISO_8859_1;
    assertThat(quire.run("query", "-")).isEqualTo(2);
    Files.write(folder.resolve("a.sql"), quire.input.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(quire.run("query", "-f", "a.sql")).isEqualTo(2);
    assertThat(quire.err())
        .contains("the statement in standard input is not UTF-8 text; save it as UTF-8")
        .contains("a.sql is not UTF-8 text");
    assertThat(quire.engine.statements).isEmpty();
  }

  @Test
  void a_folder_for_a_statement_is_named_as_one() {
    assertThat(quire.run("query", "-f", ".")).isEqualTo(2);
    assertThat(quire.err()).contains("it is a folder");
  }

  @Test
  void a_file_that_may_not_be_written_is_not_replaced() throws IOException {
    quire.write("rows.csv", "precious");
    assertThat(folder.resolve("rows.csv").toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(folder.resolve("rows.csv")), "the superuser may write all");
    assertThat(quire.run("query", "SELECT 1", "-o", "rows.csv")).isEqualTo(1);
    assertThat(quire.err()).endsWith("rows.csv is not permitted\n");
    assertThat(folder.resolve("rows.csv")).hasContent("precious");
  }

  @Test
  void no_list_of_tables_is_printed_when_no_source_could_be_read() {
    quire.engine.sourceNames = List.of("broken");
    assertThat(quire.run("tables")).isEqualTo(1);
    assertThat(quire.out()).isEmpty();
    assertThat(quire.err()).isEqualTo("quire: no connection to broken\n");
  }

  @Test
  void a_time_that_no_clock_can_count_is_refused() {
    assertThat(quire.run("query", "SELECT 1", "--timeout", "99999999999h")).isEqualTo(2);
    assertThat(quire.err()).contains("is not a time");
  }
}
