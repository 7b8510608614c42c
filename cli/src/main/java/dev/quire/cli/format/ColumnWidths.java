package dev.quire.cli.format;

import java.util.Arrays;
import java.util.List;

/**
 * How wide each column of a table is. Immutable.
 *
 * @param cuts whether a longer value is cut instead of pushing the rest to the right
 * @param fits whether every column has room enough to be read
 */
record ColumnWidths(List<Integer> widths, boolean cuts, boolean fits) {
  static final String GAP = "  ";

  /** A column narrower than this says nothing, unless its values are that short. */
  private static final int NARROWEST = 8;

  /** Where nothing is cut, one long value must not widen its column for all rows. */
  private static final int WIDEST_UNCUT = 60;

  ColumnWidths {
    widths = List.copyOf(widths);
  }

  int of(int column) {
    return widths.get(column);
  }

  /** Widths for these names and first rows, within the layout's width. */
  static ColumnWidths measure(List<String> names, List<String[]> rows, RowFormat.Layout layout) {
    int[] natural = new int[names.size()];
    for (int i = 0; i < natural.length; i++) {
      natural[i] = layout.header() ? DisplayText.width(names.get(i)) : 1;
      for (String[] row : rows) {
        natural[i] = Math.max(natural[i], DisplayText.width(row[i]));
      }
    }
    if (layout.width().isEmpty()) {
      return new ColumnWidths(capped(natural, WIDEST_UNCUT), false, true);
    }
    int room = layout.width().getAsInt() - GAP.length() * (natural.length - 1);
    int cap = cap(natural, room);
    boolean fits = natural.length == 1 || sum(natural, NARROWEST) <= room;
    return new ColumnWidths(capped(natural, cap), true, fits);
  }

  /** The greatest cap under which all columns fit: narrow columns keep their width. */
  private static int cap(int[] natural, int room) {
    int low = 1;
    int high = Math.max(1, room);
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (sum(natural, middle) <= room) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static long sum(int[] natural, int cap) {
    long sum = 0;
    for (int width : natural) {
      sum += Math.min(width, cap);
    }
    return sum;
  }

  private static List<Integer> capped(int[] natural, int cap) {
    return Arrays.stream(natural).map(width -> Math.min(width, cap)).boxed().toList();
  }
}
