package dev.quire.engine.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows, sorted in memory while they fit, else outside of it; equal ones keep their order. */
final class SortCursor extends BlockingCursor {
  private final RowCursor input;
  private final RowOrder order;

  SortCursor(RowCursor input, RowOrder order, Run run, MemoryGuard.Account account) {
    super(run, account);
    this.input = input;
    this.order = order;
  }

  @Override
  RowCursor compute() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      run.tick();
      rows.add(row);
      if (!account.fits(RowSize.of(row))) {
        return spilled(rows);
      }
    }
    input.close();
    rows.sort(order);
    return new ListCursor(rows);
  }

  private RowCursor spilled(List<@Nullable Object[]> rows) {
    SpilledSort sort = new SpilledSort(order, new Overflow(account, run));
    rows.forEach(sort::add);
    rows.clear();
    account.release();
    return sort.addAll(input).sorted();
  }

  @Override
  public void close() {
    input.close();
  }
}
