package dev.quire.cli.format;

import dev.quire.engine.ResultColumn;
import dev.quire.export.text.ValueText;
import java.util.ArrayList;
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

  /**
   * What a column would take, and whether it keeps that while others give way: a number without its
   * last digits is another number.
   */
  private record Need(int width, boolean rigid) {
    int under(int cap, boolean sparing) {
      return sparing && rigid ? width : Math.min(width, cap);
    }
  }

  int of(int column) {
    return widths.get(column);
  }

  /** Widths for these columns and first rows, within the layout's width. */
  static ColumnWidths measure(
      List<ResultColumn> columns, List<String[]> rows, RowFormat.Layout layout) {
    List<Need> needs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      needs.add(need(columns.get(i), i, rows, layout.header()));
    }
    if (layout.width().isEmpty()) {
      return new ColumnWidths(under(needs, WIDEST_UNCUT, false), false, true);
    }
    int room = layout.width().getAsInt() - GAP.length() * (columns.size() - 1);
    boolean sparing = sum(needs, NARROWEST, true) <= room;
    boolean fits = columns.size() == 1 || sum(needs, NARROWEST, false) <= room;
    return new ColumnWidths(under(needs, cap(needs, room, sparing), sparing), true, fits);
  }

  private static Need need(ResultColumn column, int index, List<String[]> rows, boolean header) {
    int width = header ? DisplayText.width(DisplayText.harmless(column.name())) : 1;
    for (String[] row : rows) {
      width = Math.max(width, DisplayText.width(row[index]));
    }
    return new Need(width, ValueText.isNumber(column.type()));
  }

  /** The greatest cap under which all columns fit: narrow columns keep their width. */
  private static int cap(List<Need> needs, int room, boolean sparing) {
    int low = 1;
    int high = Math.max(1, room);
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (sum(needs, middle, sparing) <= room) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static long sum(List<Need> needs, int cap, boolean sparing) {
    return needs.stream().mapToLong(need -> need.under(cap, sparing)).sum();
  }

  private static List<Integer> under(List<Need> needs, int cap, boolean sparing) {
    return needs.stream().map(need -> need.under(cap, sparing)).toList();
  }
}
