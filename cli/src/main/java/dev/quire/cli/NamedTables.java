package dev.quire.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables that a statement names after FROM and JOIN, found in text that need not be whole yet.
 * Immutable.
 */
record NamedTables(List<Named> tables) {
  private static final Pattern TABLE =
      Pattern.compile(
          "(?:\\b(?:from|join)\\b|,)\\s*((?:\\w+|\"[^\"]+\")(?:\\.(?:\\w+|\"[^\"]+\"))+)"
              + "(?:\\s+(?:as\\s+)?(\\w+))?",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> NO_ALIAS =
      Set.of(
          "where", "join", "inner", "left", "right", "full", "cross", "on", "group", "order",
          "limit", "offset", "having", "union", "natural", "fetch", "as");

  NamedTables {
    tables = List.copyOf(tables);
  }

  /**
   * A table in a statement.
   *
   * @param name qualified, as it was written
   * @param alias by which columns are qualified
   */
  record Named(String name, String alias) {}

  static NamedTables in(String text) {
    List<Named> tables = new ArrayList<>();
    Matcher matcher = TABLE.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1);
      String alias = matcher.group(2);
      boolean given = alias != null && !NO_ALIAS.contains(alias.toLowerCase(Locale.ROOT));
      tables.add(new Named(name, given ? alias : name.substring(name.lastIndexOf('.') + 1)));
    }
    return new NamedTables(tables);
  }

  Optional<Named> find(String alias) {
    return tables.stream().filter(each -> each.alias().equalsIgnoreCase(alias)).findFirst();
  }
}
