package dev.quire.engine.exec;

import dev.quire.engine.spill.KeyBytes;
import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillTable;
import org.jspecify.annotations.Nullable;

/** Rows that are sorted outside of the heap; equal ones keep their order. */
final class SpilledSort {
  private final RowOrder order;
  private final Overflow overflow;
  private final SpillTable table;
  private final KeyBytes bytes = new KeyBytes();

  SpilledSort(RowOrder order, Overflow overflow) {
    this.order = order;
    this.overflow = overflow;
    this.table = overflow.table();
  }

  void add(@Nullable Object[] row) {
    overflow.add(table, order.key(bytes, row), row);
  }

  /** Adds the rest of an input, and closes it. */
  SpilledSort addAll(RowCursor input) {
    for (@Nullable Object[] row = input.next(); row != null; row = input.next()) {
      add(row);
    }
    input.close();
    return this;
  }

  RowCursor sorted() {
    return new SpilledRows(overflow.query(new SpillQuery.Sorted(table)), 1);
  }
}
