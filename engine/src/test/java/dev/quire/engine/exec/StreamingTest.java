package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.fake.FakeTable;
import java.util.List;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;

class StreamingTest {
  private final Plans plans = new Plans();

  @Test
  void reads_every_row_of_every_page() {
    FakeTable table = FakeTable.counting("t", 11, 3);
    assertThat(plans.run(plans.from(table).build())).hasSize(11);
    assertThat(table.fetches()).isEqualTo(4);
  }

  @Test
  void a_limit_asks_for_the_pages_that_satisfy_it_and_no_other() {
    assertThat(fetches(12_001, 5_000, 0, 6_000)).isEqualTo(2);
    assertThat(fetches(12_001, 5_000, 0, 5)).isEqualTo(1);
    assertThat(fetches(9, 3, 0, 3)).isEqualTo(1);
    assertThat(fetches(9, 3, 0, 4)).isEqualTo(2);
    assertThat(fetches(9, 3, 2, 3)).isEqualTo(2);
  }

  @Test
  void limit_0_asks_for_nothing() {
    assertThat(fetches(9, 3, 0, 0)).isZero();
    assertThat(fetches(9, 3, 5, 0)).isZero();
  }

  @Test
  void an_offset_leaves_out_the_first_rows() {
    FakeTable table = FakeTable.counting("t", 10, 3);
    assertThat(plans.run(plans.from(table).limit(4, 3).build()))
        .containsExactly(List.of(4L), List.of(5L), List.of(6L));
  }

  @Test
  void an_offset_beyond_the_end_gives_nothing() {
    FakeTable table = FakeTable.counting("t", 10, 3);
    assertThat(plans.run(plans.from(table).limit(40, 3).build())).isEmpty();
  }

  @Test
  void a_limit_over_a_filter_fetches_no_page_ahead() {
    FakeTable table = FakeTable.counting("t", 100, 10);
    var builder = plans.from(table);
    var odd =
        builder.equals(
            builder.call(SqlStdOperatorTable.MOD, builder.field("id"), builder.literal(2)),
            builder.literal(1));
    assertThat(plans.run(builder.filter(odd).limit(0, 7).build())).hasSize(7);
    assertThat(table.fetches()).isEqualTo(2);
  }

  @Test
  void fetches_one_page_ahead_and_no_further() throws Exception {
    var second = new java.util.concurrent.CountDownLatch(2);
    FakeTable table = FakeTable.counting("t", 100, 10).beforeFetch(context -> second.countDown());
    try (RowCursor cursor = plans.open(plans.from(table).build())) {
      cursor.next();
      assertThat(second.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(table.fetches()).isEqualTo(2);
    }
  }

  @Test
  void opening_sends_nothing() {
    FakeTable table = FakeTable.counting("t", 100, 10);
    plans.open(plans.from(table).build()).close();
    assertThat(table.opened()).isEmpty();
  }

  @Test
  void a_union_opens_its_second_input_when_the_first_has_ended() {
    FakeTable first = FakeTable.counting("a", 5, 5);
    FakeTable second = FakeTable.counting("b", 20, 5);
    plans.from(first);
    var plan = plans.from(second).union(true).limit(0, 5).build();
    assertThat(plans.run(plan)).hasSize(5);
    assertThat(second.opened()).isEmpty();
  }

  @Test
  void a_limit_over_a_union_counts_the_rows_of_both() {
    FakeTable first = FakeTable.counting("a", 5, 5);
    FakeTable second = FakeTable.counting("b", 20, 5);
    plans.from(first);
    var plan = plans.from(second).union(true).limit(0, 10).build();
    assertThat(plans.run(plan)).hasSize(10);
    assertThat(second.fetches()).isEqualTo(1);
  }

  @Test
  void values_need_no_table() {
    var plan = plans.builder.values(new String[] {"a", "b"}, 1, "x", 2, "y").build();
    assertThat(plans.run(plan)).containsExactly(List.of(1, "x"), List.of(2, "y"));
  }

  private int fetches(int rows, int pageSize, int offset, int limit) {
    FakeTable table = FakeTable.counting("t", rows, pageSize);
    plans.run(plans.from(table).limit(offset, limit).build());
    return table.fetches();
  }
}
