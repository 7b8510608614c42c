package dev.quire.duckdb.engine;

import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillTable;
import dev.quire.engine.spill.SpillWindow;
import dev.quire.engine.spill.SpillWindow.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Queries as DuckDB's SQL. */
final class SpillSql {
  private SpillSql() {}

  static String of(SpillQuery query) {
    if (query instanceof SpillQuery.Sorted sorted) {
      return "SELECT key, row FROM " + name(sorted.table()) + " ORDER BY key, number";
    }
    if (query instanceof SpillQuery.Joined joined) {
      return joined(joined);
    }
    return windowed((SpillQuery.Windowed) query);
  }

  private static String name(SpillTable table) {
    return ((DuckSpillTable) table).written();
  }

  private static String joined(SpillQuery.Joined query) {
    boolean isAlone =
        query.kind() == SpillQuery.Joined.Kind.SEMI || query.kind() == SpillQuery.Joined.Kind.ANTI;
    return "SELECT l.number, l.row, "
        + (isAlone ? "NULL::BLOB" : "r.row")
        + " FROM "
        + name(query.left())
        + " l "
        + query.kind()
        + " JOIN "
        + name(query.right())
        + " r ON l.key = r.key"
        + (query.ordered() ? " ORDER BY l.number" : "");
  }

  private static String windowed(SpillQuery.Windowed query) {
    List<String> selected = new ArrayList<>();
    selected.add("row");
    query.windows().forEach(window -> selected.add(window(window)));
    return "SELECT " + String.join(", ", selected) + " FROM " + name(query.table());
  }

  private static String window(SpillWindow window) {
    List<String> order = new ArrayList<>(columns(window.order()));
    boolean countsRows =
        switch (window.function()) {
          case ROW_NUMBER, SHIFTED -> true;
          case RANK, DENSE_RANK -> false;
          default -> window.frame().rows();
        };
    if (countsRows) {
      order.add("number");
    }
    boolean hasFrame =
        switch (window.function()) {
          case ROW_NUMBER, SHIFTED, RANK, DENSE_RANK -> false;
          default -> true;
        };
    return call(window)
        + " OVER ("
        + (window.partition().isEmpty()
            ? ""
            : "PARTITION BY " + String.join(", ", columns(window.partition())))
        + (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order))
        + (hasFrame ? frame(window.frame()) : "")
        + ")";
  }

  private static String call(SpillWindow window) {
    List<String> columns = columns(window.columns());
    return switch (window.function()) {
      case ROW_NUMBER, RANK, DENSE_RANK ->
          window.function().name().toLowerCase(java.util.Locale.ROOT) + "()";
      case COUNT -> columns.isEmpty() ? "count(*)" : "count(" + columns.get(0) + ")";
      case SUM -> "sum(" + columns.get(0) + ")";
      case MIN -> "arg_min(" + String.join(", ", columns) + ")";
      case MAX -> "arg_max(" + String.join(", ", columns) + ")";
      case FIRST_VALUE -> "first_value(" + columns.get(0) + ")";
      case LAST_VALUE -> "last_value(" + columns.get(0) + ")";
      case SHIFTED -> shifted(window.frame().from().offset(), columns);
    };
  }

  private static String shifted(long offset, List<String> columns) {
    String otherwise = columns.size() > 1 ? ", " + columns.get(1) : "";
    return (offset <= 0 ? "lag(" : "lead(")
        + columns.get(0)
        + ", "
        + Math.abs(offset)
        + otherwise
        + ")";
  }

  private static List<String> columns(List<Integer> numbers) {
    return numbers.stream().map(number -> "c" + number).collect(Collectors.toList());
  }

  private static String frame(SpillWindow.Frame frame) {
    return (frame.rows() ? " ROWS" : " RANGE")
        + " BETWEEN "
        + bound(frame.from())
        + " AND "
        + bound(frame.to());
  }

  private static String bound(Bound bound) {
    if (bound.equals(Bound.FIRST)) {
      return "UNBOUNDED PRECEDING";
    }
    if (bound.equals(Bound.LAST)) {
      return "UNBOUNDED FOLLOWING";
    }
    return bound.offset() == 0
        ? "CURRENT ROW"
        : Math.abs(bound.offset()) + (bound.offset() < 0 ? " PRECEDING" : " FOLLOWING");
  }
}
