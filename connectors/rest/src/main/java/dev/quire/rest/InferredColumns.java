package dev.quire.rest;

import dev.quire.rest.probe.ColumnGuess;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Format;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.rest.spec.TableSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns that the rows of a page have: what is whole in all rows is a bigint, what is an
 * object, a list or never there is json. In formats that have texts alone, texts that are numbers
 * or truth values in all rows are taken for them.
 */
final class InferredColumns {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?");

  private final TableSpec table;
  private final List<@Nullable Object> rows;

  /**
   * @param rows as maps, lists, strings, numbers, booleans and null; at least one
   */
  InferredColumns(TableSpec table, List<@Nullable Object> rows) {
    this.table = table;
    this.rows = rows;
  }

  /** The table with the columns of its rows behind those that requests give. */
  TableSpec completed() {
    List<ColumnSpec> columns = new ArrayList<>(table.columns());
    if (table.answer().rows().shape() == Rows.Shape.MAP) {
      columns.add(column("key", "string", Pointer.to("@key")));
    }
    if (rows.stream().allMatch(Map.class::isInstance)) {
      members().forEach((name, type) -> columns.add(column(name, type, Pointer.to(name))));
    } else {
      columns.add(column("value", ColumnGuess.type(present()), Pointer.ROOT));
    }
    return table.withColumns(columns);
  }

  private ColumnSpec column(String name, String type, Pointer path) {
    String free = table.findColumn(name).isPresent() ? name + "_" : name;
    return ColumnSpec.of(free, type, path);
  }

  private List<Object> present() {
    List<Object> present = new ArrayList<>();
    for (Object row : rows) {
      if (row != null) {
        present.add(row);
      }
    }
    return present;
  }

  private Map<String, String> members() {
    Format format = table.answer().format();
    if (!(format instanceof Format.Csv) && !(format instanceof Format.Xml)) {
      return ColumnGuess.members(rows);
    }
    Map<String, String> types =
        new LinkedHashMap<>(ColumnGuess.members(rows.stream().map(InferredColumns::read).toList()));
    boolean flat = format instanceof Format.Csv;
    types.replaceAll((name, type) -> flat && type.equals("json") ? "string" : type);
    return types;
  }

  /** A row whose texts are what they look like. */
  private static Object read(@Nullable Object row) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (row instanceof Map<?, ?> map) {
      map.forEach((name, value) -> members.put(String.valueOf(name), value(value)));
    }
    return members;
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.isEmpty() ? null : NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}
