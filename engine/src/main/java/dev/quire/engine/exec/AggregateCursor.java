package dev.quire.engine.exec;

import dev.quire.engine.exec.aggregate.Accumulator;
import dev.quire.engine.exec.aggregate.AccumulatorFactory;
import dev.quire.engine.exec.eval.ValueKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GROUP BY by hash, with one or several grouping sets. */
final class AggregateCursor extends BlockingCursor {
  private static final int GROUP_BYTES = 120;
  private static final int ACCUMULATOR_BYTES = 48;

  private final RowCursor input;
  private final Grouping grouping;

  /**
   * What is grouped. Immutable.
   *
   * @param columns the columns of all grouping sets, in the order of the result
   * @param sets for each grouping set and each of {@code columns}, whether it is grouped by
   * @param factories one per aggregate, made for a grouping set
   */
  record Grouping(int[] columns, List<boolean[]> sets, List<SetFactory> factories) {}

  /** Makes the accumulators of an aggregate in groups of one grouping set. */
  @FunctionalInterface
  interface SetFactory {
    AccumulatorFactory of(boolean[] set);
  }

  private record Group(@Nullable Object[] keys, Accumulator[] accumulators) {}

  AggregateCursor(RowCursor input, Grouping grouping, Run run, MemoryGuard.Account account) {
    super(run, account);
    this.input = input;
    this.grouping = grouping;
  }

  @Override
  RowCursor compute() {
    List<Map<ValueKey, Group>> groups =
        grouping.sets().stream().<Map<ValueKey, Group>>map(set -> new LinkedHashMap<>()).toList();
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      run.tick();
      for (int i = 0; i < groups.size(); i++) {
        add(row, grouping.sets().get(i), groups.get(i));
      }
    }
    input.close();
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).isEmpty() && isTotal(grouping.sets().get(i))) {
        find(
            new @Nullable Object[grouping.columns().length], grouping.sets().get(i), groups.get(i));
      }
    }
    return new ListCursor(
        () ->
            groups.stream()
                .flatMap(set -> set.values().stream())
                .map(AggregateCursor::result)
                .iterator());
  }

  private static boolean isTotal(boolean[] set) {
    for (boolean grouped : set) {
      if (grouped) {
        return false;
      }
    }
    return true;
  }

  private void add(@Nullable Object[] row, boolean[] set, Map<ValueKey, Group> groups) {
    int[] columns = grouping.columns();
    @Nullable Object[] keys = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      keys[i] = set[i] ? row[columns[i]] : null;
    }
    for (Accumulator accumulator : find(keys, set, groups).accumulators()) {
      accumulator.add(row);
    }
  }

  private Group find(@Nullable Object[] keys, boolean[] set, Map<ValueKey, Group> groups) {
    @Nullable Object[] parts = new @Nullable Object[keys.length];
    for (int i = 0; i < keys.length; i++) {
      parts[i] = ValueKey.normalize(keys[i]);
    }
    return groups.computeIfAbsent(new ValueKey(parts), fresh -> create(keys, set));
  }

  private Group create(@Nullable Object[] keys, boolean[] set) {
    List<SetFactory> factories = grouping.factories();
    account.add(RowSize.of(keys) + GROUP_BYTES + (long) ACCUMULATOR_BYTES * factories.size());
    Accumulator[] accumulators = new Accumulator[factories.size()];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = factories.get(i).of(set).create(account::add);
    }
    return new Group(keys, accumulators);
  }

  private static @Nullable Object[] result(Group group) {
    int width = group.keys().length;
    @Nullable Object[] row = new @Nullable Object[width + group.accumulators().length];
    System.arraycopy(group.keys(), 0, row, 0, width);
    for (int i = width; i < row.length; i++) {
      row[i] = group.accumulators()[i - width].result();
    }
    return row;
  }

  @Override
  public void close() {
    input.close();
  }
}
