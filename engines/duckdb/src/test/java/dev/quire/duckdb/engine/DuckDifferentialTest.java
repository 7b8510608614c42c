package dev.quire.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.duckdb.DuckSettings;
import dev.quire.engine.exec.MemoryGuard;
import dev.quire.engine.spill.Spill;
import dev.quire.engine.spill.SpillEngine;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated statements give the same rows in the heap and in DuckDB. */
class DuckDifferentialTest {
  private static final int STATEMENTS = Integer.getInteger("quire.statements", 2_000);

  /** How many bytes fit in the heap: nothing; a few rows; some of the rows. */
  private static final int[] HEAPS = {0, 1_500, 12_000};

  /** Variances are computed with floating point, whose last digits depend on the order of rows. */
  private static final MathContext VARIANCE = new MathContext(12);

  /** A time finer than milliseconds as the value of a window: DuckDB's side can, the heap's not. */
  private static final List<String> BEYOND_THE_HEAP = List.of("UNSUPPORTED");

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("id", DataType.INTEGER).notNull(),
          Column.of("i", DataType.INTEGER),
          Column.of("l", DataType.BIGINT),
          Column.of("t", DataType.VARCHAR),
          Column.of("d", DataType.decimal(10, 2)),
          Column.of("w", DataType.decimal(30, 10)),
          Column.of("u", DataType.DECIMAL),
          Column.of("f", DataType.DOUBLE),
          Column.of("b", DataType.BOOLEAN),
          Column.of("dt", DataType.DATE),
          Column.of("ts", DataType.TIMESTAMP),
          Column.of("tz", DataType.TIMESTAMP_TZ),
          Column.of("tm", DataType.TIME),
          Column.of("g", DataType.UUID),
          Column.of("x", DataType.VARBINARY));

  @TempDir Path folder;

  @Test
  void generated_statements_give_the_same_in_duckdb() {
    long seed = Long.getLong("quire.seed", 20_261_128L);
    Random random = new Random(seed);
    SpillEngine duckdb =
        new DuckSpillEngine(
            DuckSettings.of(Map.of("memory.threads", "1", "memory.spill_folder", "."), folder));
    List<String> differing = new ArrayList<>();
    BlockingStatements generated = new BlockingStatements(random);
    try (Statements statements = new Statements(table("a", 70, random), table("b", 45, random));
        Spill stay = duckdb.open()) {
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = generated.statement();
        int heap = HEAPS[random.nextInt(HEAPS.length)];
        List<String> expected = answer(statements, sql, new MemoryGuard(1 << 30));
        MemoryGuard small = new MemoryGuard(heap, duckdb);
        List<String> actual = answer(statements, sql, small);
        if (!actual.equals(expected) && !expected.equals(BEYOND_THE_HEAP)) {
          differing.add(
              "statement %d with %d bytes: %s%n  in the heap %s%n  in DuckDB   %s"
                  .formatted(i, heap, sql, expected, actual));
        }
        assertThat(small.used()).as(sql).isZero();
      }
    }
    assertThat(differing).as("-Dquire.seed=%d", seed).isEmpty();
  }

  private static MemoryTable table(String name, int size, Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Object[] row = values(i, random);
      for (int column = 1; column < row.length; column++) {
        row[column] = random.nextInt(6) == 0 ? null : row[column];
      }
      rows.add(row);
    }
    return new MemoryTable(name, COLUMNS, size, 9, rows::get);
  }

  private static Object[] values(int id, Random random) {
    String[] texts = {
      "a", "A", "b", "ab", "ba", "a%b", "", " b", "Zed", "éa", "\uD83D\uDE00", "\uFF5E", "a\0b"
    };
    BigDecimal[] unbounded = {
      new BigDecimal("1.0"),
      new BigDecimal("1.00"),
      new BigDecimal("-0.5"),
      new BigDecimal("1e40"),
      new BigDecimal("1." + "0".repeat(45) + "1"),
      new BigDecimal("-" + "9".repeat(50))
    };
    double[] reals = {0.1, -0.0, 0.0, 1e300, -2.5, 3, 1e-7};
    long[] longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 3, 10};
    int small = random.nextInt(4);
    return new Object[] {
      id,
      random.nextInt(8) - 2,
      longs[random.nextInt(longs.length)],
      texts[random.nextInt(texts.length)],
      BigDecimal.valueOf(random.nextInt(900) - 300, 2),
      BigDecimal.valueOf(random.nextInt(5) * 1_000_000_007L - 3, random.nextInt(10)),
      unbounded[random.nextInt(unbounded.length)],
      reals[random.nextInt(reals.length)],
      random.nextBoolean(),
      LocalDate.of(1969 + small, 12, 31),
      LocalDateTime.of(1969 + small, 12, 31, 23, 59, 59, random.nextInt(2) * 999_999_999),
      Instant.parse("2026-03-29T00:59:59Z").plusNanos(random.nextInt(3)),
      LocalTime.ofNanoOfDay(random.nextInt(3) * 1_000_000_001L),
      new UUID(random.nextInt(3) - 1, random.nextInt(2) - 1),
      new byte[][] {{}, {0}, {0, 0}, {-1}, {1, -1}}[random.nextInt(5)]
    };
  }

  private static List<String> answer(Statements statements, String sql, MemoryGuard memory) {
    List<String> lines = new ArrayList<>();
    try {
      for (Object[] row : statements.rows(sql, memory)) {
        List<String> values = new ArrayList<>();
        for (Object value : row) {
          values.add(normal(value, sql.contains("VAR_SAMP") ? VARIANCE : MathContext.UNLIMITED));
        }
        lines.add(String.join("|", values));
      }
    } catch (SourceException e) {
      return List.of(e.kind().name());
    }
    if (!sql.startsWith("SELECT x.*")) {
      lines.sort(null);
    }
    return lines;
  }

  /** With the value's class; decimals by value, floating sums to twelve digits. */
  private static String normal(Object value, MathContext digits) {
    if (value instanceof Double number && Double.isFinite(number)) {
      BigDecimal rounded = new BigDecimal(number).round(new MathContext(12));
      return "Double " + (rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros());
    }
    if (value instanceof BigDecimal number) {
      return "Decimal " + number.round(digits).stripTrailingZeros();
    }
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    return value == null ? "NULL" : value.getClass().getSimpleName() + " " + value;
  }
}
