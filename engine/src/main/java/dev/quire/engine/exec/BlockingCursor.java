package dev.quire.engine.exec;

import org.jspecify.annotations.Nullable;

/** Rows that are known only when all input was read; reads it when the first is asked for. */
abstract class BlockingCursor implements RowCursor {
  final Run run;
  final MemoryGuard.Account account;
  private @Nullable RowCursor result;

  BlockingCursor(Run run, MemoryGuard.Account account) {
    this.run = run;
    this.account = account;
    run.onClose(account);
  }

  /** Reads and closes the input. */
  abstract RowCursor compute();

  @Override
  public final @Nullable Object @Nullable [] next() {
    RowCursor rows = result;
    if (rows == null) {
      rows = compute();
      result = rows;
    }
    @Nullable Object[] row = rows.next();
    if (row == null) {
      result = ListCursor.EMPTY;
      account.close();
    }
    return row;
  }
}
