package dev.quire.it.sql;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes up statements over the entity set {@code edgecases}; the same seed gives the same ones.
 * Each has one right answer: where its order leaves ties, it shows nothing but what it orders by.
 */
final class EdgeStatements {
  /** The columns as H2 declares them. */
  static final List<String> TABLE =
      List.of(
          "edgecaseid UUID PRIMARY KEY",
          "label VARCHAR",
          "other VARCHAR",
          "amount DECIMAL(19, 4)",
          "rate DECIMAL(19, 4)",
          "small INTEGER",
          "quantity INTEGER",
          "big BIGINT",
          "flag BOOLEAN",
          "dayon DATE",
          "happened TIMESTAMP WITH TIME ZONE",
          "_parentid_value UUID");

  static final List<String> COLUMNS =
      TABLE.stream().map(column -> column.substring(0, column.indexOf(' '))).toList();

  /** Not of any row, so that statements stay the same when the keys change. */
  static final List<String> KEYS =
      List.of(
          "00000000-0000-0000-0000-000000000000",
          "3fffffff-ffff-ffff-ffff-ffffffffffff",
          "80000000-0000-4000-8000-000000000000",
          "c0000000-0000-4000-8000-000000000000");

  private static final String FROM = " FROM s.edgecases x";

  private final EdgeExpressions make;

  EdgeStatements(long seed) {
    make = new EdgeExpressions(new Random(seed));
  }

  String next() {
    return switch (make.below(14)) {
      case 0, 1, 2 -> "SELECT " + values(1 + make.below(3)) + FROM + where(2);
      case 3 -> "SELECT DISTINCT " + values(1) + FROM + where(1);
      case 4, 5 -> grouped();
      case 6 -> totals();
      case 7, 8 -> ordered();
      case 9 -> joined();
      case 10 -> related();
      case 11 -> combined();
      case 12 -> windowed();
      default -> nested();
    };
  }

  private String values(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> make.value("x.", 2) + " AS c" + i)
        .collect(Collectors.joining(", "));
  }

  private String where(int depth) {
    return make.chance(6) ? "" : " WHERE " + make.condition("x.", depth);
  }

  private String grouped() {
    String keys =
        make.chance(3)
            ? key() + " AS k, " + key() + " AS l"
            : (make.chance(2) ? key() : make.value("x.", 1)) + " AS k";
    String names = keys.contains(" AS l") ? "k, l" : "k";
    return "SELECT %1$s, COUNT(*) AS n, %2$s AS a, %3$s AS b FROM (SELECT %4$s, x.*%5$s%6$s) q"
            .formatted(names, aggregate(), aggregate(), keys, FROM, where(1))
        + " GROUP BY "
        + names
        + make.one(List.of("", "", " HAVING COUNT(*) > 2", " HAVING MIN(quantity) IS NOT NULL"));
  }

  private String key() {
    return "x." + make.one(List.of("label", "flag", "small", "dayon", "amount", "happened"));
  }

  private String totals() {
    return "SELECT %s AS a, %s AS b, COUNT(*) AS n".formatted(aggregate(), aggregate())
        + FROM
        + where(2);
  }

  private String aggregate() {
    String column = make.one(COLUMNS);
    return switch (make.below(9)) {
      case 0 -> "COUNT(" + column + ")";
      case 1 -> "COUNT(DISTINCT " + column + ")";
      case 2 -> "SUM(" + make.one(List.of("quantity", "rate", "amount", "small", "big")) + ")";
      case 3 -> "AVG(" + make.one(List.of("quantity", "rate")) + ")";
      case 4 -> "SUM(DISTINCT " + make.one(List.of("quantity", "rate")) + ")";
      case 5 -> "SUM(quantity) FILTER (WHERE rate > 0)";
      case 6, 7 -> "MIN(" + extreme() + ")";
      default -> "MAX(" + extreme() + ")";
    };
  }

  private String extreme() {
    return make.one(
        List.of("label", "amount", "small", "big", "dayon", "happened", "quantity", "rate"));
  }

  /** By the key in the end, or showing the order alone. */
  private String ordered() {
    List<String> keys =
        IntStream.range(0, 1 + make.below(2))
            .mapToObj(i -> make.chance(3) ? make.value("x.", 1) : "x." + make.one(COLUMNS))
            .toList();
    boolean total = make.chance(2);
    String shown =
        IntStream.range(0, keys.size())
            .mapToObj(i -> keys.get(i) + " AS k" + i)
            .collect(Collectors.joining(", "));
    String order =
        IntStream.range(0, keys.size())
            .mapToObj(i -> "k" + i + direction())
            .collect(Collectors.joining(", "));
    return "SELECT %s%s%s ORDER BY %s%s%s"
        .formatted(
            shown + (total ? ", x.edgecaseid, " + make.value("x.", 1) + " AS v" : ""),
            FROM,
            where(1),
            order,
            total ? ", x.edgecaseid" + make.one(List.of("", " DESC")) : "",
            limit());
  }

  private String direction() {
    return make.one(List.of("", " DESC", " ASC"))
        + make.one(List.of("", " NULLS FIRST", " NULLS LAST"));
  }

  private String limit() {
    return make.one(List.of("", " LIMIT " + make.below(120), " LIMIT 7"))
        + (make.chance(3) ? " OFFSET " + make.below(90) : "");
  }

  private String joined() {
    String on =
        make.one(
            List.of(
                "x._parentid_value = y.edgecaseid",
                "x._parentid_value = y.edgecaseid",
                "x.label = y.other AND x.flag = y.flag",
                "x.amount = y.amount AND x.label = y.label",
                "x.happened = y.happened AND x.quantity = y.quantity",
                "x.edgecaseid = y._parentid_value AND x.quantity < y.quantity"));
    return "SELECT %s AS c0, %s AS c1, x.edgecaseid%s %s s.edgecases y ON %s%s WHERE %s"
        .formatted(
            make.value("x.", 1),
            make.value("y.", 1),
            FROM,
            make.one(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN")),
            on,
            make.chance(3) ? " AND " + make.condition("y.", 1) : "",
            make.condition(make.one(List.of("x.", "y.")), 1));
  }

  /** Semi-joins, anti-joins and values from another scan. */
  private String related() {
    String inner = "s.edgecases y WHERE " + make.condition("y.", 1);
    String test =
        switch (make.below(6)) {
          case 0 -> "EXISTS (SELECT 1 FROM " + inner + " AND y._parentid_value = x.edgecaseid)";
          case 1 -> "NOT EXISTS (SELECT 1 FROM " + inner + " AND y.label = x.label)";
          case 2 -> "x.label IN (SELECT y.other FROM " + inner + ")";
          case 3 -> "x.quantity NOT IN (SELECT y.quantity FROM " + inner + ")";
          case 4 -> "x.amount >= (SELECT MIN(y.amount) FROM " + inner + ")";
          default ->
              "(SELECT COUNT(*) FROM " + inner + " AND y.edgecaseid = x._parentid_value) = 1";
        };
    return "SELECT "
        + values(1)
        + ", x.edgecaseid"
        + FROM
        + " WHERE "
        + test
        + " AND "
        + make.condition("x.", 1);
  }

  private String combined() {
    String columns =
        make.one(List.of("label, flag", "small, quantity", "amount", "dayon", "other"));
    return "SELECT %1$s FROM s.edgecases x WHERE %2$s %3$s SELECT %1$s FROM s.edgecases x WHERE %4$s"
        .formatted(
            columns,
            make.condition("x.", 1),
            make.one(List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT")),
            make.condition("x.", 1));
  }

  /** Functions that see peers as one leave ties; the others have the key in the end. */
  private String windowed() {
    boolean ties = make.chance(3);
    String function =
        make.one(
            ties
                ? List.of(
                    "RANK()",
                    "DENSE_RANK()",
                    "PERCENT_RANK()",
                    "CUME_DIST()",
                    "COUNT(*)",
                    "SUM(rate)",
                    "MAX(amount)")
                : List.of(
                    "ROW_NUMBER()",
                    "LAG(label)",
                    "LEAD(quantity, 2)",
                    "SUM(rate)",
                    "COUNT(amount)",
                    "MAX(label)",
                    "FIRST_VALUE(small)",
                    "LAST_VALUE(dayon)",
                    "NTILE(4)"));
    String partition =
        make.one(
            List.of(
                "", "PARTITION BY label ", "PARTITION BY flag, dayon ", "PARTITION BY amount "));
    String order = make.one(List.of("quantity", "happened DESC", "label", "amount", "other DESC"));
    return "SELECT edgecaseid, %s OVER (%sORDER BY %s) AS w"
            .formatted(function, partition, ties ? order : order + ", edgecaseid")
        + FROM
        + where(1);
  }

  private String nested() {
    return switch (make.below(4)) {
      case 0 ->
          "SELECT COUNT(*) FROM (SELECT x.label%s%s LIMIT %d) q"
              .formatted(FROM, where(1), make.below(150));
      case 1 ->
          "WITH q AS (SELECT x.label AS k, COUNT(*) AS n%s%s GROUP BY x.label) SELECT a.k, b.n"
                  .formatted(FROM, where(1))
              + " FROM q a JOIN q b ON a.k = b.k WHERE a.n > 1";
      case 2 ->
          "SELECT k, v FROM (SELECT x.edgecaseid AS k, %s AS v%s ORDER BY x.edgecaseid LIMIT %d) q"
                  .formatted(make.value("x.", 1), FROM, 20 + make.below(100))
              + " WHERE v IS NOT NULL";
      default ->
          "SELECT x.label, (SELECT MAX(y.quantity) FROM s.edgecases y WHERE y.label = x.label) AS m"
              + FROM
              + where(1);
    };
  }
}
