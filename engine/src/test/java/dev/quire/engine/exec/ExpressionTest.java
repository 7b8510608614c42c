package dev.quire.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.FakeTable;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions over columns, so that the planner cannot compute them. */
class ExpressionTest {
  private static final UUID ID = UUID.fromString("8f0e8a52-0000-4000-8000-0123456789ab");
  private static final Object[] ROW = {
    7,
    Long.MAX_VALUE,
    2.5,
    new BigDecimal("12345678901234567890.123456789"),
    "Grüße 𝄞!",
    true,
    LocalDate.of(2024, 2, 29),
    LocalTime.of(13, 14, 15, 678_901_234),
    LocalDateTime.of(2024, 2, 29, 13, 14, 15, 678_901_234),
    Instant.parse("2024-02-29T13:14:15.678901234Z"),
    ID,
    null,
    new byte[] {1, -1},
    "42",
    "{\"a\": {\"b\": 7}}"
  };
  private final Sql sql =
      new Sql(
          FakeTable.of(
              "t",
              List.of(
                  Column.of("i", DataType.INTEGER),
                  Column.of("l", DataType.BIGINT),
                  Column.of("d", DataType.DOUBLE),
                  Column.of("n", DataType.decimal(38, 9)),
                  Column.of("s", DataType.VARCHAR),
                  Column.of("b", DataType.BOOLEAN),
                  Column.of("dt", DataType.DATE),
                  Column.of("tm", DataType.TIME),
                  Column.of("ts", DataType.TIMESTAMP),
                  Column.of("tz", DataType.TIMESTAMP_TZ),
                  Column.of("u", DataType.UUID),
                  Column.of("z", DataType.INTEGER),
                  Column.of("x", DataType.VARBINARY),
                  Column.of("num", DataType.VARCHAR),
                  Column.of("j", DataType.JSON)),
              List.<Object[]>of(ROW),
              10));

  private Object eval(String expression) {
    return sql.rows("SELECT " + expression + " AS r FROM s.t").get(0).get(0);
  }

  private void fails(ErrorKind kind, String expression, String message) {
    assertThatThrownBy(() -> eval(expression))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.getMessage()).contains(message);
            });
  }

  @Test
  void every_type_comes_out_as_it_went_in() {
    List<Object> row = sql.rows("SELECT * FROM s.t").get(0);
    assertThat(row).containsExactly(ROW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "NULL",
      value = {
        "i + 1 ~ 8",
        "i / 2 ~ 3",
        "-i / 2 ~ -3",
        "MOD(-i, 3) ~ -1",
        "i * 1.5 ~ 10.5",
        "l - 1 ~ 9223372036854775806",
        "n + 1 ~ 12345678901234567891.123456789",
        "n * 2 ~ 24691357802469135780.246913578",
        "i / 3.0 ~ 2.333333",
        "i + d ~ 9.5",
        "z + 1 ~ NULL",
        "ABS(-i) ~ 7",
        "SIGN(-d) ~ -1.0",
        "CEIL(d) ~ 3.0",
        "FLOOR(-d) ~ -3.0",
        "ROUND(d) ~ 3.0",
        "ROUND(n, 2) ~ 12345678901234567890.12",
        "ROUND(i, -1) ~ 10",
        "TRUNCATE(n, 1) ~ 12345678901234567890.1",
        "POWER(i, 2) ~ 49.0",
        "SQRT(i + 2) ~ 3.0",
        "LN(EXP(d)) ~ 2.5",
        "LOG10(i * 100 + 300) ~ 3.0",
        "GREATEST(i, 3, 9) ~ 9",
        "LEAST(i, z) ~ NULL",
        "COALESCE(z, i) ~ 7",
        "NULLIF(i, 7) ~ NULL",
        "NULLIF(i, 8) ~ 7",
        "CASE WHEN z > 1 THEN 'a' WHEN i > 1 THEN 'bcd' ELSE 'e' END ~ bcd",
        "CASE i WHEN 7 THEN 'seven' END ~ seven",
        "CASE i WHEN 8 THEN 'eight' END ~ NULL",
      })
  void computes_numbers(String expression, String expected) {
    Object value = eval(expression);
    assertThat(value == null ? null : value.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "NULL",
      value = {
        "s || '?' ~ Grüße 𝄞!?",
        "s || CAST(NULL AS VARCHAR) ~ NULL",
        "UPPER(s) ~ GRÜSSE 𝄞!",
        "LOWER(s) ~ grüße 𝄞!",
        "CHAR_LENGTH(s) ~ 8",
        "SUBSTRING(s FROM 7 FOR 1) ~ 𝄞",
        "SUBSTRING(s FROM 7) ~ 𝄞!",
        "SUBSTRING(s FROM -1 FOR 4) ~ Gr",
        "POSITION('!' IN s) ~ 8",
        "POSITION('nope' IN s) ~ 0",
        "TRIM(BOTH 'G!' FROM s) ~ rüße 𝄞",
        "TRIM(LEADING 'G' FROM s) ~ rüße 𝄞!",
        "TRIM('  a ') || num ~ a42",
        "REPLACE(s, 'ß', 'ss') ~ Grüsse 𝄞!",
        "LEFT(s, 2) ~ Gr",
        "RIGHT(s, 2) ~ 𝄞!",
        "LPAD(num, 5, '0') ~ 00042",
        "RPAD(num, 5) || '|' ~ `42   |`",
        "REVERSE(num) ~ 24",
        "INITCAP('hello wORLD ' || num) ~ Hello World 42",
        "SPLIT_PART('a,b,' || num, ',', 3) ~ 42",
        "STARTS_WITH(s, 'Gr') ~ true",
        "ENDS_WITH(s, '?') ~ false",
        "CONCAT(num, 'x', num) ~ 42x42",
        "REPEAT(num, 2) ~ 4242",
        "OVERLAY(num PLACING 'abc' FROM 2 FOR 0) ~ 4abc2",
        "s LIKE 'Gr%' ~ true",
        "s LIKE '%𝄞_' ~ true",
        "s LIKE 'Gr____𝄞!' ~ true",
        "s NOT LIKE '%x%' ~ true",
        "s LIKE 'gr%' ~ false",
        "s ILIKE 'gr%' ~ true",
        "'50%' || num LIKE '50!%%' ESCAPE '!' ~ true",
        "num LIKE '4\\_' ~ false",
        "REGEXP_LIKE(num, '^[0-9]+$') ~ true",
      })
  void computes_texts(String expression, String expected) {
    Object value = eval(expression);
    assertThat(value == null ? null : value.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      nullValues = "NULL",
      value = {
        "EXTRACT(YEAR FROM ts) ~ 2024",
        "EXTRACT(QUARTER FROM dt) ~ 1",
        "EXTRACT(MONTH FROM tz) ~ 2",
        "EXTRACT(WEEK FROM dt) ~ 9",
        "EXTRACT(DOY FROM dt) ~ 60",
        "EXTRACT(DOW FROM dt) ~ 5",
        "EXTRACT(HOUR FROM tm) ~ 13",
        "EXTRACT(SECOND FROM ts) ~ 15",
        "EXTRACT(EPOCH FROM tz) ~ 1709212455",
        "YEAR(dt) ~ 2024",
        "FLOOR(ts TO MONTH) ~ 2024-02-01T00:00",
        "FLOOR(dt TO YEAR) ~ 2024-01-01",
        "CEIL(ts TO HOUR) ~ 2024-02-29T14:00",
        "FLOOR(tz TO DAY) ~ 2024-02-29T00:00:00Z",
        "dt + INTERVAL '1' YEAR ~ 2025-02-28",
        "dt + INTERVAL '1' DAY ~ 2024-03-01",
        "ts - INTERVAL '1' MONTH ~ 2024-01-29T13:14:15.678901234",
        "tz + INTERVAL '2' HOUR ~ 2024-02-29T15:14:15.678901234Z",
        "ts + INTERVAL '1 02:00' DAY TO MINUTE ~ 2024-03-01T15:14:15.678901234",
        "TIMESTAMPADD(MINUTE, i, ts) ~ 2024-02-29T13:21:15.678901234",
        "TIMESTAMPDIFF(DAY, DATE '2024-01-01', dt) ~ 59",
        "TIMESTAMPDIFF(HOUR, ts, ts + INTERVAL '3' HOUR) ~ 3",
        "TIMESTAMPDIFF(MONTH, DATE '2023-01-31', dt) ~ 12",
        "LAST_DAY(dt) ~ 2024-02-29",
        "CAST(ts AS DATE) ~ 2024-02-29",
        "CAST(dt AS TIMESTAMP) ~ 2024-02-29T00:00",
        "CAST(ts AS TIMESTAMP WITH LOCAL TIME ZONE) ~ 2024-02-29T13:14:15.678901234Z",
        "CAST(tz AS TIMESTAMP) ~ 2024-02-29T13:14:15.678901234",
        "CAST(ts AS TIMESTAMP(3)) ~ 2024-02-29T13:14:15.678",
        "CAST(ts AS TIME) ~ 13:14:15.678901234",
        "CURRENT_DATE ~ 2026-11-22",
        "CURRENT_TIMESTAMP ~ 2026-11-22T10:20:30.123456789Z",
        "dt < DATE '2024-03-01' ~ true",
        "ts > TIMESTAMP '2024-02-29 13:14:15.678901233' ~ true",
        "tz BETWEEN TIMESTAMP '2024-02-29 00:00:00' AND TIMESTAMP '2024-03-01 00:00:00' ~ true",
      })
  void computes_times(String expression, String expected) {
    Object value = eval(expression);
    assertThat(value == null ? null : value.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      nullValues = "NULL",
      value = {
        "CAST(num AS INTEGER) ~ 42",
        "CAST(' 42 ' || '' AS BIGINT) ~ 42",
        "CAST(num AS DOUBLE) ~ 42.0",
        "CAST(num || '.5' AS DECIMAL(10, 2)) ~ 42.50",
        "CAST(d AS INTEGER) ~ 2",
        "CAST(n AS DECIMAL(22, 2)) ~ 12345678901234567890.12",
        "CAST(i AS VARCHAR) ~ 7",
        "CAST(d AS VARCHAR) ~ 2.5",
        "CAST(b AS VARCHAR) ~ TRUE",
        "CAST(ts AS VARCHAR) ~ 2024-02-29 13:14:15.678901234",
        "CAST(u AS VARCHAR) ~ 8f0e8a52-0000-4000-8000-0123456789ab",
        "CAST(s AS VARCHAR(3)) ~ Grü",
        "CAST('2024-02-29T' || '10:00:00Z' AS TIMESTAMP) ~ 2024-02-29T10:00",
        "CAST('2024-02-29T10:00:00.123456789' || '+09:00' AS TIMESTAMP WITH LOCAL TIME ZONE) ~ 2024-02-29T01:00:00.123456789Z",
        "CAST('2024-02-' || '29' AS DATE) ~ 2024-02-29",
        "CAST('yes' || '' AS BOOLEAN) ~ true",
        "CAST(CAST(u AS VARCHAR) AS UUID) ~ 8f0e8a52-0000-4000-8000-0123456789ab",
        "CAST(b AS INTEGER) ~ 1",
      })
  void casts(String expression, String expected) {
    Object value = eval(expression);
    assertThat(value == null ? null : value.toString()).isEqualTo(expected);
  }

  @Test
  void what_does_not_fit_is_an_error_and_never_wraps() {
    fails(ErrorKind.INVALID_VALUE, "l + 1", "out of the range of BIGINT");
    fails(ErrorKind.INVALID_VALUE, "-(-l - 1)", "BIGINT");
    fails(ErrorKind.INVALID_VALUE, "i * 1000000000", "out of the range of INTEGER");
    fails(ErrorKind.INVALID_VALUE, "CAST(l AS INTEGER)", "9223372036854775807");
    fails(ErrorKind.INVALID_VALUE, "CAST(i * 10000 AS SMALLINT)", "SMALLINT");
    fails(ErrorKind.INVALID_VALUE, "CAST(n AS DECIMAL(5, 2))", "DECIMAL(5, 2)");
    fails(ErrorKind.INVALID_VALUE, "i / (i - 7)", "division by zero");
    fails(ErrorKind.INVALID_VALUE, "MOD(i, i - 7)", "division by zero");
    fails(ErrorKind.INVALID_VALUE, "d / (i - 7)", "division by zero");
    fails(ErrorKind.INVALID_VALUE, "SQRT(-d)", "no value for -2.5");
  }

  @Test
  void a_failed_cast_names_the_value() {
    fails(ErrorKind.INVALID_VALUE, "CAST(s AS INTEGER)", "'Grüße 𝄞!'");
    fails(ErrorKind.INVALID_VALUE, "CAST(num || '.5' AS INTEGER)", "'42.5'");
    fails(ErrorKind.INVALID_VALUE, "CAST('2024-02-30' || '' AS DATE)", "'2024-02-30'");
    fails(ErrorKind.INVALID_VALUE, "CAST(num AS UUID)", "'42'");
  }

  @Test
  void a_safe_cast_answers_null_instead_of_failing() {
    Plans plans = new Plans();
    var builder = plans.builder.values(new String[] {"s"}, "x", "12");
    var type = plans.types.createSqlType(org.apache.calcite.sql.type.SqlTypeName.INTEGER);
    var rex = plans.cluster.getRexBuilder();
    var cast = rex.makeAbstractCast(type, builder.field("s"), true);
    assertThat(plans.run(builder.project(cast).build()))
        .containsExactly(java.util.Collections.singletonList(null), List.of(12));
  }

  @Test
  void a_guard_keeps_an_error_away() {
    assertThat(eval("CASE WHEN i = 7 THEN 0 ELSE 1 / (i - 7) END")).isEqualTo(0);
    assertThat(eval("CASE WHEN i = 7 THEN 0 ELSE 1 / 0 END")).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AND", "OR"})
  void and_and_or_follow_the_truth_table(String operator) {
    Boolean[] truths = {true, false, null};
    for (Boolean left : truths) {
      for (Boolean right : truths) {
        String expression = truth(left) + " " + operator + " " + truth(right);
        Boolean decisive = operator.equals("OR");
        Boolean expected =
            decisive.equals(left) || decisive.equals(right)
                ? decisive
                : left == null || right == null ? null : (Boolean) !decisive;
        assertThat(eval(expression)).as(expression).isEqualTo(expected);
      }
    }
  }

  private static String truth(Boolean value) {
    return value == null ? "(z > 1)" : value ? "(i = 7)" : "(i = 8)";
  }

  @Test
  void not_and_is_know_three_values() {
    assertThat(eval("NOT (z > 1)")).isNull();
    assertThat(eval("(z > 1) IS NULL")).isEqualTo(true);
    assertThat(eval("(z > 1) IS TRUE")).isEqualTo(false);
    assertThat(eval("(z > 1) IS NOT TRUE")).isEqualTo(true);
    assertThat(eval("(z > 1) IS FALSE")).isEqualTo(false);
    assertThat(eval("(i = 8) IS FALSE")).isEqualTo(true);
    assertThat(eval("z IS DISTINCT FROM i")).isEqualTo(true);
    assertThat(eval("z IS NOT DISTINCT FROM z")).isEqualTo(true);
    assertThat(eval("i IN (1, z)")).isNull();
    assertThat(eval("i IN (7, z)")).isEqualTo(true);
    assertThat(eval("i NOT IN (1, z)")).isNull();
    assertThat(eval("z IN (1, 2, 3)")).isNull();
  }

  @Test
  void large_sets_of_constants_are_looked_up() {
    List<String> numbers = new ArrayList<>();
    for (int k = 0; k < 2_000; k++) {
      numbers.add(Integer.toString(k * 7));
    }
    String list = String.join(", ", numbers);
    assertThat(eval("i IN (" + list + ")")).isEqualTo(true);
    assertThat(eval("i + 1 IN (" + list + ")")).isEqualTo(false);
    assertThat(eval("i NOT IN (" + list + ")")).isEqualTo(false);
    assertThat(eval("z IN (" + list + ")")).isNull();
    assertThat(eval("num IN ('41', '42')")).isEqualTo(true);
    assertThat(eval("u IN ('" + ID + "')")).isEqualTo(true);
  }

  @Test
  void strings_are_ordered_by_code_point() {
    assertThat(eval("'\uFF5E' || '' < '𝄞' || ''")).isEqualTo(true);
    assertThat(eval("s > 'G'")).isEqualTo(true);
  }

  @Test
  void numbers_of_different_types_compare_by_value() {
    assertThat(eval("l = CAST(l AS DECIMAL(19, 0))")).isEqualTo(true);
    assertThat(eval("i = 7.0")).isEqualTo(true);
    assertThat(eval("n > 12345678901234567890.123456788")).isEqualTo(true);
    assertThat(eval("n = 12345678901234567890.1234567890")).isEqualTo(true);
  }

  @Test
  void a_function_that_does_not_exist_is_refused_before_a_row_is_read() {
    assertThatThrownBy(() -> sql.open("SELECT SOUNDEX_X(s) FROM s.t"))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void a_text_written_in_code_points_is_a_text_as_any_other() {
    assertThat(eval("'é' || U&'e\\0301' || s")).isEqualTo("ée\u0301Grüße 𝄞!");
    assertThat(eval("s = U&'Gr\\00FC\\00DFe \\D834\\DD1E!'")).isEqualTo(true);
    assertThat(eval("U&'\\0041' IN ('A', s)")).isEqualTo(true);
    assertThat(eval("U&'\\+01D11E!\\0041\\\\\\+000027' || 'x'")).isEqualTo("𝄞!A\\'x");
    assertThat(eval("u&'#+01D11E \\' UESCAPE '#' || 'x'")).isEqualTo("𝄞 \\x");
    assertThatThrownBy(() -> eval("U&'\\+1D11E'")).hasMessageContaining("is no character");
    assertThatThrownBy(() -> eval("U&'\\+110000'")).hasMessageContaining("is no character");
    assertThat(eval("N'東京' || s")).isEqualTo("東京Grüße 𝄞!");
    assertThat(eval("_UTF8'東京' || s")).isEqualTo("東京Grüße 𝄞!");
  }
}
