package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of files, and how DuckDB reads them. */
enum FileFormat {
  PARQUET(List.of("parquet")),
  CSV(List.of("csv", "tsv")),
  JSON(List.of("json", "jsonl", "ndjson"));

  private static final List<String> COMPRESSED = List.of(".gz", ".zst");

  private final List<String> endings;

  FileFormat(List<String> endings) {
    this.endings = endings;
  }

  /** By the file's name: {@code runs.csv}, {@code runs.jsonl.gz}. */
  static Optional<FileFormat> of(Path file) {
    String name = uncompressed(file.getFileName().toString()).toLowerCase(Locale.ROOT);
    for (FileFormat format : values()) {
      if (format.endings.stream().anyMatch(ending -> name.endsWith("." + ending))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** By its name in a configuration. */
  static Optional<FileFormat> find(String name) {
    for (FileFormat format : values()) {
      if (format.endings.contains(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The name of a file without the endings that tell its format. */
  static String withoutEnding(String name) {
    String plain = uncompressed(name);
    int dot = plain.lastIndexOf('.');
    return dot <= 0 ? plain : plain.substring(0, dot);
  }

  private static String uncompressed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : COMPRESSED) {
      if (lower.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  /** What a statement selects from. */
  String reader(List<Path> files, CsvOptions csv) {
    String list =
        files.stream()
            .map(file -> DuckDatabase.quoted(literally(file.toAbsolutePath().toString())))
            .collect(Collectors.joining(", ", "[", "]"));
    return switch (this) {
      case PARQUET -> "read_parquet(" + list + ", union_by_name = true)";
      case CSV -> "read_csv(" + list + ", union_by_name = true" + csv.arguments() + ")";
      case JSON -> "read_json(" + list + ", format = 'auto', union_by_name = true)";
    };
  }

  /** A path whose signs mean themselves: DuckDB takes some for patterns. */
  private static String literally(String path) {
    return path.replaceAll("[*?\\[]", "[$0]");
  }
}
