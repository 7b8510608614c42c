package dev.quire.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One key of {@code $orderby}: nulls first ascending, last descending. Immutable. */
record OrderKey(SampleColumn column, boolean descending) {

  static List<OrderKey> parse(SampleTable table, String text) {
    List<OrderKey> keys = new ArrayList<>();
    Tokens tokens = new Tokens(text);
    do {
      SampleColumn column = table.requireColumn(tokens.takeWord());
      boolean descending = tokens.takeIf("desc");
      if (!descending) {
        tokens.takeIf("asc");
      }
      keys.add(new OrderKey(column, descending));
    } while (tokens.takeIf(","));
    tokens.expectEnd();
    return List.copyOf(keys);
  }

  /** Row numbers in this order; equal rows in the order of their keys. */
  static void sort(long[] rows, List<OrderKey> order) {
    record Keyed(long row, @Nullable Object[] values) {}
    Comparator<Keyed> comparator = null;
    for (int i = 0; i < order.size(); i++) {
      int at = i;
      Comparator<Keyed> next = (one, two) -> compareNullable(one.values[at], two.values[at]);
      next = order.get(i).descending() ? next.reversed() : next;
      comparator = comparator == null ? next : comparator.thenComparing(next);
    }
    Comparator<Keyed> byRow = Comparator.comparingLong(Keyed::row);
    Keyed[] keyed = new Keyed[rows.length];
    for (int i = 0; i < rows.length; i++) {
      keyed[i] = new Keyed(rows[i], valuesOf(rows[i], order));
    }
    Arrays.sort(keyed, comparator == null ? byRow : comparator.thenComparing(byRow));
    for (int i = 0; i < rows.length; i++) {
      rows[i] = keyed[i].row;
    }
  }

  private static @Nullable Object[] valuesOf(long row, List<OrderKey> order) {
    @Nullable Object[] values = new @Nullable Object[order.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = order.get(i).column().value().at(row);
      values[i] = value instanceof String text ? Values.fold(text) : value;
    }
    return values;
  }

  private static int compareNullable(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return (left == null ? 0 : 1) - (right == null ? 0 : 1);
    }
    return Values.compare(left, right);
  }
}
