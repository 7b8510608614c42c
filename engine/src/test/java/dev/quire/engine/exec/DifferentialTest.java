package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.fake.FakeTable;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Generated statements give the same rows here and in H2. */
class DifferentialTest {
  private static final int STATEMENTS = 500;
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("id", DataType.INTEGER).notNull(),
          Column.of("i", DataType.INTEGER),
          Column.of("t", DataType.VARCHAR),
          Column.of("d", DataType.decimal(10, 2)),
          Column.of("b", DataType.BOOLEAN));

  @Test
  void generated_statements_give_what_h2_gives() throws SQLException {
    long seed = Long.getLong("quire.seed", 20_261_122L);
    Random random = new Random(seed);
    List<Object[]> a = rows(random, 60);
    List<Object[]> b = rows(random, 40);
    Sql own = new Sql(FakeTable.of("a", COLUMNS, a, 7), FakeTable.of("b", COLUMNS, b, 11));
    RandomStatements statements = new RandomStatements(random);
    try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:")) {
      load(h2, "a", a);
      load(h2, "b", b);
      for (int i = 0; i < STATEMENTS; i++) {
        String statement = statements.statement();
        boolean ordered = statement.contains("ORDER BY");
        List<String> expected = h2(h2, statement.replace("{", "").replace("}", ""), ordered);
        List<String> actual =
            normal(own.rows(statement.replace("{", "s.").replace("}", "")), ordered);
        assertThat(actual).as("seed %d: %s", seed, statement).isEqualTo(expected);
      }
    }
  }

  private static List<Object[]> rows(Random random, int count) {
    List<Object[]> rows = new ArrayList<>();
    String[] texts = {"a", "b", "ab", "ba", "abc", " b ", "", "Zed", "éa"};
    for (int i = 0; i < count; i++) {
      rows.add(
          new Object[] {
            i,
            random.nextInt(6) == 0 ? null : random.nextInt(8) - 2,
            random.nextInt(6) == 0 ? null : texts[random.nextInt(texts.length)],
            random.nextInt(6) == 0 ? null : BigDecimal.valueOf(random.nextInt(1_000) - 300, 2),
            random.nextInt(6) == 0 ? null : random.nextBoolean()
          });
    }
    return rows;
  }

  private static void load(Connection h2, String table, List<Object[]> rows) throws SQLException {
    h2.createStatement()
        .execute(
            "CREATE TABLE " + table + " (id INT, i INT, t VARCHAR, d DECIMAL(10, 2), b BOOLEAN)");
    try (PreparedStatement insert =
        h2.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?)")) {
      for (Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, row[i]);
        }
        insert.execute();
      }
    }
  }

  private static List<String> h2(Connection h2, String statement, boolean ordered)
      throws SQLException {
    try (ResultSet result = h2.createStatement().executeQuery(statement)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return normal(rows, ordered);
    }
  }

  private static List<String> normal(List<List<@Nullable Object>> rows, boolean ordered) {
    List<String> lines = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      lines.add(String.join("|", row.stream().map(DifferentialTest::normal).toList()));
    }
    if (!ordered) {
      lines.sort(null);
    }
    return lines;
  }

  /** Numbers by value, to six digits after the point. */
  private static String normal(@Nullable Object value) {
    return value instanceof Number number
        ? new BigDecimal(number.toString())
            .setScale(6, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        : String.valueOf(value);
  }
}
