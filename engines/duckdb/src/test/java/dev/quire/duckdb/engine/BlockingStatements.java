package dev.quire.duckdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Statements that must read all rows before they give one, over the tables {@code s.a} and {@code
 * s.b}. One that ends in a column {@code id} of an order has only one right order.
 */
final class BlockingStatements {
  static final List<String> COLUMNS =
      List.of("i", "l", "t", "d", "w", "u", "f", "b", "dt", "ts", "tz", "tm", "g", "x");
  private static final List<String> NUMBERS = List.of("i", "l", "d", "w", "u", "f");

  private final Random random;

  BlockingStatements(Random random) {
    this.random = random;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean often() {
    return random.nextInt(3) > 0;
  }

  private String column(String alias) {
    return alias + one(COLUMNS);
  }

  String statement() {
    return switch (random.nextInt(10)) {
      case 0 -> sorted();
      case 1 -> grouped();
      case 2 -> sets();
      case 3 -> totals();
      case 4 -> distinct();
      case 5, 6 -> joined();
      case 7 -> half();
      case 8 -> combined();
      default -> windowed();
    };
  }

  private String direction() {
    return one(List.of("", " DESC")) + one(List.of("", " NULLS FIRST", " NULLS LAST"));
  }

  private String sorted() {
    return "SELECT x.* FROM s.a x WHERE "
        + condition("x.")
        + " ORDER BY "
        + value("x.")
        + direction()
        + ", "
        + column("x.")
        + direction()
        + ", id"
        + (often() ? "" : " LIMIT " + random.nextInt(20) + " OFFSET " + random.nextInt(9));
  }

  private String aggregate() {
    String distinct = one(List.of("", "", "DISTINCT "));
    String filter = often() ? "" : " FILTER (WHERE " + condition("x.") + ")";
    return switch (random.nextInt(7)) {
          case 0 -> "COUNT(*)";
          case 1 -> "COUNT(" + distinct + column("x.") + ")";
          case 2 -> "SUM(" + distinct + "x." + one(NUMBERS) + ")";
          case 3 -> "AVG(" + distinct + "x." + one(NUMBERS) + ")";
          case 4 -> "MIN(" + column("x.") + ")";
          case 5 -> "MAX(" + column("x.") + ")";
          default -> one(List.of("STDDEV_POP(x.i)", "VAR_SAMP(x.d)", "COUNT(DISTINCT x.i, x.t)"));
        }
        + filter;
  }

  private String aggregates() {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      calls.add(aggregate() + " AS a" + i);
    }
    return String.join(", ", calls);
  }

  private String grouped() {
    String key = value("x.");
    String other = column("x.");
    return "SELECT "
        + key
        + " AS k, "
        + other
        + " AS m, "
        + aggregates()
        + " FROM s.a x WHERE "
        + condition("x.")
        + " GROUP BY "
        + key
        + ", "
        + other
        + (often() ? "" : " HAVING COUNT(*) > 1");
  }

  private String sets() {
    return "SELECT x.i, x.t, x.b, GROUPING(x.i, x.t) AS n, "
        + aggregates()
        + " FROM s.a x GROUP BY "
        + one(
            List.of(
                "ROLLUP (x.i, x.t, x.b)",
                "CUBE (x.i, x.t, x.b)",
                "GROUPING SETS ((x.i), (x.t, x.b), ())"));
  }

  private String totals() {
    return "SELECT " + aggregates() + " FROM s.a x WHERE " + condition("x.");
  }

  private String distinct() {
    return "SELECT DISTINCT " + value("x.") + " AS c0, " + column("x.") + " AS c1 FROM s.a x";
  }

  private String keys() {
    String column = one(COLUMNS);
    return one(
        List.of(
            "x." + column + " = y." + column,
            "x." + column + " = y." + column,
            "x.i = y.l",
            "x.l = y.i",
            "x.i = y.d",
            "x.d = y.w",
            "x.w = y.u",
            "x.i + 1 = y.i",
            "x.i / 2 = y.i",
            "UPPER(x.t) = UPPER(y.t)",
            "x.dt = CAST(y.ts AS DATE)",
            "x.i = y.i AND x.t = y.t",
            "x.b = y.b AND x.dt = y.dt",
            "x.id < y.id"));
  }

  private String joined() {
    String residual =
        one(
            List.of(
                "",
                "",
                " AND x.id < y.id",
                " AND x.t LIKE '%a%'",
                " AND (x.i > y.i OR y.t IS NULL)"));
    String join =
        "FROM s.a x "
            + one(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"))
            + " s.b y ON "
            + keys()
            + residual;
    if (random.nextInt(6) == 0) {
      return "SELECT COUNT(*) AS n FROM (SELECT x.id " + join + " LIMIT 7) q";
    }
    String third = random.nextInt(5) == 0 ? " JOIN s.b z ON z.id = x.id" : "";
    return "SELECT x.id AS c0, y.id AS c1, "
        + column("x.")
        + " AS c2, "
        + column("y.")
        + " AS c3 "
        + join
        + third;
  }

  private String half() {
    String column = one(COLUMNS);
    return "SELECT x.id, x.t FROM s.a x WHERE "
        + one(
            List.of(
                "x." + column + " IN (SELECT y." + column + " FROM s.b y)",
                "x."
                    + column
                    + " NOT IN (SELECT y."
                    + column
                    + " FROM s.b y WHERE y."
                    + column
                    + " IS NOT NULL)",
                "EXISTS (SELECT 1 FROM s.b y WHERE y." + column + " = x." + column + ")",
                "NOT EXISTS (SELECT 1 FROM s.b y WHERE y." + column + " = x." + column + ")",
                "EXISTS (SELECT 1 FROM s.b y WHERE y.i = x.i AND y.id > x.id)"));
  }

  private String combined() {
    String columns = one(COLUMNS) + ", " + one(COLUMNS);
    return "SELECT "
        + columns
        + " FROM s.a x WHERE "
        + condition("x.")
        + one(List.of(" UNION ", " INTERSECT ", " EXCEPT ", " INTERSECT ALL ", " EXCEPT ALL "))
        + "SELECT "
        + columns
        + " FROM s.b x WHERE "
        + condition("x.");
  }

  private String windowed() {
    String framed =
        one(
            List.of(
                "COUNT(*)",
                "COUNT(t)",
                "SUM(i)",
                "SUM(d)",
                "SUM(w)",
                "SUM(f)",
                "MIN(" + one(COLUMNS) + ")",
                "MAX(" + one(COLUMNS) + ")",
                "AVG(d)"));
    String other =
        one(
            List.of(
                "ROW_NUMBER()",
                "RANK()",
                "DENSE_RANK()",
                "NTILE(3)",
                "PERCENT_RANK()",
                "CUME_DIST()",
                "LAG(i)",
                "LEAD(t, 2)",
                "LAG(i, 1, -9)",
                "FIRST_VALUE(t)",
                "LAST_VALUE(i)"));
    String partition =
        one(List.of("", "PARTITION BY t ", "PARTITION BY MOD(i, 2), b ", "PARTITION BY u "));
    String order =
        "ORDER BY " + one(List.of("i, id", "d DESC, id", "id DESC", "t NULLS LAST, id", "ts, id"));
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
        .concat(" FROM s.a x WHERE " + condition("x."));
  }

  /** Something to sort or group by. */
  private String value(String alias) {
    return switch (random.nextInt(9)) {
      case 0 -> "(" + alias + "i / 3)";
      case 1 -> "UPPER(" + alias + "t)";
      case 2 -> "SUBSTRING(" + alias + "t FROM 1 FOR 1)";
      case 3 -> "(" + alias + "d * 3)";
      case 4 -> "EXTRACT(YEAR FROM " + alias + "ts)";
      case 5 -> "(CASE WHEN " + alias + "b THEN " + alias + "i END)";
      default -> column(alias);
    };
  }

  private String condition(String alias) {
    return switch (random.nextInt(9)) {
      case 0 -> alias + "i > " + (random.nextInt(6) - 2);
      case 1 -> alias + "t LIKE '" + one(List.of("a%", "%b", "_a%", "%!%%' ESCAPE '!")) + "'";
      case 2 -> alias + one(COLUMNS) + " IS NOT NULL";
      case 3 -> "MOD(" + alias + "id, 3) = 1";
      case 4 -> alias + "i > 1000";
      case 5 -> alias + "t > 'Z'";
      default -> "1 = 1";
    };
  }
}
