package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.ValueKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECT and EXCEPT, distinct or ALL: counts the rows of all inputs but the first, then streams
 * the first.
 */
final class SetOperationCursor implements RowCursor {
  private final List<RowCursor> inputs;
  private final boolean intersects;
  private final boolean all;
  private final int[] columns;
  private final Run run;
  private final MemoryGuard.Account account;
  private @Nullable Map<ValueKey, long[]> counts;

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
      if (intersects ? isInAll(known.get(key)) : isLeft(key, row, known)) {
        return row;
      }
    }
    return null;
  }

  /** How often each row is in each input after the first. */
  private Map<ValueKey, long[]> count() {
    Map<ValueKey, long[]> counted = new HashMap<>();
    for (int i = 1; i < inputs.size(); i++) {
      RowCursor input = inputs.get(i);
      for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
        run.tick();
        entry(ValueKey.of(row, columns), row, counted)[i]++;
      }
      input.close();
    }
    return counted;
  }

  private long[] entry(ValueKey key, @Nullable Object[] row, Map<ValueKey, long[]> counted) {
    return counted.computeIfAbsent(
        key,
        fresh -> {
          account.add(RowSize.of(row) + DistinctCursor.KEY_BYTES);
          return new long[inputs.size()];
        });
  }

  private boolean isInAll(long @Nullable [] times) {
    if (times == null) {
      return false;
    }
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

  private boolean isLeft(ValueKey key, @Nullable Object[] row, Map<ValueKey, long[]> known) {
    long[] times = known.get(key);
    if (times == null) {
      if (!all) {
        entry(key, row, known)[1] = 1;
      }
      return true;
    }
    for (int i = 1; i < times.length; i++) {
      if (times[i] > 0) {
        times[i] -= all ? 1 : 0;
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    inputs.forEach(RowCursor::close);
  }
}
