package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.FakeTable;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;

class BindJoinTest {
  private final Plans plans = new Plans();
  private final FakeTable jobs = keys("jobs", 1, 5, 3);
  private final FakeTable runs =
      FakeTable.of(
              "runs",
              List.of(Column.of("job", DataType.BIGINT), Column.of("run", DataType.VARCHAR)),
              List.of(
                  new Object[] {1L, "1a"},
                  new Object[] {3L, "3a"},
                  new Object[] {3L, "3b"},
                  new Object[] {5L, "5a"},
                  new Object[] {9L, "9a"}),
              10)
          .accepting();

  private static FakeTable keys(String name, long from, long to, int pageSize) {
    List<Object[]> rows = new ArrayList<>();
    LongStream.rangeClosed(from, to).forEach(key -> rows.add(new Object[] {key}));
    return FakeTable.of(name, List.of(Column.of("id", DataType.BIGINT)), rows, pageSize);
  }

  private RelNode join(FakeTable input, JoinRelType type, int batch) {
    ScanRel left = plans.scan(input);
    ScanRel lookup = plans.scan(runs);
    RexBuilder rex = plans.cluster.getRexBuilder();
    var long64 = lookup.getRowType().getFieldList().get(0).getType();
    RexNode condition =
        rex.makeCall(
            SqlStdOperatorTable.EQUALS, rex.makeInputRef(long64, 0), rex.makeInputRef(long64, 1));
    RelDataTypeFactory.Builder row = plans.types.builder();
    row.addAll(left.getRowType().getFieldList());
    if (type.projectsRight()) {
      row.addAll(lookup.getRowType().getFieldList());
    }
    return new BindJoinRel(
        plans.cluster,
        plans.cluster.traitSet(),
        row.build(),
        left,
        lookup,
        type,
        0,
        "job",
        condition,
        batch);
  }

  private String run(JoinRelType type, int batch) {
    return plans.run(join(jobs, type, batch)).toString();
  }

  @Test
  void looks_up_each_key_and_keeps_the_order_of_the_input() {
    String expected = "[[1, 1, 1a], [3, 3, 3a], [3, 3, 3b], [5, 5, 5a]]";
    assertThat(run(JoinRelType.INNER, 1)).isEqualTo(expected);
    assertThat(runs.opened()).hasSize(5);
    assertThat(run(JoinRelType.INNER, 2)).isEqualTo(expected);
    assertThat(runs.opened()).hasSize(5 + 3);
    assertThat(run(JoinRelType.INNER, 100)).isEqualTo(expected);
    assertThat(runs.opened()).hasSize(5 + 3 + 1);
  }

  @Test
  void knows_the_other_kinds_of_join() {
    assertThat(run(JoinRelType.LEFT, 2))
        .isEqualTo(
            "[[1, 1, 1a], [2, null, null], [3, 3, 3a], [3, 3, 3b], [4, null, null], [5, 5, 5a]]");
    assertThat(run(JoinRelType.SEMI, 2)).isEqualTo("[[1], [3], [5]]");
    assertThat(run(JoinRelType.ANTI, 2)).isEqualTo("[[2], [4]]");
  }

  @Test
  void asks_for_distinct_keys_that_are_not_null() {
    List<Object[]> rows = new ArrayList<>();
    for (Object key : Arrays.asList(3L, null, 3L, 1L, 3L)) {
      rows.add(new Object[] {key});
    }
    FakeTable input = FakeTable.of("input", List.of(Column.of("id", DataType.BIGINT)), rows, 2);
    assertThat(plans.run(join(input, JoinRelType.LEFT, 10)).toString())
        .isEqualTo(
            "[[3, 3, 3a], [3, 3, 3b], [null, null, null], [3, 3, 3a], [3, 3, 3b], [1, 1, 1a],"
                + " [3, 3, 3a], [3, 3, 3b]]");
    assertThat(runs.opened()).hasSize(1);
    Expression.Call filter = (Expression.Call) runs.opened().get(0).filters().get(0);
    assertThat(filter.function()).isEqualTo(Expression.Function.IN);
    assertThat(filter.arguments()).hasSize(3);
  }

  @Test
  void one_key_is_asked_for_by_an_equality() {
    run(JoinRelType.INNER, 1);
    Expression.Call filter = (Expression.Call) runs.opened().get(0).filters().get(0);
    assertThat(filter.function()).isEqualTo(Expression.Function.EQ);
  }

  @Test
  void a_limit_looks_no_further_than_it_must() {
    FakeTable input = keys("input", 1, 100, 10);
    RelNode plan = plans.builder.push(join(input, JoinRelType.INNER, 2)).limit(0, 1).build();
    assertThat(plans.run(plan)).hasSize(1);
    assertThat(runs.opened()).hasSize(1);
    assertThat(input.fetches()).isEqualTo(1);
  }

  @Test
  void an_empty_input_looks_nothing_up() {
    FakeTable input = keys("input", 1, 0, 10);
    assertThat(plans.run(join(input, JoinRelType.INNER, 2))).isEmpty();
    assertThat(runs.opened()).isEmpty();
  }

  @Test
  void a_fault_of_a_look_up_is_the_statements() {
    runs.beforeFetch(
        context -> {
          throw new SourceException(ErrorKind.PERMISSION, "not for you");
        });
    assertThatThrownBy(() -> run(JoinRelType.INNER, 2))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION);
              assertThat(e.place()).contains("fake.runs, page 1");
            });
  }

  @Test
  void all_rows_wanted_means_several_look_ups_at_a_time() {
    var together = new java.util.concurrent.CyclicBarrier(4);
    runs.beforeFetch(
        context -> {
          try {
            together.await(20, java.util.concurrent.TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    FakeTable input = keys("input", 1, 8, 10);
    assertThat(plans.run(join(input, JoinRelType.INNER, 1))).hasSize(4);
  }
}
