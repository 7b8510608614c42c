package dev.quire.engine.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows, sorted in memory; equal ones keep their order. */
final class SortCursor extends BlockingCursor {
  private final RowCursor input;
  private final Comparator<@Nullable Object[]> order;

  SortCursor(
      RowCursor input, Comparator<@Nullable Object[]> order, Run run, MemoryGuard.Account account) {
    super(run, account);
    this.input = input;
    this.order = order;
  }

  @Override
  RowCursor compute() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      run.tick();
      account.addRow(row);
      rows.add(row);
    }
    input.close();
    rows.sort(order);
    return new ListCursor(rows);
  }

  @Override
  public void close() {
    input.close();
  }
}
