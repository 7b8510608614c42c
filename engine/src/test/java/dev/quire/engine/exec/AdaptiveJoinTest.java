package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.fake.FakeTable;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins that look keys up if few come, and read the other side whole if many do. */
class AdaptiveJoinTest {
  private final FakeTable accounts = table("accounts", 1_000, 100).accepting();

  /** Rows with the id i, the group i / 10 (every seventh NULL), in pages. */
  private static FakeTable table(String name, int rows, int pageSize) {
    List<@Nullable Object[]> all = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      all.add(new Object[] {i, i % 7 == 6 ? null : i / 10});
    }
    List<Column> columns =
        List.of(Column.of("id", DataType.BIGINT), Column.of("grp", DataType.BIGINT));
    return FakeTable.of(name, columns, all, pageSize);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id FROM s.orders o JOIN s.accounts a ON a.id = o.grp WHERE mod(o.id, 20) = 0",
        "SELECT a.id FROM s.accounts a JOIN s.orders o ON o.grp = a.id WHERE mod(o.id, 20) = 0",
        "SELECT id FROM s.accounts WHERE id IN (SELECT grp FROM s.orders WHERE mod(id, 20) = 0)"
      })
  void the_side_with_a_condition_drives_and_its_few_keys_are_looked_up(String sql) {
    FakeTable orders = table("orders", 300, 100);
    Sql statements = new Sql(accounts, orders);
    assertThat(statements.rows(sql + " ORDER BY 1"))
        .extracting(row -> row.get(0))
        .containsExactly(0L, 4L, 6L, 8L, 10L, 12L, 14L, 18L, 20L, 22L, 24L, 26L, 28L);
    assertThat(orders.fetches()).isEqualTo(3);
    assertThat(accounts.fetches()).isEqualTo(1);
    assertThat(accounts.opened())
        .singleElement()
        .satisfies(
            scan ->
                assertThat(scan.filters())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        Expression.Call.class,
                        call -> assertThat(call.function()).isEqualTo(Expression.Function.IN)));
  }

  @Test
  void keys_that_the_column_cannot_hold_are_not_asked_for() {
    FakeTable small =
        FakeTable.of(
                "small",
                List.of(Column.of("id", DataType.SMALLINT), Column.of("t", DataType.VARCHAR)),
                List.of(new Object[] {1, "one"}, new Object[] {2, "two"}),
                2)
            .accepting();
    FakeTable keys =
        FakeTable.of(
            "keys",
            List.of(Column.of("k", DataType.DECIMAL)),
            List.of(
                new Object[] {new BigDecimal("2.0")},
                new Object[] {new BigDecimal("1.5")},
                new Object[] {new BigDecimal("65537")}),
            2);
    Sql statements = new Sql(small, keys);
    assertThat(
            statements.rows("SELECT t FROM (SELECT * FROM s.keys LIMIT 9) JOIN s.small ON id = k"))
        .containsExactly(List.of("two"));
    assertThat(small.opened())
        .singleElement()
        .satisfies(scan -> assertThat(scan.filters()).singleElement().asString().contains("2"));
  }

  @Test
  void more_than_200_keys_make_the_other_side_be_read_whole_and_every_page_once() {
    FakeTable orders = table("orders", 3_000, 100);
    Sql statements = new Sql(accounts, orders);
    assertThat(
            statements.rows(
                "SELECT COUNT(*) FROM s.orders o JOIN s.accounts a ON a.id = o.grp"
                    + " WHERE o.id >= 0"))
        .containsExactly(List.of(2_572L));
    assertThat(orders.fetches()).isEqualTo(30);
    assertThat(accounts.fetches()).isEqualTo(10);
    assertThat(accounts.opened())
        .singleElement()
        .satisfies(scan -> assertThat(scan.filters()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"50, JOIN", "50, LEFT JOIN", "2900, JOIN", "2900, LEFT JOIN"})
  void both_ways_give_the_rows_of_a_plain_join(int rows, String join) {
    String sql =
        "SELECT o.id, o.grp, a.id, a.grp FROM s.orders o "
            + join
            + " s.accounts a ON a.grp = o.grp AND a.id > o.id - 2000 WHERE o.id < 2950 ORDER BY 1, 3";
    Sql adaptive = new Sql(accounts, table("orders", rows, 100));
    Sql plain = new Sql(table("accounts", 1_000, 100), table("orders", rows, 100));
    assertThat(adaptive.rows(sql)).isEqualTo(plain.rows(sql)).isNotEmpty();
  }

  @Test
  void a_limit_reads_no_more_of_the_driving_side_than_it_takes_to_decide() {
    FakeTable orders = table("orders", 100_000, 5_000);
    Sql statements = new Sql(accounts, orders);
    assertThat(
            statements.rows(
                "SELECT a.id FROM s.orders o JOIN s.accounts a ON a.id = o.grp LIMIT 5"))
        .hasSize(5);
    assertThat(orders.fetches()).isEqualTo(1);
    assertThat(accounts.fetches()).isEqualTo(10);
  }

  @Test
  void a_way_is_chosen_anew_each_time_a_correlated_query_runs() {
    Sql statements = new Sql(accounts, table("orders", 300, 100), table("outers", 3, 3));
    assertThat(
            statements.rows(
                "SELECT x.id, (SELECT COUNT(*) FROM s.orders o JOIN s.accounts a ON a.id = o.grp"
                    + " WHERE o.id < x.id * 10) FROM s.outers x ORDER BY 1"))
        .containsExactly(List.of(0L, 0L), List.of(1L, 9L), List.of(2L, 18L));
  }
}
