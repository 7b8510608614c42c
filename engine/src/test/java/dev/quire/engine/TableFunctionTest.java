package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions of sources in FROM. */
class TableFunctionTest {
  private final List<List<Object>> calls = new ArrayList<>();
  private final FakeSource crm =
      new FakeSource(
              "crm",
              new AdjustableTable(
                  "letters",
                  List.of(Column.of("letter", DataType.varchar(1))),
                  List.of(new Object[] {"a"}, new Object[] {"c"})))
          .withFunction("spell", this::spell);
  private final FakeConnector connector = new FakeConnector(crm);
  private final Engine engine =
      new QuireEngine(
          Configuration.of(Map.of("crm", Map.of("type", "fake"))),
          ConnectorContext.system(),
          Map.of("fake", connector));

  @AfterEach
  void close() {
    engine.close();
  }

  /** One row per character of the first argument, in a column named as the second. */
  private Table spell(List<Object> arguments) {
    calls.add(arguments);
    String column = arguments.size() > 1 ? String.valueOf(arguments.get(1)) : "letter";
    List<Object[]> rows = new ArrayList<>();
    for (String letter : String.valueOf(arguments.get(0)).split("")) {
      rows.add(new Object[] {letter});
    }
    return new AdjustableTable("spell", List.of(Column.of(column, DataType.varchar(1))), rows);
  }

  private List<Object> rows(String sql, Object... parameters) {
    StatementOptions options = StatementOptions.DEFAULT.withParameters(Arrays.asList(parameters));
    List<Object> rows = new ArrayList<>();
    try (Result result = engine.query(sql, options)) {
      for (Optional<Object[]> row = next(result); row.isPresent(); row = next(result)) {
        rows.add(row.get().length == 1 ? row.get()[0] : Arrays.asList(row.get()));
      }
    }
    return rows;
  }

  private static Optional<Object[]> next(Result result) {
    return Optional.ofNullable(result.next());
  }

  @Test
  void a_call_is_a_table() {
    assertThat(rows("SELECT * FROM crm.spell('abc')")).containsExactly("a", "b", "c");
    assertThat(rows("SELECT * FROM spell('ab')")).containsExactly("a", "b");
  }

  @Test
  void the_standard_form_is_the_same() {
    assertThat(rows("SELECT * FROM TABLE(crm.spell('ab')) AS t WHERE t.letter > 'a'"))
        .containsExactly("b");
  }

  @Test
  void its_columns_follow_from_its_arguments() {
    assertThat(rows("SELECT x.sign FROM crm.spell('ab', 'sign') x ORDER BY sign DESC"))
        .containsExactly("b", "a");
  }

  @Test
  void it_joins_with_tables_and_with_itself() {
    assertThat(
            rows(
                "SELECT l.letter FROM crm.letters l JOIN crm.spell('abc') s ON s.letter = l.letter"
                    + " JOIN crm.spell('cde') AS o ON o.letter = s.letter"))
        .containsExactly("c");
  }

  @Test
  void it_stands_in_subqueries_and_in_with() {
    assertThat(
            rows(
                "WITH w AS (SELECT letter FROM crm.spell('ab')) SELECT letter FROM w"
                    + " WHERE letter IN (SELECT letter FROM crm.spell('bc'))"))
        .containsExactly("b");
  }

  @Test
  void the_same_call_is_made_once() {
    rows("SELECT * FROM crm.spell('ab') a JOIN crm.spell('ab') b ON a.letter = b.letter");
    assertThat(calls).containsExactly(List.of("ab"));
  }

  @Test
  void parameters_are_arguments() {
    assertThat(rows("SELECT * FROM crm.spell(?)", "xy")).containsExactly("x", "y");
  }

  @Test
  void text_over_many_lines_with_quotes_arrives_as_it_is() {
    rows("SELECT * FROM crm.spell('<a b=\"1\">\n  it''s</a>')");
    assertThat(calls.get(0)).containsExactly("<a b=\"1\">\n  it's</a>");
  }

  @Test
  void an_unknown_function_is_named_with_its_place() {
    for (String name : List.of("crm.spel", "nowhere.spell", "spel", "a.b.c.spell")) {
      assertThatThrownBy(() -> rows("SELECT * FROM " + name + "('ab')"))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.UNKNOWN_NAME);
                assertThat(e.problem()).contains("no function " + name);
                assertThat(e.place()).contains("line 1, column 15");
              });
    }
  }

  @Test
  void an_argument_that_is_no_constant_is_refused() {
    assertThatThrownBy(() -> rows("SELECT * FROM crm.letters, crm.spell(letter)"))
        .hasMessageContaining("the arguments of crm.spell in FROM must be constants");
  }
}
