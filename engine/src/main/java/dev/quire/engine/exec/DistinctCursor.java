package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.ValueKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some columns of the rows, each combination once, as soon as it is seen. */
final class DistinctCursor implements RowCursor {
  static final int KEY_BYTES = 72;

  private final RowCursor input;
  private final int[] columns;
  private final Run run;
  private final MemoryGuard.Account account;
  private final Set<ValueKey> seen = new HashSet<>();

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
      if (seen.add(ValueKey.of(row, columns))) {
        @Nullable Object[] chosen = new @Nullable Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
          chosen[i] = row[columns[i]];
        }
        account.add(RowSize.of(chosen) + KEY_BYTES);
        return chosen;
      }
    }
    return null;
  }

  @Override
  public void close() {
    input.close();
  }
}
