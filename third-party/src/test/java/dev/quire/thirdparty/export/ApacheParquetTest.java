package dev.quire.thirdparty.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.ResultColumn;
import dev.quire.export.file.Disk;
import dev.quire.export.file.FileSink;
import dev.quire.export.parquet.ParquetSink;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported Parquet, as Apache's own reader reads it. */
class ApacheParquetTest {
  private static final int ROWS = 300_000;
  private static final List<DataType> TYPES =
      List.of(
          DataType.BIGINT,
          DataType.BOOLEAN,
          DataType.SMALLINT,
          DataType.REAL,
          DataType.DOUBLE,
          DataType.decimal(9, 2),
          DataType.decimal(18, 4),
          DataType.decimal(30, 6),
          DataType.VARCHAR,
          DataType.VARBINARY,
          DataType.DATE,
          DataType.TIME,
          DataType.TIMESTAMP,
          DataType.TIMESTAMP_TZ,
          DataType.UUID,
          DataType.JSON);

  @TempDir Path folder;

  private static Object[] row(int i) {
    if (i % 11 == 10) {
      Object[] nulls = new Object[TYPES.size()];
      nulls[0] = (long) i;
      return nulls;
    }
    return new Object[] {
      (long) i,
      i % 2 == 0,
      i % 30_000,
      i + 0.5,
      i / 3.0,
      BigDecimal.valueOf(-i, 2),
      BigDecimal.valueOf(i * 1_000_000L, 4),
      new BigDecimal(BigInteger.TEN.pow(25).subtract(BigInteger.valueOf(i)), 6),
      "row ü " + i,
      new byte[] {(byte) i, (byte) (i >> 8)},
      LocalDate.ofEpochDay(i),
      LocalTime.ofSecondOfDay(i % 86_400),
      LocalDateTime.of(2026, 1, 1, 0, 0).plusSeconds(i),
      Instant.ofEpochSecond(i, 123_456_000),
      new UUID(i, ~i),
      "{\"a\":[" + i + "]}"
    };
  }

  /** In several row groups, and gone on with in the midst of them. */
  private Path written() throws IOException {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      columns.add(new ResultColumn("c" + i, TYPES.get(i), true));
    }
    Path file = folder.resolve("rows.parquet");
    long bytes;
    try (FileSink first = ParquetSink.FORMAT.open(Disk.SYSTEM.write(file))) {
      first.begin(columns);
      write(first, 0, ROWS / 2);
      bytes = first.commit();
      write(first, 0, 1_000);
      first.finish();
    }
    try (FileChannel channel = Disk.SYSTEM.write(file);
        FileSink second = ParquetSink.FORMAT.open(channel)) {
      second.restore(columns, bytes);
      write(second, ROWS / 2, ROWS);
      second.commit();
      second.finish();
    }
    return file;
  }

  private static void write(FileSink sink, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      sink.write(row(i));
      if (sink.isFull()) {
        sink.commit();
      }
    }
  }

  private static final class Groups extends ParquetReader.Builder<Group> {
    Groups(InputFile file, ParquetConfiguration configuration) {
      super(file, configuration);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  @Test
  void every_value_of_every_type_is_what_was_written() throws IOException {
    InputFile file = new LocalInputFile(written());
    try (ParquetReader<Group> reader = new Groups(file, new PlainParquetConfiguration()).build()) {
      for (int i = 0; i < ROWS; i++) {
        requireSame(reader.read(), row(i));
      }
      assertThat(reader.read()).isNull();
    }
  }

  private static void requireSame(Group read, Object[] row) {
    assertThat(read.getLong("c0", 0)).isEqualTo(row[0]);
    if (row[1] == null) {
      for (int i = 1; i < row.length; i++) {
        assertThat(read.getFieldRepetitionCount(i)).isZero();
      }
      return;
    }
    assertThat(read.getBoolean("c1", 0)).isEqualTo(row[1]);
    assertThat(read.getInteger("c2", 0)).isEqualTo(row[2]);
    assertThat((double) read.getFloat("c3", 0)).isEqualTo(row[3]);
    assertThat(read.getDouble("c4", 0)).isEqualTo(row[4]);
    assertThat(BigDecimal.valueOf(read.getInteger("c5", 0), 2)).isEqualTo(row[5]);
    assertThat(BigDecimal.valueOf(read.getLong("c6", 0), 4)).isEqualTo(row[6]);
    assertThat(new BigDecimal(new BigInteger(read.getBinary("c7", 0).getBytes()), 6))
        .isEqualTo(row[7]);
    assertThat(read.getString("c8", 0)).isEqualTo(row[8]);
    assertThat(read.getBinary("c9", 0).getBytes()).isEqualTo(row[9]);
    assertThat(LocalDate.ofEpochDay(read.getInteger("c10", 0))).isEqualTo(row[10]);
    assertThat(LocalTime.ofNanoOfDay(read.getLong("c11", 0) * 1_000)).isEqualTo(row[11]);
    assertThat(moment(read.getLong("c12", 0)))
        .isEqualTo(((LocalDateTime) row[12]).toInstant(java.time.ZoneOffset.UTC));
    assertThat(moment(read.getLong("c13", 0))).isEqualTo(row[13]);
    ByteBuffer id = read.getBinary("c14", 0).toByteBuffer();
    assertThat(new UUID(id.getLong(), id.getLong())).isEqualTo(row[14]);
    assertThat(read.getString("c15", 0)).isEqualTo(row[15]);
    assertThat(read.getType().getType("c15").getLogicalTypeAnnotation())
        .isEqualTo(LogicalTypeAnnotation.jsonType());
  }

  private static Instant moment(long micros) {
    return Instant.ofEpochSecond(0, 0).plus(micros, java.time.temporal.ChronoUnit.MICROS);
  }
}
