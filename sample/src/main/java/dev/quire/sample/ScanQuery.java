package dev.quire.sample;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and columns of a table are wanted, at the root or below an expanded property.
 * Immutable.
 *
 * @param selected the names as they were asked for, for the context URL; empty for all
 * @param columns those and what the service adds
 */
record ScanQuery(
    SampleTable table,
    List<String> selected,
    List<SampleColumn> columns,
    Filter filter,
    List<OrderKey> order,
    OptionalInt top,
    List<Expansion> expansions) {

  /** A navigation property and what is wanted of the rows that it leads to. */
  record Expansion(Navigation navigation, String options, ScanQuery query) {}

  private static final String CURRENCY = "_transactioncurrencyid_value";

  /**
   * Reads the options of a scan.
   *
   * @param option gives the decoded text of an option by its name, or null
   */
  static ScanQuery parse(
      SampleTable table, Function<String, @Nullable String> option, List<Expansion> expansions) {
    String select = option.apply("$select");
    String filter = option.apply("$filter");
    String order = option.apply("$orderby");
    String top = option.apply("$top");
    List<String> selected = select == null || select.equals("*") ? List.of() : names(select);
    return new ScanQuery(
        table,
        selected,
        selected.isEmpty() ? table.columns() : columns(table, selected),
        filter == null ? Filter.ALL : FilterParser.parse(table, filter),
        order == null ? List.of() : order(table, order),
        top == null ? OptionalInt.empty() : OptionalInt.of(number("$top", top)),
        expansions);
  }

  /** Rows are in the order of their keys already. */
  private static List<OrderKey> order(SampleTable table, String text) {
    List<OrderKey> keys = OrderKey.parse(table, text);
    OrderKey first = keys.get(0);
    return first.column().equals(table.key()) && !first.descending() ? List.of() : keys;
  }

  private static List<String> names(String select) {
    List<String> names = new ArrayList<>();
    for (String name : select.split(",", -1)) {
      names.add(name.trim());
    }
    return List.copyOf(names);
  }

  /** The key is always there; a column of money brings its currency. */
  private static List<SampleColumn> columns(SampleTable table, List<String> selected) {
    Set<SampleColumn> columns = new LinkedHashSet<>();
    selected.forEach(name -> columns.add(table.requireColumn(name)));
    if (columns.stream().anyMatch(SampleColumn::isMoney)) {
      table.findColumn(CURRENCY).ifPresent(columns::add);
    }
    columns.add(table.key());
    return List.copyOf(columns);
  }

  private static int number(String option, String text) {
    try {
      int number = Integer.parseInt(text.trim());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same refusal as a negative number.
    }
    throw ODataFault.malformed(
        "Invalid value '%s' for %s query option found. The %s query option requires a non-negative"
                .formatted(text, option, option)
            + " integer value.");
  }
}
