package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.FakeTable;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.SourceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubQueryTest {
  private final FakeTable emp =
      FakeTable.of(
          "emp",
          List.of(
              Column.of("id", DataType.INTEGER),
              Column.of("name", DataType.VARCHAR),
              Column.of("dept", DataType.INTEGER),
              Column.of("pay", DataType.BIGINT)),
          List.of(
              new Object[] {1, "ann", 10, 100L},
              new Object[] {2, "bob", 20, 200L},
              new Object[] {3, "cid", 10, 300L},
              new Object[] {4, "dan", null, null},
              new Object[] {5, "eve", 30, 100L}),
          2);
  private final FakeTable dept =
      FakeTable.of(
          "dept",
          List.of(Column.of("id", DataType.BIGINT), Column.of("name", DataType.VARCHAR)),
          List.of(
              new Object[] {10L, "ops"},
              new Object[] {20L, "lab"},
              new Object[] {40L, "hr"},
              new Object[] {null, "none"}),
          3);
  private final Sql sql = new Sql(emp, dept);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SELECT name FROM s.emp WHERE dept IN (SELECT id FROM s.dept) ~ [ann] [bob] [cid]",
        "SELECT name FROM s.emp WHERE dept NOT IN (SELECT id FROM s.dept WHERE id IS NOT NULL) ~ [eve]",
        "SELECT name FROM s.emp WHERE dept NOT IN (SELECT id FROM s.dept) ~ ``",
        "SELECT name FROM s.emp e WHERE EXISTS (SELECT 1 FROM s.dept d WHERE d.id = e.dept) ~ [ann] [bob] [cid]",
        "SELECT name FROM s.emp e WHERE NOT EXISTS (SELECT 1 FROM s.dept d WHERE d.id = e.dept) ~ [dan] [eve]",
        "SELECT name, (SELECT MAX(d.name) FROM s.dept d WHERE d.id > e.dept) FROM s.emp e ~ [ann, lab] [bob, hr] [cid, lab] [dan, null] [eve, hr]",
      })
  void gives_what_sql_says(String statement, String expected) {
    assertThat(sql.text(statement)).isEqualTo(expected);
  }

  @Test
  void a_query_used_as_a_value_may_give_one_row_at_most() {
    assertThatThrownBy(() -> sql.rows("SELECT (SELECT name FROM s.emp) FROM s.dept"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("more than one row");
  }
}
