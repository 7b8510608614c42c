package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The input's rows in their order, each with the values of the windows after its own. */
final class WindowCursor extends BlockingCursor {
  private final RowCursor input;
  private final Evaluator[] named;
  private final int width;
  private final BlockingEngine.Prepared prepared;

  /**
   * What the windows need and give.
   *
   * @param named the values that they name
   * @param width how many windows there are
   */
  record Windows(Evaluator[] named, int width) {}

  WindowCursor(
      RowCursor input,
      Windows windows,
      BlockingEngine.Prepared prepared,
      Run run,
      MemoryGuard.Account account) {
    super(run, account);
    this.input = input;
    this.named = windows.named();
    this.width = windows.width();
    this.prepared = prepared;
  }

  @Override
  RowCursor compute() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      run.tick();
      account.add(2 * RowSize.of(row));
      rows.add(row);
    }
    input.close();
    try (RowCursor windows = prepared.open(List.of(numbered(rows)))) {
      for (@Nullable Object[] each = windows.next(); each != null; each = windows.next()) {
        run.tick();
        int number = ((Long) Objects.requireNonNull(each[0])).intValue();
        rows.set(number, widened(rows.get(number), each));
      }
    }
    return new ListCursor(rows);
  }

  private RowCursor numbered(List<@Nullable Object[]> rows) {
    return new RowCursor() {
      private int number;

      @Override
      public @Nullable Object @Nullable [] next() {
        run.tick();
        return number < rows.size() ? narrowed(number, rows.get(number++)) : null;
      }

      @Override
      public void close() {}
    };
  }

  private @Nullable Object[] narrowed(int number, @Nullable Object[] row) {
    @Nullable Object[] narrow = new @Nullable Object[named.length + 1];
    narrow[0] = (long) number;
    for (int i = 0; i < named.length; i++) {
      narrow[i + 1] = named[i].eval(row);
    }
    return narrow;
  }

  private @Nullable Object[] widened(@Nullable Object[] row, @Nullable Object[] windows) {
    @Nullable Object[] wide = new @Nullable Object[row.length + width];
    System.arraycopy(row, 0, wide, 0, row.length);
    System.arraycopy(windows, 1, wide, row.length, width);
    return wide;
  }

  @Override
  public void close() {
    input.close();
  }
}
