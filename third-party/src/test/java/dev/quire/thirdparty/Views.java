package dev.quire.thirdparty;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that Teiid serves, and the same by their formulas. */
final class Views {
  /** Rows of the view {@code orders}; {@code sales} has the first 1,000 of them. */
  static final int ORDERS = 100_000;

  private static final String MANY =
      """
      CREATE VIEW %s (
          id integer NOT NULL, serial long, label string(40), kind string(10) NOT NULL,
          amount bigdecimal(18,4), ratio double, happened timestamp, day_on date,
          flag boolean, quantity integer, customer_id integer,
          PRIMARY KEY (id)) AS
        SELECT n.i,
          9007199254740993 + n.i,
          CASE WHEN MOD(n.i, 7) = 3 THEN NULL
               WHEN MOD(n.i, 50) = 1 THEN UCASE(CONCAT('Item ', CONVERT(n.i, string)))
               ELSE CONCAT('Item ', CONVERT(n.i, string)) END,
          CASE MOD(n.i, 4)
               WHEN 0 THEN 'alpha' WHEN 1 THEN 'beta' WHEN 2 THEN 'Gamma' ELSE 'delta' END,
          CASE WHEN MOD(n.i, 11) = 5 THEN NULL
               ELSE CONVERT(MOD(n.i * 7919, 100003), bigdecimal) / 16 END,
          CASE WHEN MOD(n.i, 13) = 2 THEN NULL ELSE CONVERT(MOD(n.i * 31, 997), double) / 8 END,
          TIMESTAMPADD(SQL_TSI_SECOND, MOD(n.i * 7907, 31536000), {ts'2024-01-01 00:00:00'}),
          CASE WHEN MOD(n.i, 9) = 4 THEN NULL
               ELSE CONVERT(TIMESTAMPADD(SQL_TSI_DAY, MOD(n.i, 1000), {ts'2020-02-28 00:00:00'}),
                            date) END,
          CASE WHEN MOD(n.i, 6) = 5 THEN NULL WHEN MOD(n.i, 3) = 0 THEN TRUE ELSE FALSE END,
          CASE WHEN MOD(n.i, 10) = 0 THEN NULL ELSE MOD(n.i * 37, 211) - 50 END,
          MOD(n.i, 1000)
        FROM (%s) n ORDER BY n.i;
      """;
  private static final String THOUSAND =
      "SELECT c.d * 100 + e.d * 10 + f.d AS i FROM digits c, digits e, digits f";
  private static final String HUNDRED_THOUSAND =
      "SELECT a.d * 10000 + b.d * 1000 + c.d * 100 + e.d * 10 + f.d AS i"
          + " FROM digits a, digits b, digits c, digits e, digits f";
  private static final String OTHERS =
      """
      CREATE VIEW customers (
          id integer NOT NULL, name string(40), city string(20), PRIMARY KEY (id)) AS
        SELECT n.i, CONCAT('Customer ', CONVERT(n.i, string)),
          CASE MOD(n.i, 3) WHEN 0 THEN 'Oslo' WHEN 1 THEN 'oslo' ELSE NULL END
        FROM (%s) n ORDER BY n.i;
      CREATE VIEW notes (id integer NOT NULL, body string(80), PRIMARY KEY (id)) AS
        SELECT 1, 'it''s 100%%' UNION ALL SELECT 2, 'a_b' UNION ALL SELECT 3, 'axb'
        UNION ALL SELECT 4, 'Smith & Sons, #1' UNION ALL SELECT 5, '東京 駅'
        UNION ALL SELECT 6, '' UNION ALL SELECT 7, NULL UNION ALL SELECT 8, 'back\\slash'
        UNION ALL SELECT 9, 'a+b=c?' UNION ALL SELECT 10, 'A_B';
      """;

  /**
   * {@code orders} (100,000 rows of many types), {@code sales} (1,000 of the same), {@code
   * customers} (1,000) and {@code notes} (ten awkward texts).
   */
  static final String SCRIPT =
      "CREATE VIEW digits (d integer) AS SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL"
          + " SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7"
          + " UNION ALL SELECT 8 UNION ALL SELECT 9;\n"
          + MANY.formatted("orders", HUNDRED_THOUSAND)
          + MANY.formatted("sales", THOUSAND)
          + OTHERS.formatted(THOUSAND);

  private Views() {}

  static @Nullable String label(int id) {
    String label = "Item " + id;
    return id % 7 == 3 ? null : id % 50 == 1 ? label.toUpperCase(java.util.Locale.ROOT) : label;
  }

  static long serial(int id) {
    return 9007199254740993L + id;
  }

  static @Nullable BigDecimal amount(int id) {
    return id % 11 == 5
        ? null
        : BigDecimal.valueOf((long) id * 7919 % 100_003)
            .divide(BigDecimal.valueOf(16), 4, RoundingMode.UNNECESSARY);
  }

  static @Nullable Double ratio(int id) {
    return id % 13 == 2 ? null : (Double) (id * 31 % 997 / 8.0);
  }

  static @Nullable Integer quantity(int id) {
    return id % 10 == 0 ? null : (Integer) (id * 37 % 211 - 50);
  }

  static @Nullable Boolean flag(int id) {
    return id % 6 == 5 ? null : (Boolean) (id % 3 == 0);
  }

  private static Instant happened(int id) {
    return Instant.parse("2024-01-01T00:00:00Z").plusSeconds((long) id * 7907 % 31_536_000);
  }

  private static @Nullable LocalDate day(int id) {
    return id % 9 == 4 ? null : LocalDate.of(2020, 2, 28).plusDays(id % 1_000);
  }

  /** All columns of a row of {@code orders} or {@code sales}. */
  static List<@Nullable Object> sale(int id) {
    return Arrays.asList(
        id,
        serial(id),
        label(id),
        List.of("alpha", "beta", "Gamma", "delta").get(id % 4),
        amount(id),
        ratio(id),
        happened(id),
        day(id),
        flag(id),
        quantity(id),
        id % 1_000);
  }
}
