package dev.quire.export.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.export.Destination;
import dev.quire.export.file.Compression;
import dev.quire.export.output.Target.Database;
import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
  @TempDir Path folder;

  private static Target target(String to) {
    return new Target(to, Optional.empty(), Optional.empty(), OptionalLong.empty(), Database.NONE);
  }

  private static Target target(String to, ExportFormat format, Compression compression) {
    return new Target(
        to,
        Optional.ofNullable(format),
        Optional.ofNullable(compression),
        OptionalLong.empty(),
        Database.NONE);
  }

  private String output(Target target) throws IOException {
    try (Destination destination =
        target.open(folder, new ByteArrayOutputStream(), UnaryOperator.identity())) {
      return destination.output();
    }
  }

  @Test
  void the_name_says_format_and_compression() throws IOException {
    assertThat(output(target("a.csv"))).isEqualTo("csv");
    assertThat(output(target("A.CSV.GZ"))).isEqualTo("csv gzip");
    assertThat(output(target("a.jsonl.zst"))).isEqualTo("jsonl zstd");
    assertThat(output(target("a.ndjson"))).isEqualTo("jsonl");
    assertThat(output(target("a.parquet"))).isEqualTo("parquet");
    assertThat(output(target("-"))).isEqualTo("csv");
  }

  @Test
  void options_say_what_the_name_does_not() throws IOException {
    assertThat(output(target("a.txt", ExportFormat.CSV, Compression.GZIP))).isEqualTo("csv gzip");
    assertThat(output(target("parts/", ExportFormat.PARQUET, null))).isEqualTo("parquet parts");
    assertThat(output(target("-", ExportFormat.JSONL, null))).isEqualTo("jsonl");
  }

  @Test
  void what_does_not_say_enough_or_too_much_is_refused() {
    for (Target wrong :
        List.of(
            target("rows"),
            target("parts/"),
            target("a.parquet.gz"),
            target("a.parquet", null, Compression.ZSTD),
            target("a.csv.gz", null, Compression.ZSTD),
            target("-", ExportFormat.PARQUET, null),
            target("-", null, Compression.GZIP),
            target("jdbc:h2:mem:x"),
            target("jdbc:h2:mem:x", ExportFormat.CSV, null),
            target(""))) {
      assertThatThrownBy(() -> output(wrong)).as(wrong.to()).isInstanceOf(SourceException.class);
    }
  }
}
