package dev.quire.thirdparty;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes up statements over the view {@code sales}; the same seed gives the same ones. */
final class GeneratedStatements {
  /**
   * A statement.
   *
   * @param ordered whether the order of its rows is fixed
   */
  record Statement(String sql, boolean ordered) {}

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "serial",
          "label",
          "kind",
          "amount",
          "ratio",
          "happened",
          "day_on",
          "flag",
          "quantity",
          "customer_id");
  private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> PATTERNS =
      List.of(
          "Item 1%",
          "%7", "%tem%", "ITEM%", "item%", "Item _", "%a", "Item 5_", "%", "Gamma", "gam%");

  private final Random random;

  GeneratedStatements(long seed) {
    random = new Random(seed);
  }

  Statement next() {
    String where = random.nextInt(6) == 0 ? "" : " WHERE " + condition(2);
    return switch (random.nextInt(6)) {
      case 0 -> new Statement("SELECT COUNT(*) FROM shop.sales" + where, true);
      case 1 -> grouped(where);
      case 2, 3 -> new Statement("SELECT " + columns() + " FROM shop.sales" + where, false);
      default -> limited(where);
    };
  }

  private Statement grouped(String where) {
    String key = pick(List.of("kind", "flag", "quantity", "customer_id"));
    return new Statement(
        "SELECT %1$s, COUNT(*), SUM(amount), MIN(happened), COUNT(label) FROM shop.sales%2$s GROUP BY %1$s"
            .formatted(key, where),
        false);
  }

  /** With the key as the last column of the order, so that there is one right answer. */
  private Statement limited(String where) {
    String order =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(
                i -> pick(COLUMNS) + pick(List.of("", " DESC", " ASC", nulls(), nulls())) + ", ")
            .collect(Collectors.joining());
    String limit = random.nextBoolean() ? " LIMIT " + random.nextInt(400) : "";
    String offset = random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(300) : "";
    return new Statement(
        "SELECT %s, id AS key_of_row FROM shop.sales%s ORDER BY %sid%s%s%s"
            .formatted(columns(), where, order, pick(List.of("", " DESC")), limit, offset),
        true);
  }

  private String nulls() {
    return pick(List.of("", " DESC")) + pick(List.of(" NULLS FIRST", " NULLS LAST"));
  }

  private String columns() {
    return random.nextInt(4) == 0
        ? String.join(", ", COLUMNS)
        : pick(COLUMNS) + ", " + pick(COLUMNS) + " AS other";
  }

  private String condition(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return test();
    }
    String left = condition(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "NOT (" + left + ")";
      case 1 -> "(" + left + " OR " + condition(depth - 1) + ")";
      default -> "(" + left + " AND " + condition(depth - 1) + ")";
    };
  }

  private String test() {
    String column = pick(COLUMNS);
    return switch (random.nextInt(10)) {
      case 8 -> function();
      case 9 -> pick(List.of("LOWER(", "UPPER(")) + pick(List.of("label", "kind")) + cased();
      case 0 -> column + " IS NULL";
      case 1 -> column + " IS NOT NULL";
      case 2 ->
          pick(List.of("label", "kind"))
              + pick(List.of(" LIKE '", " NOT LIKE '"))
              + pick(PATTERNS)
              + "'";
      case 3 ->
          column.equals("flag")
              ? pick(List.of("flag", "NOT flag", "flag IS NOT TRUE"))
              : in(column);
      case 4 ->
          column.equals("flag")
              ? "flag = TRUE"
              : column + " BETWEEN " + literal(column) + " AND " + literal(column);
      default ->
          column.equals("flag")
              ? "flag = FALSE"
              : column + " " + pick(OPERATORS) + " " + literal(column);
    };
  }

  private String function() {
    int number = random.nextInt(12) + 1;
    return pick(
            List.of(
                "MONTH(day_on)",
                "EXTRACT(DAY FROM day_on)",
                "MONTH(happened)",
                "MOD(quantity, 7)",
                "MOD(id, 3)",
                "FLOOR(amount)"))
        + " "
        + pick(OPERATORS)
        + " "
        + pick(List.of("0", "1", Integer.toString(number)));
  }

  private String cased() {
    return pick(
        List.of(
            ") = 'gamma'",
            ") = 'GAMMA'",
            ") LIKE 'item 1%'",
            ") LIKE '%EM 5%'",
            ") IN ('beta', 'ALPHA')",
            ") LIKE '%ta'"));
  }

  private String in(String column) {
    return column
        + pick(List.of(" IN (", " NOT IN ("))
        + literal(column)
        + ", "
        + literal(column)
        + ")";
  }

  private String literal(String column) {
    int number = random.nextInt(1_000);
    return switch (column) {
      case "serial" -> Long.toString(Views.serial(number));
      case "label" -> "'" + pick(List.of("Item ", "ITEM ", "item ")) + number + "'";
      case "kind" -> "'" + pick(List.of("alpha", "beta", "Gamma", "gamma", "DELTA", "c")) + "'";
      case "amount" ->
          pick(List.of(number + ".25", number * 5 + ".0625", Integer.toString(number)));
      case "ratio" -> number / 8 + pick(List.of(".5", ".125", "e0"));
      case "happened" ->
          "TIMESTAMP '2024-%02d-%02d 1%d:00:00'"
              .formatted(number % 12 + 1, number % 28 + 1, number % 10);
      case "day_on" ->
          "DATE '202%d-%02d-%02d'".formatted(number % 3, number % 12 + 1, number % 28 + 1);
      case "quantity" -> Integer.toString(number % 211 - 50);
      default -> Integer.toString(number);
    };
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
