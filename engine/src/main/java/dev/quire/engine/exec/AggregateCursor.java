package dev.quire.engine.exec;

import dev.quire.engine.exec.aggregate.Accumulator;
import dev.quire.engine.exec.aggregate.AccumulatorFactory;
import dev.quire.engine.exec.eval.ValueKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY by hash, with one or several grouping sets. When the groups no longer fit, the rows of
 * other groups are sorted outside of the heap.
 */
final class AggregateCursor extends BlockingCursor {
  private static final int GROUP_BYTES = 120;
  private static final int ACCUMULATOR_BYTES = 48;

  private final RowCursor input;
  private final Grouping grouping;
  private @Nullable SpilledGroups later;
  private boolean full;

  /**
   * What is grouped. Immutable.
   *
   * @param columns the columns of all grouping sets, in the order of the result
   * @param sets for each grouping set and each of {@code columns}, whether it is grouped by
   * @param factories one per aggregate, made for a grouping set
   * @param distinct per aggregate, the columns of which it takes each combination once
   */
  record Grouping(
      int[] columns,
      List<boolean[]> sets,
      List<SetFactory> factories,
      List<Optional<List<Integer>>> distinct) {

    boolean hasDistinct() {
      return distinct.stream().anyMatch(Optional::isPresent);
    }

    /** The keys of a row in a grouping set; NULL where it is not grouped by. */
    @Nullable Object[] keys(@Nullable Object[] row, int set) {
      @Nullable Object[] keys = new @Nullable Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        keys[i] = sets.get(set)[i] ? row[columns[i]] : null;
      }
      return keys;
    }

    Group create(@Nullable Object[] keys, boolean[] set, AccumulatorFactory.HeapListener heap) {
      Accumulator[] accumulators = new Accumulator[factories.size()];
      for (int i = 0; i < accumulators.length; i++) {
        accumulators[i] = factories.get(i).of(set).create(heap);
      }
      return new Group(keys, accumulators);
    }
  }

  /** Makes the accumulators of an aggregate in groups of one grouping set. */
  @FunctionalInterface
  interface SetFactory {
    AccumulatorFactory of(boolean[] set);
  }

  /** The rows with the same keys. */
  record Group(@Nullable Object[] keys, Accumulator[] accumulators) {
    @Nullable Object[] result() {
      @Nullable Object[] row = Arrays.copyOf(keys, keys.length + accumulators.length);
      for (int i = keys.length; i < row.length; i++) {
        row[i] = accumulators[i - keys.length].result();
      }
      return row;
    }
  }

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
        add(row, i, groups.get(i));
      }
    }
    input.close();
    for (int i = 0; i < groups.size(); i++) {
      boolean[] set = grouping.sets().get(i);
      if (groups.get(i).isEmpty() && isTotal(set)) {
        @Nullable Object[] keys = new @Nullable Object[grouping.columns().length];
        groups.get(i).put(key(keys), grouping.create(keys, set, this::kept));
      }
    }
    RowCursor known =
        new ListCursor(
            () ->
                groups.stream()
                    .flatMap(set -> set.values().stream())
                    .map(Group::result)
                    .iterator());
    return later == null ? known : later.cursor(groups, known);
  }

  private static boolean isTotal(boolean[] set) {
    for (boolean grouped : set) {
      if (grouped) {
        return false;
      }
    }
    return true;
  }

  private void add(@Nullable Object[] row, int set, Map<ValueKey, Group> groups) {
    @Nullable Object[] keys = grouping.keys(row, set);
    ValueKey key = key(keys);
    Group group = groups.get(key);
    if (later != null && (group == null || grouping.hasDistinct())) {
      later.add(row, keys, set);
      return;
    }
    if (group == null) {
      group = grouping.create(keys, grouping.sets().get(set), this::kept);
      groups.put(key, group);
      kept(RowSize.of(keys) + GROUP_BYTES + (long) ACCUMULATOR_BYTES * grouping.factories().size());
    }
    for (Accumulator accumulator : group.accumulators()) {
      accumulator.add(row);
    }
    if (full && later == null) {
      later = new SpilledGroups(grouping, new Overflow(account, run));
    }
  }

  private void kept(long bytes) {
    full |= !account.fits(bytes);
  }

  static ValueKey key(@Nullable Object[] keys) {
    return ValueKey.of(keys, IntStream.range(0, keys.length).toArray());
  }

  @Override
  public void close() {
    input.close();
  }
}
