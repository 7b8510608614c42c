package dev.quire.engine.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Statements over two tables {@code a} and {@code b}, as long as luck wants. */
final class RandomStatements {
  private final Random random;

  RandomStatements(Random random) {
    this.random = random;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private int number() {
    return random.nextInt(9) - 2;
  }

  String statement() {
    return switch (random.nextInt(8)) {
      case 0 -> "SELECT " + values("x.", 3) + " FROM {a} x WHERE " + condition("x.", 3);
      case 1 -> grouped();
      case 2 -> joined();
      case 3 -> combined();
      case 4 -> "SELECT DISTINCT " + values("x.", 2) + " FROM {a} x";
      case 5 -> top();
      case 6 -> windowed();
      default -> totals();
    };
  }

  private String values(String alias, int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add((random.nextBoolean() ? integer(alias, 2) : text(alias, 2)) + " AS c" + i);
    }
    return String.join(", ", values);
  }

  private String grouped() {
    String key = random.nextBoolean() ? integer("x.", 1) : text("x.", 1);
    return "SELECT k, COUNT(*) AS n, COUNT(i) AS m, SUM(i) AS s, MIN(t) AS lo, MAX(d) AS hi,"
        + " AVG(d) AS av, COUNT(DISTINCT i) AS di, SUM(i) FILTER (WHERE i > 1) AS f FROM (SELECT "
        + key
        + " AS k, x.i, x.t, x.d FROM {a} x WHERE "
        + condition("x.", 1)
        + ") q GROUP BY k"
        + (random.nextBoolean() ? " HAVING COUNT(*) > 1" : "");
  }

  private String totals() {
    return "SELECT COUNT(*) AS n, SUM(i) AS s, SUM(d) AS t, MIN(t) AS lo, MAX(t) AS hi FROM {a} x"
        + " WHERE "
        + condition("x.", 2);
  }

  private String joined() {
    String kind = one(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN"));
    String extra = random.nextBoolean() ? " AND " + condition("x.", 1) : "";
    return "SELECT x.i AS c0, x.t AS c1, y.i AS c2, y.t AS c3 FROM {a} x "
        + kind
        + " {b} y ON "
        + one(List.of("x.i = y.i", "x.t = y.t", "x.i + 1 = y.i", "x.i = y.i AND x.t = y.t"))
        + extra
        + " WHERE "
        + one(List.of("1 = 1", condition("y.", 1), condition("x.", 1)));
  }

  private String combined() {
    return "SELECT i, t FROM {a} x WHERE "
        + condition("x.", 1)
        + one(List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT "))
        + "SELECT i, t FROM {b} y WHERE "
        + condition("y.", 1);
  }

  private String top() {
    return "SELECT id, i, t FROM {a} x WHERE "
        + condition("x.", 1)
        + " ORDER BY "
        + one(List.of("i", "t", "d", "i DESC", "t DESC"))
        + one(List.of(" NULLS FIRST", " NULLS LAST"))
        + ", id LIMIT "
        + (1 + random.nextInt(8))
        + " OFFSET "
        + random.nextInt(4);
  }

  private String windowed() {
    String framed = one(List.of("COUNT(*)", "COUNT(t)", "SUM(i)", "SUM(d)", "MIN(t)", "MAX(i)"));
    String other =
        one(
            List.of(
                "ROW_NUMBER()",
                "RANK()",
                "DENSE_RANK()",
                "NTILE(3)",
                "NTILE(7)",
                "PERCENT_RANK()",
                "CUME_DIST()",
                "LAG(i)",
                "LEAD(t, 2)",
                "LAG(i, 1, -9)",
                "FIRST_VALUE(t)",
                "LAST_VALUE(i)",
                "AVG(d)"));
    String partition = one(List.of("", "PARTITION BY t ", "PARTITION BY MOD(i, 2), b "));
    String order = "ORDER BY " + one(List.of("i, id", "d DESC, id", "id DESC"));
    String frame =
        one(
            List.of(
                "",
                " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
                " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"));
    return "SELECT id, %s OVER (%s%s%s) AS c1, %s OVER (%s%s) AS c2, SUM(i) OVER (%s) AS c3"
        .formatted(framed, partition, order, frame, other, partition, order, partition)
        .concat(" FROM {a} x WHERE " + condition("x.", 1));
  }

  private String condition(String alias, int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      String operator = one(List.of(" AND ", " OR "));
      return "(" + condition(alias, depth - 1) + operator + condition(alias, depth - 1) + ")";
    }
    return switch (random.nextInt(9)) {
      case 0 -> integer(alias, depth) + one(List.of(" = ", " <> ", " < ", " >= ")) + number();
      case 1 -> text(alias, depth) + one(List.of(" = ", " < ", " > ")) + "'b'";
      case 2 -> alias + one(List.of("i", "t", "d")) + one(List.of(" IS NULL", " IS NOT NULL"));
      case 3 -> alias + "t LIKE '" + one(List.of("a%", "%b", "_a%", "%", "ab")) + "'";
      case 4 -> alias + "i IN (" + number() + ", " + number() + ", 3)";
      case 5 -> alias + "i NOT IN (" + number() + ", " + number() + ")";
      case 6 -> alias + "d BETWEEN " + number() + " AND 4.5";
      case 7 -> "NOT (" + condition(alias, Math.max(0, depth - 1)) + ")";
      default -> alias + "b";
    };
  }

  private String integer(String alias, int depth) {
    if (depth == 0) {
      return random.nextInt(3) == 0 ? Integer.toString(number()) : alias + "i";
    }
    String a = integer(alias, depth - 1);
    return switch (random.nextInt(9)) {
      case 0 -> "(" + a + one(List.of(" + ", " - ", " * ")) + integer(alias, depth - 1) + ")";
      case 1 -> "(" + a + " / " + one(List.of("2", "3", "-2")) + ")";
      case 2 -> "MOD(" + a + ", 3)";
      case 3 -> "ABS(" + a + ")";
      case 4 -> "COALESCE(" + a + ", " + integer(alias, depth - 1) + ")";
      case 5 -> "NULLIF(" + a + ", " + number() + ")";
      case 6 -> "CASE WHEN " + condition(alias, 0) + " THEN " + a + " ELSE " + number() + " END";
      case 7 -> "CHAR_LENGTH(" + text(alias, depth - 1) + ")";
      default -> "POSITION('b' IN " + text(alias, depth - 1) + ")";
    };
  }

  private String text(String alias, int depth) {
    if (depth == 0) {
      return alias + "t";
    }
    String a = text(alias, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> "UPPER(" + a + ")";
      case 1 -> "(" + a + " || '-' || " + text(alias, depth - 1) + ")";
      case 2 -> "SUBSTRING(" + a + " FROM " + (1 + random.nextInt(3)) + " FOR 2)";
      case 3 -> "TRIM(" + a + ")";
      case 4 -> "REPLACE(" + a + ", 'a', 'xy')";
      case 5 -> "COALESCE(" + a + ", 'none')";
      case 6 -> "CAST(" + integer(alias, 0) + " AS VARCHAR)";
      default -> "CASE WHEN " + condition(alias, 0) + " THEN " + a + " ELSE 'other' END";
    };
  }
}
