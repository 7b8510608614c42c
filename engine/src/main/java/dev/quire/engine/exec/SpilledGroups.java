package dev.quire.engine.exec;

import static java.util.Objects.requireNonNull;

import dev.quire.engine.exec.AggregateCursor.Group;
import dev.quire.engine.exec.AggregateCursor.Grouping;
import dev.quire.engine.exec.aggregate.Accumulator;
import dev.quire.engine.exec.eval.ValueKey;
import dev.quire.engine.spill.KeyBytes;
import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of groups that did not fit, sorted by group outside of the heap, so that one group is held
 * at a time. With DISTINCT a row is there once for each list of distinct columns, sorted by these
 * within its group.
 */
final class SpilledGroups {
  private final Grouping grouping;
  private final Overflow overflow;
  private final SpillTable table;
  private final KeyBytes bytes = new KeyBytes();

  /** The lists of distinct columns; one that is empty if there are none. */
  private final List<List<Integer>> passes;

  SpilledGroups(Grouping grouping, Overflow overflow) {
    this.grouping = grouping;
    this.overflow = overflow;
    this.table = overflow.table();
    List<List<Integer>> lists =
        new ArrayList<>(
            new LinkedHashSet<>(grouping.distinct().stream().flatMap(Optional::stream).toList()));
    this.passes = lists.isEmpty() ? List.of(List.of()) : lists;
  }

  void add(@Nullable Object[] row, @Nullable Object[] keys, int set) {
    for (int pass = 0; pass < passes.size(); pass++) {
      bytes.addCount(set);
      for (Object key : keys) {
        bytes.add(key);
      }
      bytes.addCount(pass);
      for (int column : passes.get(pass)) {
        bytes.add(row[column]);
      }
      overflow.add(table, bytes.take(), JoinCursor.joined(row, new @Nullable Object[] {set, pass}));
    }
  }

  /**
   * The groups that were not known, then those that were.
   *
   * @param groups that fitted, per grouping set; rows with DISTINCT are still added to them
   * @param known their results
   */
  RowCursor cursor(List<Map<ValueKey, Group>> groups, RowCursor known) {
    return new Sorted(groups, known, overflow.query(new SpillQuery.Sorted(table)));
  }

  private void add(Group group, @Nullable Object[] row, int pass) {
    Accumulator[] accumulators = group.accumulators();
    for (int i = 0; i < accumulators.length; i++) {
      Optional<List<Integer>> distinct = grouping.distinct().get(i);
      if (distinct.isPresent()) {
        if (distinct.get().equals(passes.get(pass))) {
          accumulators[i].addSorted(row);
        }
      } else if (pass == 0) {
        accumulators[i].add(row);
      }
    }
  }

  private record Place(int set, ValueKey key) {}

  private final class Sorted implements RowCursor {
    private final List<Map<ValueKey, Group>> groups;
    private final RowCursor known;
    private final Overflow.Rows rows;
    private @Nullable Place place;
    private @Nullable Group group;
    private boolean fresh;
    private boolean ended;

    Sorted(List<Map<ValueKey, Group>> groups, RowCursor known, Overflow.Rows rows) {
      this.groups = groups;
      this.known = known;
      this.rows = rows;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      while (!ended && rows.next()) {
        @Nullable Object[] wide = requireNonNull(rows.row(1));
        int set = (Integer) requireNonNull(wide[wide.length - 2]);
        int pass = (Integer) requireNonNull(wide[wide.length - 1]);
        @Nullable Object[] row = Arrays.copyOf(wide, wide.length - 2);
        @Nullable Object[] keys = grouping.keys(row, set);
        Place here = new Place(set, AggregateCursor.key(keys));
        @Nullable Object[] result = here.equals(place) ? null : begin(here, keys);
        add(requireNonNull(group), row, pass);
        if (result != null) {
          return result;
        }
      }
      if (!ended) {
        ended = true;
        if (fresh) {
          return requireNonNull(group).result();
        }
      }
      return known.next();
    }

    /** Goes on to another group; answers the result of the one before, if it was not known. */
    private @Nullable Object @Nullable [] begin(Place here, @Nullable Object[] keys) {
      @Nullable Object[] result = fresh ? requireNonNull(group).result() : null;
      place = here;
      Group found = groups.get(here.set()).get(here.key());
      fresh = found == null;
      group =
          found == null
              ? grouping.create(keys, grouping.sets().get(here.set()), bytes -> {})
              : found;
      return result;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
