package dev.quire.export.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.ResultColumn;
import dev.quire.export.file.Disk;
import dev.quire.export.file.FileSink;
import dev.quire.spi.DataType;
import dev.quire.spi.DataType.Kind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSinkTest {
  private static final UUID ID = UUID.fromString("0ccccbf5-df30-49e4-8525-79fcd5d4ea79");

  @TempDir Path folder;

  private Path written(List<ResultColumn> columns, Object[]... rows) throws IOException {
    Path file = folder.resolve("rows.parquet");
    try (FileSink sink = ParquetSink.FORMAT.open(Disk.SYSTEM.write(file))) {
      sink.begin(columns);
      for (Object[] row : rows) {
        sink.write(row);
      }
      sink.commit();
      sink.finish();
    }
    return file;
  }

  private static ResultColumn column(String name, DataType type) {
    return new ResultColumn(name, type, true);
  }

  /** The type and the text that DuckDB has for the only value of a file. */
  private List<Object> readAs(DataType type, Object value) throws IOException {
    Path file = written(List.of(column("c", type)), new Object[] {value}, new Object[] {null});
    List<List<Object>> rows = DuckRead.rows(file, "SELECT typeof(c), CAST(c AS VARCHAR) FROM FILE");
    assertThat(rows.get(1).get(1)).as("NULL").isNull();
    return rows.get(0);
  }

  @Test
  void every_type_is_its_own_type_and_every_value_itself() throws IOException {
    assertThat(readAs(DataType.BOOLEAN, true)).containsExactly("BOOLEAN", "true");
    assertThat(readAs(DataType.SMALLINT, -32_768)).containsExactly("SMALLINT", "-32768");
    assertThat(readAs(DataType.INTEGER, 7)).containsExactly("INTEGER", "7");
    assertThat(readAs(DataType.BIGINT, Long.MIN_VALUE))
        .containsExactly("BIGINT", "-9223372036854775808");
    assertThat(readAs(DataType.REAL, 0.1)).containsExactly("FLOAT", "0.1");
    assertThat(readAs(DataType.DOUBLE, 1e300)).containsExactly("DOUBLE", "1e+300");
    assertThat(readAs(DataType.VARCHAR, "株式会社 \0 ü")).containsExactly("VARCHAR", "株式会社 \0 ü");
    assertThat(readAs(DataType.JSON, "{\"a\":[1]}")).containsExactly("JSON", "{\"a\":[1]}");
    assertThat(readAs(DataType.VARBINARY, new byte[] {1, -1}))
        .containsExactly("BLOB", "\\x01\\xFF");
    assertThat(readAs(DataType.DATE, LocalDate.of(9999, 12, 31)))
        .containsExactly("DATE", "9999-12-31");
    assertThat(readAs(DataType.UUID, ID)).containsExactly("UUID", ID.toString());
  }

  @Test
  void moments_and_times_keep_what_they_have() throws IOException {
    assertThat(readAs(DataType.TIMESTAMP, LocalDateTime.parse("1582-10-04T23:59:59.123456")))
        .containsExactly("TIMESTAMP", "1582-10-04 23:59:59.123456");
    assertThat(readAs(DataType.TIMESTAMP_TZ, Instant.parse("9999-12-31T23:59:59Z")))
        .containsExactly("TIMESTAMP WITH TIME ZONE", "9999-12-31 23:59:59+00");
    assertThat(readAs(DataType.TIME, LocalTime.parse("23:59:59.000001")))
        .containsExactly("TIME", "23:59:59.000001");
    assertThat(
            readAs(
                new DataType(Kind.TIMESTAMP, 7, 0),
                LocalDateTime.parse("2026-01-02T03:04:05.1234567")))
        .containsExactly("TIMESTAMP_NS", "2026-01-02 03:04:05.1234567");
  }

  @Test
  void decimals_are_exact_in_every_width() throws IOException {
    assertThat(readAs(DataType.decimal(9, 2), new BigDecimal("-1234567.89")))
        .containsExactly("DECIMAL(9,2)", "-1234567.89");
    assertThat(readAs(DataType.decimal(18, 4), new BigDecimal("12345678901234.5")))
        .containsExactly("DECIMAL(18,4)", "12345678901234.5000");
    assertThat(
            readAs(
                DataType.decimal(38, 3),
                new BigDecimal("-99999999999999999999999999999999999.999")))
        .containsExactly("DECIMAL(38,3)", "-99999999999999999999999999999999999.999");
    assertThat(readAs(DataType.DECIMAL, new BigDecimal("13530076.72")))
        .containsExactly("DECIMAL(38,10)", "13530076.7200000000");
    assertThat(readAs(DataType.DECIMAL, new BigDecimal("1E+5")))
        .containsExactly("DECIMAL(38,10)", "100000.0000000000");
  }

  @Test
  void a_value_that_its_type_cannot_hold_is_an_error_and_never_rounded() {
    assertThatThrownBy(() -> readAs(DataType.DECIMAL, new BigDecimal("0.12345678901")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the column c has the value 0.12345678901")
        .hasMessageContaining("CAST");
    assertThatThrownBy(() -> readAs(DataType.decimal(4, 2), new BigDecimal("100")))
        .isInstanceOf(SourceException.class);
    assertThatThrownBy(
            () -> readAs(DataType.TIMESTAMP_TZ, Instant.parse("2026-01-01T00:00:00.000000001Z")))
        .isInstanceOf(SourceException.class);
    assertThatThrownBy(() -> readAs(DataType.REAL, 1e300)).isInstanceOf(SourceException.class);
  }

  @Test
  void names_that_occur_twice_are_told_apart() throws IOException {
    Path file =
        written(
            List.of(column("a", DataType.INTEGER), column("a", DataType.INTEGER)),
            new Object[] {1, 2});
    assertThat(DuckRead.rows(file, "SELECT a, a_2 FROM FILE")).containsExactly(List.of(1, 2));
  }

  @Test
  void a_row_group_is_bounded_however_long_its_rows_are() throws IOException {
    Path file = folder.resolve("long.parquet");
    Random random = new Random(1);
    try (FileSink sink = ParquetSink.FORMAT.open(Disk.SYSTEM.write(file))) {
      sink.begin(List.of(column("n", DataType.INTEGER), column("c", DataType.VARCHAR)));
      for (int i = 0; i < 2_000; i++) {
        sink.write(new Object[] {i, longText(random)});
        if (sink.isFull()) {
          sink.commit();
        }
      }
      sink.commit();
      sink.finish();
    }
    assertThat(
            DuckRead.rows(
                file,
                "SELECT count(DISTINCT row_group_id) > 1 FROM parquet_metadata('" + file + "')"))
        .containsExactly(List.of(true));
    assertThat(DuckRead.rows(file, "SELECT sum(n), min(length(c)), max(length(c)) FROM FILE"))
        .hasToString("[[1999000, 20000, 20000]]");
  }

  private static String longText(Random random) {
    char[] letters = new char[20_000];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (char) (' ' + random.nextInt(90));
    }
    return new String(letters);
  }

  @Test
  void bounds_of_a_column_let_a_reader_skip_groups() throws IOException {
    Path file =
        written(
            List.of(column("d", DataType.decimal(30, 2)), column("s", DataType.VARCHAR)),
            new Object[] {new BigDecimal("-5.00"), "b"},
            new Object[] {new BigDecimal("7.00"), "a"},
            new Object[] {null, null});
    assertThat(
            DuckRead.rows(
                file,
                "SELECT stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata('"
                    + file
                    + "') ORDER BY column_id"))
        .containsExactly(List.of("-5.00", "7.00", 1L), List.of("a", "b", 1L));
  }
}
