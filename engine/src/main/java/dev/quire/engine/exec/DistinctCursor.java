package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.ValueKey;
import dev.quire.engine.spill.KeyBytes;
import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of the rows, each combination once, as soon as it is seen. When the combinations no
 * longer fit, those that were not seen before are sorted outside of the heap, and come at the end.
 */
final class DistinctCursor implements RowCursor {
  static final int KEY_BYTES = 72;

  private final RowCursor input;
  private final int[] columns;
  private final Run run;
  private final MemoryGuard.Account account;
  private final Set<ValueKey> seen = new HashSet<>();
  private @Nullable Later later;

  DistinctCursor(RowCursor input, int[] columns, Run run, MemoryGuard.Account account) {
    this.input = input;
    this.columns = columns;
    this.run = run;
    this.account = account;
    run.onClose(account);
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      run.tick();
      Later spilled = later;
      ValueKey key = ValueKey.of(row, columns);
      if (spilled == null ? seen.add(key) : !seen.contains(key)) {
        @Nullable Object[] chosen = new @Nullable Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
          chosen[i] = row[columns[i]];
        }
        if (spilled == null) {
          if (!account.fits(RowSize.of(chosen) + KEY_BYTES)) {
            later = new Later(new Overflow(account, run));
          }
          return chosen;
        }
        spilled.add(chosen);
      }
    }
    return later == null ? null : later.next();
  }

  @Override
  public void close() {
    input.close();
  }

  /** The rows that were not seen while they fitted. */
  private static final class Later {
    private final Overflow overflow;
    private final SpillTable table;
    private final KeyBytes bytes = new KeyBytes();
    private Overflow.@Nullable Rows sorted;
    private byte @Nullable [] last;

    Later(Overflow overflow) {
      this.overflow = overflow;
      this.table = overflow.table();
    }

    void add(@Nullable Object[] row) {
      int[] all = IntStream.range(0, row.length).toArray();
      overflow.add(table, Overflow.key(bytes, row, all), row);
    }

    @Nullable Object @Nullable [] next() {
      Overflow.Rows rows = sorted;
      if (rows == null) {
        rows = overflow.query(new SpillQuery.Sorted(table));
        sorted = rows;
      }
      while (rows.next()) {
        byte[] key = rows.bytes(0);
        if (!Arrays.equals(key, last)) {
          last = key;
          return rows.row(1);
        }
      }
      return null;
    }
  }
}
