package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.FakeTable;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {
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
        "SELECT name FROM s.emp ORDER BY pay DESC, name LIMIT 2 ~ [cid] [bob]",
        "SELECT name FROM s.emp ORDER BY pay DESC NULLS LAST, name LIMIT 2 ~ [cid] [bob]",
        "SELECT name FROM s.emp ORDER BY pay NULLS FIRST, name DESC ~ [dan] [eve] [ann] [bob] [cid]",
        "SELECT name FROM s.emp ORDER BY dept, id DESC LIMIT 2 OFFSET 1 ~ [cid] [ann]",
        "SELECT name FROM s.emp ORDER BY id OFFSET 3 ~ [dan] [eve]",
        "SELECT name FROM s.emp ORDER BY id LIMIT 0 ~ ``",
        "SELECT DISTINCT dept FROM s.emp ~ [10] [20] [null] [30]",
        "SELECT e.name, d.name FROM s.emp e JOIN s.dept d ON e.dept = d.id ~ [ann, ops] [bob, lab] [cid, ops]",
        "SELECT e.name, d.name FROM s.emp e LEFT JOIN s.dept d ON e.dept = d.id ~ [ann, ops] [bob, lab] [cid, ops] [dan, null] [eve, null]",
        "SELECT e.name, d.name FROM s.emp e RIGHT JOIN s.dept d ON e.dept = d.id ~ [ann, ops] [bob, lab] [cid, ops] [null, hr] [null, none]",
        "SELECT e.id, d.id FROM s.emp e FULL JOIN s.dept d ON e.dept = d.id ~ [1, 10] [2, 20] [3, 10] [4, null] [5, null] [null, 40] [null, null]",
        "SELECT e.id, d.id FROM s.emp e JOIN s.dept d ON e.dept < d.id AND e.pay > 100 ~ [2, 40] [3, 20] [3, 40]",
        "SELECT e.id, d.id FROM s.emp e LEFT JOIN s.dept d ON e.dept = d.id AND e.pay > 100 ~ [1, null] [2, 20] [3, 10] [4, null] [5, null]",
        "SELECT COUNT(*) FROM s.emp CROSS JOIN s.dept ~ [20]",
        "SELECT dept, COUNT(*), COUNT(pay), SUM(pay), MIN(name), MAX(pay) FROM s.emp GROUP BY dept ~ [10, 2, 2, 400, ann, 300] [20, 1, 1, 200, bob, 200] [null, 1, 0, null, dan, null] [30, 1, 1, 100, eve, 100]",
        "SELECT COUNT(*), SUM(pay), AVG(id) FROM s.emp WHERE id > 99 ~ [0, null, null]",
        "SELECT AVG(id), AVG(CAST(id AS DECIMAL(10, 2))) FROM s.emp ~ [3.0, 3.0000000000]",
        "SELECT COUNT(DISTINCT pay), SUM(DISTINCT pay) FROM s.emp ~ [3, 600]",
        "SELECT COUNT(*) FILTER (WHERE pay > 100), SUM(pay) FILTER (WHERE dept = 10) FROM s.emp ~ [2, 400]",
        "SELECT dept, SUM(pay) FROM s.emp GROUP BY dept HAVING SUM(pay) > 150 ~ [10, 400] [20, 200]",
        "SELECT dept, SUM(pay), GROUPING(dept) FROM s.emp WHERE dept < 30 GROUP BY ROLLUP(dept) ~ [10, 400, 0] [20, 200, 0] [null, 600, 1]",
        "SELECT dept, pay, COUNT(*) FROM s.emp WHERE dept = 10 GROUP BY GROUPING SETS ((dept), (pay), ()) ~ [10, null, 2] [null, 100, 1] [null, 300, 1] [null, null, 2]",
        "SELECT dept FROM s.emp UNION SELECT id FROM s.dept ~ [10] [20] [null] [30] [40]",
        "SELECT dept FROM s.emp UNION ALL SELECT id FROM s.dept WHERE id > 20 ~ [10] [20] [10] [null] [30] [40]",
        "SELECT dept FROM s.emp INTERSECT SELECT id FROM s.dept ~ [10] [20] [null]",
        "SELECT dept FROM s.emp INTERSECT ALL SELECT id FROM s.dept ~ [10] [20] [null]",
        "SELECT dept FROM s.emp EXCEPT SELECT id FROM s.dept ~ [30]",
        "SELECT dept FROM s.emp EXCEPT ALL SELECT id FROM s.dept ~ [10] [30]",
        "WITH top AS (SELECT * FROM s.emp ORDER BY id LIMIT 3) SELECT SUM(pay) FROM top ~ [600]",
        "SELECT STDDEV_POP(id), VAR_SAMP(id) FROM s.emp ~ [1.4142135623730951, 2.5]",
        "SELECT d.name, e.name FROM s.dept d, LATERAL (SELECT name FROM s.emp x WHERE x.dept = d.id ORDER BY id DESC LIMIT 1) e ~ [ops, cid] [lab, bob]",
      })
  void gives_what_sql_says(String statement, String expected) {
    assertThat(sql.text(statement)).isEqualTo(expected);
  }

  @Test
  void a_sum_is_exact_whatever_its_size_and_never_wraps() {
    FakeTable big =
        FakeTable.of(
            "big",
            List.of(Column.of("v", DataType.BIGINT)),
            List.of(
                new Object[] {Long.MAX_VALUE}, new Object[] {Long.MAX_VALUE}, new Object[] {-1L}),
            10);
    Sql own = new Sql(big);
    assertThat(own.text("SELECT SUM(v) FROM s.big")).isEqualTo("[18446744073709551613]");
    assertThatThrownBy(() -> own.rows("SELECT CAST(SUM(v) AS BIGINT) FROM s.big"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("out of the range of BIGINT");
  }

  @Test
  void a_limit_over_a_join_reads_the_build_side_and_one_page_of_the_other() {
    FakeTable build = FakeTable.counting("users", 100, 5);
    FakeTable probe = FakeTable.counting("accounts", 1_000, 5);
    Plans plans = new Plans();
    plans.from(probe);
    var builder = plans.from(build);
    var plan =
        builder
            .join(
                org.apache.calcite.rel.core.JoinRelType.INNER,
                builder.equals(builder.field(2, 0, "id"), builder.field(2, 1, "id")))
            .limit(0, 5)
            .build();
    assertThat(plans.run(plan)).hasSize(5);
    assertThat(build.fetches()).isEqualTo(20);
    assertThat(probe.fetches()).isEqualTo(1);
  }

  @Test
  void an_empty_build_side_keeps_the_other_side_unread() {
    FakeTable build = FakeTable.counting("users", 0, 5);
    FakeTable probe = FakeTable.counting("accounts", 1_000, 5);
    Sql own = new Sql(build, probe);
    own.rows("SELECT a.id FROM s.accounts a JOIN s.users u ON u.id = a.id");
    assertThat(probe.fetches()).isZero();
  }

  @Test
  void distinct_with_a_limit_stops_early() {
    FakeTable table = FakeTable.counting("t", 1_000, 10);
    assertThat(new Sql(table).rows("SELECT DISTINCT id FROM s.t LIMIT 3")).hasSize(3);
    assertThat(table.fetches()).isEqualTo(1);
  }

  @Test
  void top_rows_are_found_without_keeping_all() {
    FakeTable table = FakeTable.counting("t", 100_000, 5_000);
    Sql own = new Sql(new MemoryGuard(100_000), table);
    assertThat(own.text("SELECT id FROM s.t ORDER BY id DESC LIMIT 2"))
        .isEqualTo("[99999] [99998]");
    assertThat(own.memory.used()).isZero();
  }

  @Test
  void a_sort_that_needs_too_much_memory_is_refused_clearly() {
    FakeTable table = FakeTable.counting("t", 100_000, 5_000);
    Sql own = new Sql(new MemoryGuard(1 << 20), table);
    assertThatThrownBy(() -> own.rows("SELECT id FROM s.t ORDER BY id"))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_MEMORY);
              assertThat(e.getMessage()).contains("ORDER BY").contains("1 MB");
            });
    assertThat(own.memory.used()).isZero();
    for (String heavy :
        List.of(
            "SELECT id, COUNT(*) FROM s.t GROUP BY id",
            "SELECT DISTINCT id FROM s.t",
            "SELECT a.id FROM s.t a JOIN s.t b ON a.id = b.id",
            "SELECT id FROM s.t INTERSECT SELECT id FROM s.t")) {
      assertThatThrownBy(() -> own.rows(heavy))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_MEMORY));
      assertThat(own.memory.used()).as(heavy).isZero();
    }
  }

  @Test
  void a_cancel_from_another_thread_ends_a_scan() throws Exception {
    FakeTable table = FakeTable.counting("t", 1_000, 10);
    Sql own = new Sql(table);
    RowCursor cursor = own.open("SELECT id FROM s.t");
    cursor.next();
    Thread other = new Thread(own.statement::cancel);
    other.start();
    other.join();
    assertCancelled(cursor);
    assertThat(table.fetches()).isLessThanOrEqualTo(2);
  }

  @Test
  void closing_from_another_thread_ends_a_scan() throws Exception {
    FakeTable table = FakeTable.counting("t", 1_000, 10);
    RowCursor cursor = new Sql(table).open("SELECT id FROM s.t WHERE MOD(id, 7) = 3");
    cursor.next();
    Thread other = new Thread(cursor::close);
    other.start();
    other.join();
    assertCancelled(cursor);
  }

  @Test
  void a_cancel_ends_a_sort_while_it_sorts() {
    FakeTable table = FakeTable.counting("t", 50_000, 50_000);
    Sql own = new Sql(table);
    Run run = new Run(own.statement, new Positions(PlanPosition.START));
    List<Object[]> rows = new ArrayList<>();
    int[] compared = {0};
    RowOrder order = new RowOrder(List.of(new org.apache.calcite.rel.RelFieldCollation(0)), run);
    record Spied(long value, Runnable onCompare) implements Comparable<Spied> {
      @Override
      public int compareTo(Spied other) {
        onCompare.run();
        return Long.compare(value, other.value);
      }
    }
    Runnable spy =
        () -> {
          if (++compared[0] == 1_000) {
            own.statement.cancel();
          }
        };
    for (long i = 0; i < 50_000; i++) {
      rows.add(new Object[] {new Spied((i * 7_919) % 50_000, spy)});
    }
    var account = own.memory.open("ORDER BY");
    SortCursor sort = new SortCursor(new ListCursor(rows), order, run, account);
    assertCancelled(sort);
    assertThat(compared[0]).isLessThan(1_600);
  }

  private static void assertCancelled(RowCursor cursor) {
    assertThatThrownBy(
            () -> {
              for (Object[] row = cursor.next(); row != null; row = cursor.next()) {}
            })
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
  }
}
