package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The usual typing errors, each with a short message and a caret. */
class SyntaxFaultsTest {
  private final Sample sample = new Sample();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT name, age a WHERE age = 1 ~ 20 ~ cannot be read at 'WHERE' ~ FROM is missing",
        "SELECT name age a FROM crm.contacts ~ 17 ~ cannot be read at 'a' ~ comma missing",
        "SELECT name, FROM crm.accounts ~ 12 ~ a comma too many ~ ^",
        "SELECT name,, score FROM crm.accounts ~ 12 ~ a comma too many ~ ^",
        "SELECT 1 FROM crm.accounts WHERE name = 'abc ~ 41 ~ quote is not closed ~ doubled",
        "SELECT 1 FROM crm.accounts WHERE name = 'it's' ~ 46 ~ quote is not closed ~ 'it''s'",
        "SELECT \"name FROM crm.accounts ~ 8 ~ quote is not closed ~ ^",
        "SELECT 1 /* one FROM crm.accounts ~ 10 ~ comment is not closed ~ ^",
        "SELECT COUNT(* FROM crm.accounts ~ 13 ~ bracket is not closed ~ ^",
        "SELECT 1 FROM crm.accounts WHERE (score = 1 ~ 34 ~ bracket is not closed ~ ^",
        "SELECT 1 FROM crm.accounts WHERE score = 1) ~ 43 ~ bracket closes none ~ ^",
        "SELECT 1 FROM crm.accounts WHERE score == 1 ~ 40 ~ compares with = ~ ^^",
        "SELECT 1 FROM crm.accounts WHERE score => 1 ~ 40 ~ >= ~ ^^",
        "SELECT 1 FROM crm.accounts WHERE active && active ~ 41 ~ AND ~ ^^",
        "SELECT 1 FROM crm.accounts WHERE name = ‘a’ ~ 41 ~ not a quote ~ 'text'",
        "SELECT [name] FROM crm.accounts ~ 8 ~ double quotes ~ ^",
        "SELECT TOP 5 name FROM crm.accounts ~ 12 ~ cannot be read at '5' ~ LIMIT 5",
        "SELECT 1 FROM crm.accounts; SELECT 2 ~ 27 ~ one statement at a time ~ ^",
        "SELEC name FROM crm.accounts ~ 1 ~ 'SELEC' ~ Did you mean 'SELECT'?",
        "SELECT name FORM crm.accounts ~ 18 ~ 'crm' ~ Did you mean 'FROM'?",
        "SELECT name FROM crm.accounts WERE score = 1 ~ 36 ~ 'score' ~ Did you mean 'WHERE'?",
        "SELECT name FROM crm.accounts ORDER BY name DSC ~ 45 ~ 'DSC' ~ Did you mean 'DESC'?",
        "SELECT 1 FROM crm.accounts WHERE name = \"abc\" ~ 42 ~ no column 'abc' ~ single quotes: 'abc'",
      })
  void is_explained(String sql, int column, String problem, String advice) {
    assertThatThrownBy(() -> sample.plan(sql))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("line 1, column " + column + ": ")
        .hasMessageContaining(problem)
        .hasMessageContaining(advice)
        .hasMessageContaining("\n  " + " ".repeat(column - 1) + "^");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT",
        "SELECT name FROM",
        "SELECT name FROM crm.accounts where",
        "SELECT name FROM crm.accounts WHERE",
        "SELECT name FROM crm.accounts WHERE score =",
        "SELECT name FROM crm.accounts WHERE score = 1 AND",
        "SELECT name FROM crm.accounts GROUP BY",
        "SELECT name FROM crm.accounts ORDER",
        "SELECT name FROM crm.accounts LIMIT",
        "SELECT name FROM crm.accounts AS"
      })
  void a_statement_that_stops_ends_too_early(String sql) {
    assertThatThrownBy(() -> sample.plan(sql))
        .hasMessageStartingWith("line 1, column " + (sql.length() + 1))
        .hasMessageContaining("the statement ends too early");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ;", "-- nothing", "/* nothing */ ;", "EXPLAIN"})
  void a_statement_without_words_is_empty(String sql) {
    assertThatThrownBy(() -> sample.plan(sql)).hasMessage("the statement is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM crm.accounts;",
        "SELECT name FROM crm.accounts; -- done",
        "SELECT name /* the ; name's */ FROM crm.accounts -- it's all",
        "SELECT name FROM crm.accounts WHERE score != 1",
        "SELECT name FROM crm.accounts WHERE name = 'a;b--c'",
        "SELECT name FROM crm.accounts LIMIT 5, 10"
      })
  void is_read(String sql) {
    assertThatCode(() -> sample.plan(sql)).doesNotThrowAnyException();
  }

  @Test
  void texts_of_any_length_are_passed_over() {
    String longText = "'" + "it''s ".repeat(50_000) + "'";
    assertThatThrownBy(() -> sample.plan("SELECT " + longText + " FROM crm.accounts WHERE )"))
        .hasMessageContaining("this bracket closes none");
  }

  @Test
  void a_mysql_limit_skips_first() {
    assertThat(sample.operators("SELECT name FROM crm.accounts LIMIT 5, 10"))
        .first()
        .asString()
        .contains("Limit 10, Offset 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "createdon > '2026-13-01' ~ 48 ~ '2026-13-01' cannot be read as TIMESTAMP WITH TIME ZONE, the type of createdon",
        "a.founded = 'yesterday' ~ 48 ~ 'yesterday' cannot be read as DATE, the type of founded",
        "founded BETWEEN '2026-01-01' AND '2026-02-30' ~ 69 ~ cannot be read as DATE, the type of founded",
        "createdon > TIMESTAMP '2026-13-01 00:00:00' ~ 48 ~ cannot be read as TIMESTAMP: ",
      })
  void a_value_that_cannot_be_read_has_its_place(String condition, int column, String problem) {
    assertThatThrownBy(() -> sample.plan("SELECT 1 FROM crm.accounts a WHERE " + condition))
        .hasMessageStartingWith("line 1, column " + column + ": ")
        .hasMessageContaining(problem)
        .hasMessageContaining("^^^^");
  }
}
