package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The input's rows in their order, each with the values of the windows after its own. */
final class WindowCursor extends BlockingCursor {
  private static final int BYTES_OF_PLACE = 48;

  private final RowCursor input;
  private final Windows windows;
  private final BlockingEngine.Prepared prepared;

  /**
   * A value that a window names.
   *
   * @param place whether its place among the values of all rows is wanted instead
   */
  record Named(Evaluator value, boolean place) {}

  /**
   * What the windows need and give.
   *
   * @param named the values that they name
   * @param width how many windows there are
   * @param spilled how they are computed where the rows do not fit
   */
  record Windows(List<Named> named, int width, Optional<Spilled> spilled) {}

  /** Windows outside of the heap, and the values that they name. */
  record Spilled(SpilledWindowPlan plan, List<Evaluator> values) {}

  WindowCursor(
      RowCursor input,
      Windows windows,
      BlockingEngine.Prepared prepared,
      Run run,
      MemoryGuard.Account account) {
    super(run, account);
    this.input = input;
    this.windows = windows;
    this.prepared = prepared;
  }

  @Override
  RowCursor compute() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    long placeBytes = BYTES_OF_PLACE * windows.named().stream().filter(Named::place).count();
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      run.tick();
      rows.add(row);
      if (!account.fits(2 * RowSize.of(row) + placeBytes)) {
        return spilled(rows);
      }
    }
    input.close();
    try (RowCursor results = prepared.open(List.of(numbered(rows)))) {
      for (@Nullable Object[] each = results.next(); each != null; each = results.next()) {
        run.tick();
        int number = ((Long) Objects.requireNonNull(each[0])).intValue();
        rows.set(number, widened(rows.get(number), each));
      }
    }
    return new ListCursor(rows);
  }

  private RowCursor spilled(List<@Nullable Object[]> rows) {
    Spilled spilled = windows.spilled().orElseThrow(account::refusal);
    var outside = new SpilledWindows(spilled.plan(), spilled.values(), new Overflow(account, run));
    rows.forEach(outside::add);
    rows.clear();
    account.release();
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      outside.add(row);
    }
    input.close();
    return outside.rows();
  }

  private RowCursor numbered(List<@Nullable Object[]> rows) {
    List<IntFunction<@Nullable Object>> columns =
        windows.named().stream().map(named -> column(named, rows)).toList();
    return new RowCursor() {
      private int number;

      @Override
      public @Nullable Object @Nullable [] next() {
        run.tick();
        return number < rows.size() ? narrowed(number++, columns) : null;
      }

      @Override
      public void close() {}
    };
  }

  private static @Nullable Object[] narrowed(
      int number, List<IntFunction<@Nullable Object>> columns) {
    @Nullable Object[] narrow = new @Nullable Object[columns.size() + 1];
    narrow[0] = (long) number;
    for (int i = 0; i < columns.size(); i++) {
      narrow[i + 1] = columns.get(i).apply(number);
    }
    return narrow;
  }

  /** From a row's number to the value there. */
  private IntFunction<@Nullable Object> column(Named named, List<@Nullable Object[]> rows) {
    if (!named.place()) {
      return number -> named.value().eval(rows.get(number));
    }
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = named.value().eval(rows.get(i));
    }
    @Nullable Long[] places = places(values);
    return number -> places[number];
  }

  private @Nullable Long[] places(@Nullable Object[] values) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        order.add(i);
      }
    }
    Comparator<Integer> byValue =
        (a, b) -> {
          run.tick();
          return ValueOrder.compare(value(values, a), value(values, b));
        };
    order.sort(byValue);
    @Nullable Long[] places = new @Nullable Long[values.length];
    long place = 0;
    for (int i = 0; i < order.size(); i++) {
      place += i > 0 && byValue.compare(order.get(i - 1), order.get(i)) != 0 ? 1 : 0;
      places[order.get(i)] = place;
    }
    return places;
  }

  private static Object value(@Nullable Object[] values, int number) {
    return Objects.requireNonNull(values[number]);
  }

  private @Nullable Object[] widened(@Nullable Object[] row, @Nullable Object[] results) {
    @Nullable Object[] wide = new @Nullable Object[row.length + windows.width()];
    System.arraycopy(row, 0, wide, 0, row.length);
    System.arraycopy(results, 1, wide, row.length, windows.width());
    return wide;
  }

  @Override
  public void close() {
    input.close();
  }
}
