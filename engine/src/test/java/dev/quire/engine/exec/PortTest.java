package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.FakeTable;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to another engine: windows, and functions that are rarely used. */
class PortTest {
  private static final LocalDateTime FINE = LocalDateTime.of(2024, 1, 1, 0, 0, 0, 123_456_789);
  private final FakeTable table =
      FakeTable.of(
          "t",
          List.of(
              Column.of("id", DataType.INTEGER),
              Column.of("k", DataType.VARCHAR),
              Column.of("v", DataType.decimal(20, 2)),
              Column.of("ts", DataType.TIMESTAMP),
              Column.of("j", DataType.JSON)),
          List.of(
              new Object[] {1, "a", new BigDecimal("1.50"), FINE, "{\"x\": 1}"},
              new Object[] {2, "b", new BigDecimal("2.50"), FINE.plusDays(1), "{\"x\": \"two\"}"},
              new Object[] {3, "a", null, null, "{}"},
              new Object[] {4, "a", new BigDecimal("4.25"), FINE.withNano(5_000_000), null}),
          3);
  private final Sql sql = new Sql(table);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY k ORDER BY id DESC) FROM s.t ~ [1, 3] [2, 1] [3, 2] [4, 1]",
        "SELECT id, RANK() OVER (ORDER BY k) FROM s.t ~ [1, 1] [2, 4] [3, 1] [4, 1]",
        "SELECT id, SUM(v) OVER (PARTITION BY k ORDER BY id) FROM s.t ~ [1, 1.50] [2, 2.50] [3, 1.50] [4, 5.75]",
        "SELECT id, LAG(id) OVER (ORDER BY id) + 1 FROM s.t ~ [1, null] [2, 2] [3, 3] [4, 4]",
        "SELECT id, COUNT(*) OVER () FROM s.t WHERE id < 3 ~ [1, 2] [2, 2]",
        "SELECT id, PERCENT_RANK() OVER (ORDER BY k) FROM s.t ~ [1, 0.0] [2, 1.0] [3, 0.0] [4, 0.0]",
        "SELECT id, PERCENT_RANK() OVER (PARTITION BY k ORDER BY id) FROM s.t ~ [1, 0.0] [2, 0.0] [3, 0.5] [4, 1.0]",
        "SELECT id, CUME_DIST() OVER (ORDER BY k) FROM s.t ~ [1, 0.75] [2, 1.0] [3, 0.75] [4, 0.75]",
        "SELECT id, NTILE(3) OVER (ORDER BY id) FROM s.t ~ [1, 1] [2, 1] [3, 2] [4, 3]",
        "SELECT id, NTILE(9) OVER (ORDER BY id) FROM s.t ~ [1, 1] [2, 2] [3, 3] [4, 4]",
        "SELECT id, k FROM (SELECT id, k, ROW_NUMBER() OVER (PARTITION BY k ORDER BY id) AS r FROM s.t) WHERE r = 1 ~ [1, a] [2, b]",
        "SELECT id, FIRST_VALUE(k) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM s.t ~ [1, a] [2, a] [3, b] [4, a]",
      })
  void windows(String statement, String expected) {
    assertThat(sql.text(statement)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SELECT id, ROW_NUMBER() OVER (ORDER BY ts DESC) FROM s.t ~ [1, 2] [2, 1] [3, 4] [4, 3]",
        "SELECT id, COUNT(*) OVER (PARTITION BY ts) FROM s.t ~ [1, 1] [2, 1] [3, 1] [4, 1]",
        "SELECT k, ts FROM (SELECT k, ts, RANK() OVER (PARTITION BY k ORDER BY ts DESC) AS r FROM s.t) WHERE r = 1 ~ [a, 2024-01-01T00:00:00.123456789] [b, 2024-01-02T00:00:00.123456789]",
        "SELECT SUM(CAST(id AS BIGINT)) OVER (), AVG(CAST(id AS BIGINT)) OVER () FROM s.t LIMIT 1 ~ [10, 2.5]",
        "SELECT id, LAG(v, 1, 0) OVER (ORDER BY id) FROM s.t ~ [1, 0.00] [2, 1.50] [3, 2.50] [4, null]",
      })
  void windows_are_exact(String statement, String expected) {
    assertThat(sql.text(statement)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SELECT * FROM UNNEST(ARRAY[1, NULL, 3]) ~ [1] [null] [3]",
        "SELECT x * 2 FROM UNNEST(ARRAY[1, 2]) AS u(x) ~ [2] [4]",
        "SELECT x, n FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, n) ~ [a, 1] [b, 2]",
        "SELECT id, x FROM s.t, UNNEST(ARRAY['y', 'z']) AS u(x) WHERE id < 2 ~ [1, y] [1, z]",
        "SELECT id FROM s.t WHERE id IN (SELECT x FROM UNNEST(ARRAY[2, 4]) AS u(x)) ~ [2] [4]",
      })
  void arrays_become_rows(String statement, String expected) {
    assertThat(sql.text(statement)).isEqualTo(expected);
  }

  @Test
  void windows_order_and_part_rows_as_sql_does() {
    FakeTable keys =
        FakeTable.of(
            "w",
            List.of(
                Column.of("id", DataType.INTEGER),
                Column.of("u", DataType.UUID),
                Column.of("t", DataType.VARCHAR),
                Column.of("n", DataType.DECIMAL),
                Column.of("d", DataType.DOUBLE),
                Column.of("x", DataType.VARBINARY)),
            List.of(
                new Object[] {
                  1,
                  UUID.fromString("80000000-0000-4000-8000-000000000000"),
                  "😀",
                  new BigDecimal("10"),
                  0.0,
                  new byte[] {-1}
                },
                new Object[] {
                  2,
                  UUID.fromString("00000000-0000-4000-8000-000000000000"),
                  "ﾄ",
                  new BigDecimal("10.00"),
                  -0.0,
                  new byte[] {1}
                },
                new Object[] {3, null, null, null, null, null}),
            3);
    Sql over = new Sql(keys);
    assertThat(over.text("SELECT ROW_NUMBER() OVER (ORDER BY u) FROM s.w"))
        .isEqualTo("[3] [2] [1]");
    assertThat(over.text("SELECT ROW_NUMBER() OVER (ORDER BY t) FROM s.w"))
        .isEqualTo("[3] [2] [1]");
    assertThat(over.text("SELECT RANK() OVER (ORDER BY n) FROM s.w")).isEqualTo("[2] [2] [1]");
    assertThat(over.text("SELECT COUNT(*) OVER (PARTITION BY n) FROM s.w"))
        .isEqualTo("[2] [2] [1]");
    assertThat(over.text("SELECT COUNT(*) OVER (PARTITION BY d) FROM s.w"))
        .isEqualTo("[2] [2] [1]");
    assertThat(over.text("SELECT RANK() OVER (ORDER BY x DESC) FROM s.w")).isEqualTo("[1] [2] [3]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COUNT(DISTINCT k) OVER ()",
        "NTH_VALUE(id, 2) OVER (ORDER BY id)",
        "SUM(id) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW)"
      })
  void windows_that_would_be_wrong_are_refused_before_a_row_is_read(String window) {
    assertThatThrownBy(() -> sql.open("SELECT " + window + " FROM s.t"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
    assertThat(table.fetches()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SELECT k, LISTAGG(id, ',') WITHIN GROUP (ORDER BY id) FROM s.t GROUP BY k ORDER BY k ~ [a, 1,3,4] [b, 2]",
        "SELECT STRING_AGG(k, '+' ORDER BY id) FROM s.t WHERE id < 3 ~ [a+b]",
        "SELECT LISTAGG(DISTINCT k, ',') WITHIN GROUP (ORDER BY k) FROM s.t ~ [a,b]",
        "SELECT LISTAGG(k) WITHIN GROUP (ORDER BY k) FROM s.t WHERE id > 9 ~ [null]",
      })
  void texts_are_joined(String statement, String expected) {
    assertThat(sql.text(statement)).isEqualTo(expected);
  }

  @Test
  void columns_that_no_window_names_keep_every_digit() {
    assertThat(sql.rows("SELECT ts, ROW_NUMBER() OVER (ORDER BY id) FROM s.t").get(0))
        .containsExactly(FINE, 1L);
  }

  @Test
  void a_time_that_is_finer_than_the_other_engine_holds_is_refused() {
    assertThatThrownBy(() -> sql.rows("SELECT LAG(ts) OVER (ORDER BY id) FROM s.t"))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
              assertThat(e.getMessage()).contains("milliseconds").contains("TIMESTAMP(3)");
            });
    assertThat(sql.rows("SELECT LAG(CAST(ts AS TIMESTAMP(3))) OVER (ORDER BY id) FROM s.t"))
        .hasSize(4);
  }

  @Test
  void a_function_that_the_evaluator_lacks_runs_elsewhere() {
    assertThat(sql.text("SELECT id, JSON_VALUE(j, '$.x') FROM s.t"))
        .isEqualTo("[1, 1] [2, two] [3, null] [4, null]");
    assertThat(sql.text("SELECT id FROM s.t WHERE JSON_EXISTS(j, '$.x')")).isEqualTo("[1] [2]");
  }

  @Test
  void such_a_function_still_streams() {
    assertThat(sql.text("SELECT JSON_VALUE(j, '$.x') FROM s.t LIMIT 1")).isEqualTo("[1]");
    assertThat(table.fetches()).isEqualTo(1);
  }

  @Test
  void an_aggregate_that_is_missing_runs_elsewhere() {
    assertThat(sql.text("SELECT LISTAGG(k, ',') WITHIN GROUP (ORDER BY id DESC) FROM s.t"))
        .isEqualTo("[a,a,b,a]");
  }

  @Test
  void aggregates_here_and_elsewhere_agree() {
    Plans plans = new Plans();
    java.util.Random random = new java.util.Random(7);
    List<Object[]> rows = new java.util.ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Object value = random.nextInt(5) == 0 ? null : random.nextInt(100);
      Object text = random.nextInt(5) == 0 ? null : "t" + random.nextInt(9);
      rows.add(new Object[] {random.nextInt(20), value, text});
    }
    FakeTable numbers =
        FakeTable.of(
            "n",
            List.of(
                Column.of("g", DataType.INTEGER),
                Column.of("v", DataType.INTEGER),
                Column.of("t", DataType.VARCHAR)),
            rows,
            500);
    var leaf =
        new RowInputRel(
            plans.cluster, plans.cluster.traitSet(), plans.scan(numbers).getRowType(), 0);
    var own = plans.run(grouped(plans.from(numbers)));
    var fragment = grouped(plans.builder.push(leaf));
    var elsewhere = Ports.prepare(fragment, "aggregates");
    List<List<Object>> other = new java.util.ArrayList<>();
    try (RowCursor cursor = elsewhere.open(List.of(plans.open(plans.scan(numbers))))) {
      for (Object[] row = cursor.next(); row != null; row = cursor.next()) {
        other.add(java.util.Arrays.asList(row));
      }
    }
    assertThat(own).hasSize(20).containsExactlyInAnyOrderElementsOf(other);
  }

  private static org.apache.calcite.rel.RelNode grouped(
      org.apache.calcite.tools.RelBuilder builder) {
    return builder
        .aggregate(
            builder.groupKey("g"),
            builder.countStar("n"),
            builder.count(false, "c", builder.field("v")),
            builder.count(true, "d", builder.field("t")),
            builder.sum(builder.field("v")).as("s"),
            builder.min(builder.field("t")),
            builder.max(builder.field("v")))
        .build();
  }

  @Test
  void what_nobody_does_is_refused_before_a_row_is_read() {
    assertThatThrownBy(
            () -> sql.open("SELECT NTH_VALUE(k, 2) FROM LAST OVER (ORDER BY id) FROM s.t"))
        .isInstanceOf(SourceException.class);
    assertThat(table.fetches()).isZero();
  }

  @Test
  void generated_code_is_not_loaded_for_a_statement_that_needs_none() throws Exception {
    String java = ProcessHandle.current().info().command().orElse("java");
    Process process =
        new ProcessBuilder(
                java,
                "-Xshare:auto",
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                PlainStatement.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("dev.quire.engine.exec.JoinCursor");
    assertThat(output)
        .doesNotContain("org.codehaus.janino")
        .doesNotContain("dev.quire.engine.exec.generated")
        .doesNotContain("EnumerableRules");
  }

  /** Runs a join with an aggregate in a JVM of its own. */
  static final class PlainStatement {
    private PlainStatement() {}

    public static void main(String[] arguments) {
      Sql sql = new Sql(FakeTable.counting("a", 9, 3), FakeTable.counting("b", 9, 3));
      sql.rows(
          "SELECT COUNT(*), MAX(UPPER(CAST(a.id AS VARCHAR))) FROM s.a JOIN s.b ON a.id = b.id");
    }
  }
}
