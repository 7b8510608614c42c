package dev.quire.engine.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an order, and if these do not fit, all rows; holds no more than the first.
 * Equal rows keep their order.
 */
final class TopCursor extends BlockingCursor {
  private final RowCursor input;
  private final RowOrder order;
  private final int most;

  private record Numbered(@Nullable Object[] row, long number) {}

  TopCursor(RowCursor input, RowOrder order, int most, Run run, MemoryGuard.Account account) {
    super(run, account);
    this.input = input;
    this.order = order;
    this.most = most;
  }

  @Override
  RowCursor compute() {
    Comparator<Numbered> numbered =
        Comparator.comparing(Numbered::row, order).thenComparingLong(Numbered::number);
    PriorityQueue<Numbered> kept = new PriorityQueue<>(numbered.reversed());
    long count = 0;
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      run.tick();
      if (!keep(new Numbered(row, count++), kept)) {
        return spilled(kept);
      }
    }
    input.close();
    List<Numbered> sorted = new ArrayList<>(kept);
    sorted.sort(numbered);
    return new ListCursor(sorted.stream().map(Numbered::row).toList());
  }

  /** Keeps a row if it is among the first; false if what is kept does not fit. */
  private boolean keep(Numbered next, PriorityQueue<Numbered> kept) {
    Numbered last = kept.peek();
    if (last == null || kept.size() < most) {
      kept.add(next);
      return account.fits(RowSize.of(next.row()));
    }
    if (order.compare(next.row(), last.row()) >= 0) {
      return true;
    }
    account.remove(RowSize.of(last.row()));
    kept.poll();
    kept.add(next);
    return account.fits(RowSize.of(next.row()));
  }

  private RowCursor spilled(PriorityQueue<Numbered> kept) {
    SpilledSort sort = new SpilledSort(order, new Overflow(account, run));
    kept.stream()
        .sorted(Comparator.comparingLong(Numbered::number))
        .forEach(each -> sort.add(each.row()));
    kept.clear();
    account.release();
    return sort.addAll(input).sorted();
  }

  @Override
  public void close() {
    input.close();
  }
}
