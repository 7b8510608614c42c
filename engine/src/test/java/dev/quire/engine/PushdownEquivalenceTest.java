package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.Fidelity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement gives the same rows whatever the source does of it. */
class PushdownEquivalenceTest {
  private final List<Engine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
  }

  private static UUID id(int number) {
    return new UUID(0, number);
  }

  private static List<Object[]> accountRows() {
    Random random = new Random(7);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      rows.add(
          new Object[] {
            id(i),
            i % 11 == 0 ? null : "name " + random.nextInt(40),
            i % 7 == 0 ? null : random.nextInt(4),
            i % 5 == 0 ? null : new BigDecimal(random.nextInt(100_000)).movePointLeft(2),
            i % 13 == 0 ? null : random.nextInt(1_000) / 4.0,
            Instant.parse("2026-11-01T00:00:00Z").plusSeconds(random.nextInt(2_000_000)),
            i % 6 == 0 ? null : LocalDate.of(2026, 1, 1).plusDays(random.nextInt(300)),
            i % 9 == 0 ? null : random.nextBoolean()
          });
    }
    return rows;
  }

  private static List<Object[]> contactRows() {
    Random random = new Random(8);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 170; i++) {
      rows.add(
          new Object[] {
            id(10_000 + i),
            i % 10 == 0 ? null : "name " + random.nextInt(40),
            i % 8 == 0 ? null : id(random.nextInt(300)),
            i % 4 == 0 ? null : random.nextInt(6)
          });
    }
    return rows;
  }

  private static AdjustableTable accounts() {
    return new AdjustableTable(
            "accounts",
            List.of(
                Column.of("accountid", DataType.UUID).notNull(),
                Column.of("name", DataType.varchar(160)),
                Column.of("statecode", DataType.INTEGER),
                Column.of("revenue", DataType.DECIMAL),
                Column.of("score", DataType.DOUBLE),
                Column.of("createdon", DataType.TIMESTAMP_TZ).notNull(),
                Column.of("founded", DataType.DATE),
                Column.of("active", DataType.BOOLEAN)),
            accountRows())
        .withPageSize(50);
  }

  private static AdjustableTable contacts() {
    return new AdjustableTable(
            "contacts",
            List.of(
                Column.of("contactid", DataType.UUID).notNull(),
                Column.of("fullname", DataType.VARCHAR),
                Column.of("parentid", DataType.UUID),
                Column.of("age", DataType.INTEGER)),
            contactRows())
        .withPageSize(50);
  }

  private Engine engine(AdjustableTable... tables) {
    Engine engine =
        new QuireEngine(
            Configuration.of(Map.of("crm", Map.of("type", "fake"))),
            ConnectorContext.system(),
            Map.of("fake", new FakeConnector(new FakeSource("crm", tables))));
    engines.add(engine);
    return engine;
  }

  private static List<String> rows(Engine engine, String sql, boolean ordered) {
    List<String> rows = new ArrayList<>();
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      for (Object[] row = result.next(); row != null; row = result.next()) {
        for (int i = 0; i < row.length; i++) {
          row[i] = row[i] instanceof BigDecimal number ? number.stripTrailingZeros() : row[i];
        }
        rows.add(Arrays.toString(row));
      }
      assertThat(result.verdict().complete()).isTrue();
    }
    return ordered ? rows : rows.stream().sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM accounts",
        "SELECT name FROM accounts WHERE statecode = 1 AND revenue > 500",
        "SELECT name FROM accounts WHERE statecode IN (1, 2) OR name IS NULL",
        "SELECT name FROM accounts WHERE NOT (statecode = 1 OR score > 100)",
        "SELECT name FROM accounts WHERE statecode NOT IN (1, 2)",
        "SELECT accountid FROM accounts WHERE name LIKE 'name 1%' AND name NOT LIKE '%5'",
        "SELECT accountid FROM accounts WHERE name LIKE 'name _'",
        "SELECT accountid FROM accounts WHERE active AND createdon >= '2026-11-10T00:00:00Z'",
        "SELECT accountid FROM accounts WHERE NOT active",
        "SELECT accountid FROM accounts WHERE statecode * 2 + 1 > 3 AND 3 - statecode >= 0.5",
        "SELECT accountid FROM accounts WHERE NOT (-statecode < -1 OR revenue * -2.5 > -99)",
        "SELECT accountid FROM accounts WHERE (statecode - 2) * 3 IN (-6, -3, 0, 1)",
        "SELECT accountid FROM accounts WHERE (statecode - 2) / 2 <> 0",
        "SELECT accountid FROM accounts WHERE statecode / 2 <= 0 OR statecode / 2 > 0.5",
        "SELECT accountid FROM accounts WHERE round(revenue, -2) = 500 OR ceil(revenue) = 501",
        "SELECT accountid FROM accounts WHERE round(score - 100) BETWEEN -50 AND 50",
        "SELECT accountid FROM accounts WHERE round(score) = 101 OR truncate(score) = 7",
        "SELECT accountid FROM accounts WHERE NOT (ceil(score) > 100 AND round(revenue, 1) <= 7.5)",
        "SELECT accountid FROM accounts WHERE substring(name, 1, 6) = 'name 1'",
        "SELECT accountid FROM accounts WHERE NOT (right(name, 2) = '12') AND left(name, 9) <> 'name 5'",
        "SELECT accountid FROM accounts WHERE substring(name, 6, 2) = '12'",
        "SELECT accountid FROM accounts WHERE position('1' IN name) = 0 OR position('2' IN name) = 7",
        "SELECT accountid FROM accounts WHERE position('n' IN name) = 1 AND char_length(name) <= 6",
        "SELECT accountid FROM accounts WHERE name || '!' = 'name 3!' OR trim(name) = 'name 4'",
        "SELECT accountid FROM accounts WHERE char_length(name) > 0 AND NOT (char_length(name) < 7)",
        "SELECT accountid FROM accounts WHERE active IS NOT TRUE",
        "SELECT accountid FROM accounts WHERE founded BETWEEN '2026-02-01' AND DATE '2026-05-01'",
        "SELECT accountid FROM accounts WHERE accountid ="
            + " '00000000-0000-0000-0000-000000000005'",
        "SELECT statecode, count(*), count(revenue), sum(revenue), min(name), max(createdon)"
            + " FROM accounts GROUP BY statecode",
        "SELECT count(*) FROM accounts",
        "SELECT count(*) FROM accounts WHERE upper(name) = 'NAME 3'",
        "SELECT count(DISTINCT name), avg(statecode) FROM accounts",
        "SELECT DISTINCT name, statecode FROM accounts",
        "SELECT statecode, count(*) FROM accounts GROUP BY statecode HAVING count(*) > 40",
        "SELECT accountid FROM accounts ORDER BY name, accountid LIMIT 17 OFFSET 5",
        "SELECT accountid FROM accounts ORDER BY revenue DESC, accountid LIMIT 60",
        "SELECT accountid, name FROM accounts WHERE statecode = 2"
            + " ORDER BY name DESC NULLS LAST, accountid LIMIT 9",
        "SELECT a.name, c.fullname FROM accounts a JOIN contacts c ON c.parentid = a.accountid",
        "SELECT a.name, c.fullname FROM accounts a JOIN contacts c ON c.parentid = a.accountid"
            + " WHERE a.statecode = 1 AND c.age > 2",
        "SELECT a.accountid, c.contactid FROM accounts a LEFT JOIN contacts c"
            + " ON c.parentid = a.accountid AND c.age > 2",
        "SELECT a.accountid, c.contactid FROM (SELECT * FROM accounts ORDER BY accountid LIMIT 40)"
            + " a LEFT JOIN contacts c ON c.parentid = a.accountid AND upper(c.fullname) > 'NAME 2'",
        "SELECT a.accountid, c.contactid FROM contacts c RIGHT JOIN"
            + " (SELECT * FROM accounts ORDER BY accountid LIMIT 140) a"
            + " ON c.parentid = a.accountid",
        "SELECT a.accountid, a.name, c.contactid FROM contacts c JOIN"
            + " (SELECT accountid, name FROM accounts ORDER BY name, accountid LIMIT 140) a"
            + " ON c.parentid = a.accountid",
        "SELECT name FROM accounts WHERE accountid IN (SELECT parentid FROM contacts)",
        "SELECT name FROM accounts WHERE accountid IN"
            + " (SELECT parentid FROM contacts ORDER BY contactid LIMIT 30)",
        "SELECT name FROM (SELECT * FROM accounts ORDER BY accountid LIMIT 60) a WHERE EXISTS"
            + " (SELECT 1 FROM contacts c WHERE c.parentid = a.accountid AND c.age > 1)",
        "SELECT name FROM accounts a WHERE NOT EXISTS"
            + " (SELECT 1 FROM contacts c WHERE c.parentid = a.accountid)",
        "SELECT name FROM accounts WHERE accountid NOT IN"
            + " (SELECT parentid FROM contacts WHERE parentid IS NOT NULL)",
        "SELECT name, (SELECT count(*) FROM contacts c WHERE c.parentid = a.accountid)"
            + " FROM accounts a",
        "SELECT name FROM accounts WHERE revenue = (SELECT max(revenue) FROM accounts)",
        "SELECT name FROM accounts UNION SELECT fullname FROM contacts",
        "SELECT name FROM accounts INTERSECT SELECT fullname FROM contacts",
        "SELECT name FROM accounts EXCEPT SELECT fullname FROM contacts",
        "WITH x AS (SELECT name, statecode FROM accounts WHERE active)"
            + " SELECT a.name, b.statecode FROM x a JOIN x b ON a.name = b.name"
            + " WHERE b.statecode = 3",
        "SELECT v.n, a.accountid FROM (VALUES ('name 3'), ('name 4'), ('none')) v(n)"
            + " LEFT JOIN accounts a ON a.name = v.n",
        "SELECT name || '!', statecode * 2, CASE WHEN active THEN 1 ELSE 0 END FROM accounts"
            + " WHERE score > 10.5",
        "SELECT statecode, name, count(*) FROM accounts GROUP BY ROLLUP(statecode, name)",
        "SELECT accountid, row_number() OVER (PARTITION BY statecode ORDER BY accountid)"
            + " FROM accounts",
        "SELECT a.accountid FROM accounts a FULL JOIN contacts c ON c.parentid = a.accountid",
        "SELECT x.accountid FROM accounts x, accounts y WHERE x.accountid = y.accountid"
            + " AND x.score > y.score - 1 AND y.statecode = 1",
        "SELECT 1 FROM accounts WHERE 1 = 0",
        "SELECT count(*) FROM accounts WHERE 1 = 0",
      })
  void gives_the_same_rows_with_and_without_pushdown(String sql) {
    boolean ordered =
        sql.matches(".*ORDER BY [a-zA-Z, ]+( LIMIT \\d+)( OFFSET \\d+)?$")
            && !sql.contains("(SELECT");
    List<String> alone = rows(engine(accounts(), contacts()), sql, ordered);
    List<String> exact =
        rows(engine(accounts().withEverything(), contacts().withEverything()), sql, ordered);
    List<String> narrowing =
        rows(
            engine(
                accounts().withFilters(any -> Fidelity.NARROWING).withOrder(),
                contacts().withFilters(any -> Fidelity.NARROWING).withOrder()),
            sql,
            ordered);
    assertThat(exact).isEqualTo(alone);
    assertThat(narrowing).isEqualTo(alone);
  }
}
