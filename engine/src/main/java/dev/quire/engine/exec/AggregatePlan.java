package dev.quire.engine.exec;

import dev.quire.engine.exec.aggregate.Accumulator;
import dev.quire.engine.exec.aggregate.AccumulatorFactory;
import dev.quire.engine.exec.aggregate.Aggregates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Turns Calcite's description of GROUP BY into ours. */
final class AggregatePlan {
  private AggregatePlan() {}

  /** The grouping of a node; null if it has a function that there is no accumulator for. */
  static AggregateCursor.@Nullable Grouping find(Aggregate node) {
    int[] columns = node.getGroupSet().toArray();
    List<boolean[]> sets = new ArrayList<>();
    for (ImmutableBitSet set : node.getGroupSets()) {
      boolean[] grouped = new boolean[columns.length];
      for (int i = 0; i < columns.length; i++) {
        grouped[i] = set.get(columns[i]);
      }
      sets.add(grouped);
    }
    List<AggregateCursor.SetFactory> factories = new ArrayList<>();
    for (AggregateCall call : node.getAggCallList()) {
      AggregateCursor.SetFactory factory = factory(call, columns, node.getInput().getRowType());
      if (factory == null) {
        return null;
      }
      factories.add(factory);
    }
    List<Optional<List<Integer>>> distinct =
        node.getAggCallList().stream()
            .map(call -> Optional.of(call.getArgList()).filter(each -> call.isDistinct()))
            .toList();
    return new AggregateCursor.Grouping(columns, sets, factories, distinct);
  }

  private static AggregateCursor.@Nullable SetFactory factory(
      AggregateCall call, int[] columns, RelDataType input) {
    return switch (call.getAggregation().getKind()) {
      case GROUPING, GROUPING_ID -> set -> heap -> new Mask(mask(call.getArgList(), columns, set));
      default -> {
        AccumulatorFactory plain = Aggregates.find(call, input);
        yield plain == null ? null : set -> plain;
      }
    };
  }

  /** One bit per argument, the first the highest: 1 where it is not grouped by. */
  private static long mask(List<Integer> arguments, int[] columns, boolean[] set) {
    long mask = 0;
    for (int argument : arguments) {
      mask <<= 1;
      for (int i = 0; i < columns.length; i++) {
        mask |= columns[i] == argument && !set[i] ? 1 : 0;
      }
    }
    return mask;
  }

  private record Mask(long value) implements Accumulator {
    @Override
    public void add(@Nullable Object[] row) {}

    @Override
    public Object result() {
      return value;
    }
  }
}
