package dev.quire.engine.exec;

import static java.util.Objects.requireNonNull;

import dev.quire.engine.exec.eval.ValueKey;
import dev.quire.engine.spill.KeyBytes;
import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECT and EXCEPT, distinct or ALL: counts the rows of all inputs but the first, then streams
 * the first. When the counts no longer fit, rows that were not counted before are sorted outside of
 * the heap, and come at the end.
 */
final class SetOperationCursor implements RowCursor {
  private final List<RowCursor> inputs;
  private final boolean intersects;
  private final boolean all;
  private final int[] columns;
  private final Run run;
  private final MemoryGuard.Account account;
  private @Nullable Map<ValueKey, long[]> counts;
  private @Nullable Later later;

  SetOperationCursor(
      List<RowCursor> inputs, Kind kind, int columnCount, Run run, MemoryGuard.Account account) {
    this.inputs = inputs;
    this.intersects = kind.intersects();
    this.all = kind.all();
    this.columns = IntStream.range(0, columnCount).toArray();
    this.run = run;
    this.account = account;
    run.onClose(account);
  }

  /** INTERSECT or EXCEPT, and whether repeated rows count. */
  record Kind(boolean intersects, boolean all) {}

  @Override
  public @Nullable Object @Nullable [] next() {
    Map<ValueKey, long[]> known = counts;
    if (known == null) {
      known = count();
      counts = known;
    }
    RowCursor first = inputs.get(0);
    for (@Nullable Object[] row = first.next(); row != null; row = first.next()) {
      run.tick();
      ValueKey key = ValueKey.of(row, columns);
      long[] times = known.get(key);
      if (times == null && later != null) {
        later.add(row, 0);
      } else if (isWanted(times, key, row)) {
        return row;
      }
    }
    return later == null ? null : later.next();
  }

  /** How often each row is in each input after the first, of the rows that fit. */
  private Map<ValueKey, long[]> count() {
    Map<ValueKey, long[]> counted = new HashMap<>();
    for (int i = 1; i < inputs.size(); i++) {
      RowCursor input = inputs.get(i);
      for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
        run.tick();
        ValueKey key = ValueKey.of(row, columns);
        long[] times = counted.get(key);
        if (times == null && later != null) {
          later.add(row, i);
        } else {
          (times == null ? enter(key, row, counted) : times)[i]++;
        }
      }
      input.close();
    }
    return counted;
  }

  private long[] enter(ValueKey key, @Nullable Object[] row, Map<ValueKey, long[]> counted) {
    long[] times = new long[inputs.size()];
    counted.put(key, times);
    if (!account.fits(RowSize.of(row) + DistinctCursor.KEY_BYTES)) {
      later = new Later(new Overflow(account, run));
    }
    return times;
  }

  /** Whether a row of the first input comes out; notes that it did. */
  private boolean isWanted(long @Nullable [] times, ValueKey key, @Nullable Object[] row) {
    if (times != null) {
      return intersects ? isInAll(times) : isLeft(times);
    }
    if (!intersects && !all) {
      enter(key, row, requireNonNull(counts))[1] = 1;
    }
    return !intersects;
  }

  private boolean isInAll(long[] times) {
    for (int i = 1; i < times.length; i++) {
      if (times[i] == 0) {
        return false;
      }
    }
    for (int i = 1; i < times.length; i++) {
      times[i] = all ? times[i] - 1 : 0;
    }
    return true;
  }

  private boolean isLeft(long[] times) {
    for (int i = 1; i < times.length; i++) {
      if (times[i] > 0) {
        times[i] -= all ? 1 : 0;
        return false;
      }
    }
    times[1] = all ? 0 : 1;
    return true;
  }

  @Override
  public void close() {
    inputs.forEach(RowCursor::close);
  }

  /** The rows that did not fit, sorted: those of the first input after their equals. */
  private final class Later {
    private final Overflow overflow;
    private final SpillTable table;
    private final KeyBytes bytes = new KeyBytes();
    private Overflow.@Nullable Rows sorted;
    private @Nullable ValueKey last;
    private long[] times = {};

    Later(Overflow overflow) {
      this.overflow = overflow;
      this.table = overflow.table();
    }

    void add(@Nullable Object[] row, int input) {
      for (Object value : row) {
        bytes.add(value);
      }
      byte[] key = bytes.addCount(input == 0 ? Integer.MAX_VALUE : input).take();
      overflow.add(table, key, JoinCursor.joined(row, new @Nullable Object[] {input}));
    }

    @Nullable Object @Nullable [] next() {
      Overflow.Rows rows = sorted;
      if (rows == null) {
        rows = overflow.query(new SpillQuery.Sorted(table));
        sorted = rows;
      }
      while (rows.next()) {
        @Nullable Object[] wide = requireNonNull(rows.row(1));
        ValueKey key = ValueKey.of(wide, columns);
        if (!key.equals(last)) {
          last = key;
          times = new long[inputs.size()];
        }
        int input = (Integer) requireNonNull(wide[columns.length]);
        if (input > 0) {
          times[input]++;
        } else if (intersects ? isInAll(times) : isLeft(times)) {
          return Arrays.copyOf(wide, columns.length);
        }
      }
      return null;
    }
  }
}
