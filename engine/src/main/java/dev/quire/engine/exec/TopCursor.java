package dev.quire.engine.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The first rows of an order; holds no more than those. Equal rows keep their order. */
final class TopCursor extends BlockingCursor {
  private final RowCursor input;
  private final Comparator<@Nullable Object[]> order;
  private final int most;

  private record Numbered(@Nullable Object[] row, long number) {}

  TopCursor(
      RowCursor input,
      Comparator<@Nullable Object[]> order,
      int most,
      Run run,
      MemoryGuard.Account account) {
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
      keep(new Numbered(row, count++), kept);
    }
    input.close();
    List<Numbered> sorted = new ArrayList<>(kept);
    sorted.sort(numbered);
    return new ListCursor(sorted.stream().map(Numbered::row).toList());
  }

  private void keep(Numbered next, PriorityQueue<Numbered> kept) {
    Numbered last = kept.peek();
    if (last == null || kept.size() < most) {
      account.addRow(next.row());
      kept.add(next);
    } else if (order.compare(next.row(), last.row()) < 0) {
      account.addRow(next.row());
      account.remove(RowSize.of(last.row()));
      kept.poll();
      kept.add(next);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
