package dev.quire.rest.probe;

import dev.quire.rest.spec.Pointer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
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

/**
 * The columns that sample rows have. The members of an object become columns {@code object.member};
 * what is deeper, lists, and objects whose members differ from row to row are json. Immutable.
 */
public final class ColumnGuess {
  private static final String MOMENT = "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?";
  private static final String UUID =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

  /** The most members that an object may have to become columns. */
  public static final int MOST_MEMBERS = 30;

  private static final List<String> KEYS =
      List.of("id", "_id", "uuid", "guid", "sys_id", "key", "node_id", "name");

  /** Objects that are the row, so that their members are columns of their own name. */
  private static final Set<String> WRAPPERS = Set.of("node", "_source", "attributes");

  private static final Map<String, String> CAUTIOUS =
      Map.of("date", "string", "uuid", "string", "timestamp", "string", "double", "decimal");

  private final List<?> rows;
  private final List<Guess> guesses = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * A column.
   *
   * @param remark for people; may be empty
   */
  public record Guess(String name, String type, Pointer path, String remark) {

    /** An entry of {@code columns}. */
    public String yaml() {
      boolean usual = path.equals(Pointer.to(name));
      String value =
          usual
              ? Words.quoted(type)
              : "{type: " + type + ", path: " + Words.quoted(path.toString()) + "}";
      return Words.quoted(name) + ": " + value + (remark.isEmpty() ? "" : " # " + remark);
    }
  }

  ColumnGuess(List<?> rows) {
    this.rows = rows;
    names(rows).forEach(name -> add(List.of(name), "", 0));
    if (guesses.isEmpty()) {
      List<Object> values = new ArrayList<>();
      rows.stream().filter(row -> row != null).forEach(values::add);
      guesses.add(new Guess("value", type(values), Pointer.ROOT, ""));
    }
  }

  private void add(List<String> path, String prefix, int depth) {
    List<Object> values = values(path);
    String step = path.get(path.size() - 1);
    boolean wrapper = depth == 0 && WRAPPERS.contains(step);
    if ((depth == 0 || path.size() == 2 && WRAPPERS.contains(path.get(0))) && isOpened(values)) {
      String inner = wrapper ? "" : prefix + step + ".";
      int deeper = wrapper ? 0 : depth + 1;
      names(values).forEach(name -> add(Trees.longer(path, name), inner, deeper));
      return;
    }
    String wanted = step.equals("@key") ? "key" : prefix + step;
    String name = taken.contains(wanted) ? String.join(".", path) : wanted;
    taken.add(name);
    String remark = values.isEmpty() ? "null in every row seen" : "";
    guesses.add(new Guess(name, type(values), new Pointer(path), remark));
  }

  private static Set<String> names(List<?> objects) {
    Set<String> names = new LinkedHashSet<>();
    for (Object each : objects) {
      if (each instanceof Map<?, ?> map) {
        map.keySet().forEach(name -> names.add(String.valueOf(name)));
      }
    }
    return names;
  }

  /** Whether all are objects of one kind: few members in all, with names that look like names. */
  private static boolean isOpened(List<Object> values) {
    Set<String> names = names(values);
    return !names.isEmpty()
        && names.size() <= MOST_MEMBERS
        && values.stream().allMatch(Map.class::isInstance)
        && names.stream().allMatch(name -> name.matches("[A-Za-z_$@][\\w$@.-]{0,63}"));
  }

  /** In the order of the rows. */
  List<Guess> columns() {
    return guesses;
  }

  /** The values of a place that are there. */
  private List<Object> values(List<String> path) {
    return values(rows, path);
  }

  private static List<Object> values(List<?> rows, List<String> path) {
    List<Object> values = new ArrayList<>();
    for (Object row : rows) {
      Object value = Trees.at(row, path);
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
      return number(values.stream().map(BigDecimal.class::cast).toList());
    }
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof String text)) {
        return "string";
      }
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts.isEmpty() ? "string" : text(texts);
  }

  /** Fractions keep their digits, except where they are as those of floating-point numbers. */
  private static String number(List<BigDecimal> numbers) {
    if (numbers.stream().anyMatch(each -> each.scale() < 0 || each.scale() > 18)) {
      return "double";
    }
    boolean whole =
        numbers.stream().allMatch(n -> n.scale() == 0 && n.toBigInteger().bitLength() < 64);
    return whole ? "bigint" : "decimal";
  }

  private static String text(List<String> texts) {
    if (texts.stream().allMatch(text -> text.matches(UUID))) {
      return "uuid";
    }
    if (texts.stream().allMatch(ColumnGuess::isDate)) {
      return "date";
    }
    if (texts.stream().allMatch(text -> text.matches(MOMENT + "(Z|[+-]\\d\\d:?\\d\\d)"))) {
      return "timestamptz";
    }
    return texts.stream().allMatch(text -> text.matches(MOMENT)) ? "timestamp" : "string";
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && !LocalDate.parse(text).equals(LocalDate.MIN);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isTree(Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>;
  }

  /**
   * The members of rows and their types, none of which a later row is likely to break: dates and
   * the like are texts.
   */
  public static Map<String, String> members(List<?> rows) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String name : names(rows)) {
      List<Object> values = values(rows, List.of(name));
      types.put(name, CAUTIOUS.getOrDefault(type(values), type(values)));
    }
    return types;
  }

  /** A column that tells the rows apart and is named like one that does. */
  Optional<Guess> key() {
    List<Guess> unique = guesses.stream().filter(this::isUnique).toList();
    for (String name : KEYS) {
      for (Guess guess : unique) {
        if (guess.name().toLowerCase(Locale.ROOT).equals(name)) {
          return Optional.of(guess);
        }
      }
    }
    return unique.stream()
        .filter(guess -> guess.name().matches("(?i)[\\w@$]*id|RowKey|PartitionKey|code|number"))
        .findFirst();
  }

  private boolean isUnique(Guess guess) {
    List<Object> values = values(guess.path().steps());
    return values.size() == rows.size()
        && values.stream().noneMatch(ColumnGuess::isTree)
        && new HashSet<>(values).size() == values.size();
  }

  /** What tells a row from others: its key, else all of it. */
  static @Nullable Object identity(Optional<Guess> key, @Nullable Object row) {
    Object found = key.map(guess -> Trees.at(row, guess.path().steps())).orElse(null);
    return found == null ? row : found;
  }
}
