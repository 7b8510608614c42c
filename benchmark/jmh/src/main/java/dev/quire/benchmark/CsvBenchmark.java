package dev.quire.benchmark;

import dev.quire.engine.ResultColumn;
import dev.quire.export.text.RowWriter;
import dev.quire.export.text.TextFormat;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A row of common types as a line of CSV. */
@State(Scope.Thread)
public class CsvBenchmark {
  private final RowWriter writer = TextFormat.CSV.open(OutputStream.nullOutputStream(), false);
  private final Object[] row = {
    new UUID(0x45568d0468b680c0L, 7),
    "Alder Birch \"GmbH\", Zürich",
    new BigDecimal("76539499.6500000000"),
    42,
    Instant.parse("2026-11-22T04:36:00.123Z")
  };

  public CsvBenchmark() {
    try {
      writer.begin(
          List.of(
              new ResultColumn("accountid", DataType.UUID, false),
              new ResultColumn("name", DataType.VARCHAR, true),
              new ResultColumn("revenue", DataType.DECIMAL, true),
              new ResultColumn("statecode", DataType.INTEGER, true),
              new ResultColumn("createdon", DataType.TIMESTAMP_TZ, true)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  public void row() throws IOException {
    writer.write(row);
  }
}
