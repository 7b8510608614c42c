package dev.quire.engine.exec;

import org.jspecify.annotations.Nullable;

/** Rows on their way to another engine: counted by the memory guard, and stopped by a cancel. */
final class PortCursor implements RowCursor {
  private final RowCursor input;
  private final Run run;
  private final MemoryGuard.Account account;

  PortCursor(RowCursor input, Run run, MemoryGuard.Account account) {
    this.input = input;
    this.run = run;
    this.account = account;
    run.onClose(account);
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    run.tick();
    @Nullable Object[] row = input.next();
    if (row != null) {
      account.addRow(row);
    }
    return row;
  }

  @Override
  public void close() {
    input.close();
    account.close();
  }
}
