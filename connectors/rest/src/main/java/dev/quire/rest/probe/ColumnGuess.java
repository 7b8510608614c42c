package dev.quire.rest.probe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns that sample rows have. Immutable. */
public final class ColumnGuess {
  private static final String MOMENT =
      "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)";

  private final List<?> rows;

  public ColumnGuess(List<?> rows) {
    this.rows = rows;
  }

  /** Names and types, in the order of the rows. */
  public Map<String, String> columns() {
    Set<String> names = new LinkedHashSet<>();
    for (Object row : rows) {
      if (row instanceof Map<?, ?> map) {
        map.keySet().forEach(name -> names.add(String.valueOf(name)));
      }
    }
    Map<String, String> columns = new LinkedHashMap<>();
    names.forEach(name -> columns.put(name, type(values(name))));
    return columns;
  }

  /** The values of a column that are there. */
  private List<Object> values(String name) {
    List<Object> values = new ArrayList<>();
    for (Object row : rows) {
      @Nullable Object value = row instanceof Map<?, ?> map ? map.get(name) : null;
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** The narrowest type that holds all; json where nothing is known. */
  public static String type(List<?> values) {
    if (values.isEmpty() || values.stream().anyMatch(ColumnGuess::isTree)) {
      return "json";
    }
    if (values.stream().allMatch(Boolean.class::isInstance)) {
      return "boolean";
    }
    if (values.stream().allMatch(BigDecimal.class::isInstance)) {
      return values.stream().allMatch(ColumnGuess::isWhole) ? "bigint" : "decimal";
    }
    boolean moments = values.stream().allMatch(each -> each.toString().matches(MOMENT));
    return moments ? "timestamptz" : "string";
  }

  private static boolean isTree(Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>;
  }

  private static boolean isWhole(Object value) {
    BigDecimal number = (BigDecimal) value;
    return number.scale() == 0 && number.toBigInteger().bitLength() < 64;
  }

  /** A column that tells the rows apart and is named like it. */
  Optional<String> key() {
    return columns().keySet().stream()
        .filter(
            name -> name.toLowerCase(Locale.ROOT).matches("id|_id|uuid|key|sys_id|.*[_I]d|.*id"))
        .filter(this::isUnique)
        .findFirst();
  }

  private boolean isUnique(String name) {
    List<Object> values = values(name);
    return values.size() == rows.size()
        && values.stream().noneMatch(ColumnGuess::isTree)
        && new HashSet<>(values).size() == values.size();
  }
}
