package dev.quire.export.output;

import dev.quire.export.file.Compression;
import dev.quire.export.file.FileSink;
import dev.quire.export.file.TextSink;
import dev.quire.export.parquet.ParquetSink;
import dev.quire.export.text.TextFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of files. */
public enum ExportFormat {
  CSV(".csv"),
  JSONL(".jsonl", ".ndjson"),
  PARQUET(".parquet");

  private final List<String> suffixes;

  ExportFormat(String... suffixes) {
    this.suffixes = List.of(suffixes);
  }

  /** By the end of a name in any case. */
  static Optional<ExportFormat> ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.suffixes.stream().anyMatch(lower::endsWith))
        .findFirst();
  }

  /** Empty for Parquet, which is no text. */
  Optional<TextFormat> text() {
    return switch (this) {
      case CSV -> Optional.of(TextFormat.CSV);
      case JSONL -> Optional.of(TextFormat.JSONL);
      case PARQUET -> Optional.empty();
    };
  }

  /** Makes the files of this format. */
  public FileSink.Format files(Compression compression) {
    return text().map(text -> TextSink.format(text, compression)).orElse(ParquetSink.FORMAT);
  }
}
