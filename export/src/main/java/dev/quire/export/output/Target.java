package dev.quire.export.output;

import dev.quire.export.Destination;
import dev.quire.export.StreamDestination;
import dev.quire.export.file.Compression;
import dev.quire.export.file.Disk;
import dev.quire.export.file.FileDestination;
import dev.quire.export.jdbc.JdbcDestination;
import dev.quire.export.text.TextFormat;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * An output as people write it. Immutable.
 *
 * @param to {@code runs.csv.gz}, {@code runs/}, {@code -}, {@code jdbc:postgresql:…}
 * @param format if it was given; else the name tells
 * @param compression if it was given; else the name tells
 * @param rowsPerPart of the files in a folder
 * @param database where in a database
 */
public record Target(
    String to,
    Optional<ExportFormat> format,
    Optional<Compression> compression,
    OptionalLong rowsPerPart,
    Database database) {
  /**
   * What is said of a database besides its URL. Immutable.
   *
   * @param table as in SQL
   * @param drivers jars of drivers that are not on the class path
   */
  public record Database(Optional<String> table, List<Path> drivers) {
    public static final Database NONE = new Database(Optional.empty(), List.of());

    public Database {
      drivers = List.copyOf(drivers);
    }
  }

  /** A part of some ten to a hundred megabytes. */
  private static final long USUAL_ROWS_PER_PART = 1_000_000;

  private static final String STANDARD_OUTPUT = "-";

  /**
   * Makes the destination; nothing is opened yet, save for a pipe.
   *
   * @param folder where relative names start
   * @param standard standard output
   * @param references replaces references in a database's URL
   * @throws SourceException CONFIGURATION when it does not say enough, or contradicts itself
   */
  public Destination open(Path folder, OutputStream standard, UnaryOperator<String> references)
      throws IOException {
    if (to.startsWith("jdbc:")) {
      return database(folder, references);
    }
    if (database.table().isPresent()) {
      throw wrong("--table goes with --to jdbc:…");
    }
    if (to.equals(STANDARD_OUTPUT)) {
      return new StreamDestination("standard output", standard, streamed("standard output"));
    }
    Path file = path(folder);
    if (isFolder()) {
      long rows = rowsPerPart.orElse(USUAL_ROWS_PER_PART);
      return new FileDestination(
          Disk.SYSTEM, file, files().files(packing()), OptionalLong.of(rows));
    }
    if (rowsPerPart.isPresent()) {
      throw wrong("parts are files in a folder, and " + to + " is a file")
          .withHint("Write a folder with a slash at its end: --to " + to + "/");
    }
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      OutputStream pipe = new BufferedOutputStream(Files.newOutputStream(file));
      return new StreamDestination(to, pipe, streamed(to));
    }
    return new FileDestination(Disk.SYSTEM, file, files().files(packing()), OptionalLong.empty());
  }

  private Destination database(Path folder, UnaryOperator<String> references) {
    if (format.isPresent() || compression.isPresent() || rowsPerPart.isPresent()) {
      throw wrong("a database has no --format, --compression or --rows-per-part");
    }
    String table =
        database
            .table()
            .orElseThrow(
                () ->
                    wrong("the table to write to is not named")
                        .withHint("Give it with --table runs; it is created if it is missing."));
    List<Path> jars = database.drivers().stream().map(folder::resolve).toList();
    return new JdbcDestination(references.apply(to), jars, table);
  }

  private boolean isFolder() {
    return to.endsWith("/") || to.endsWith("\\");
  }

  private Path path(Path folder) {
    if (to.isBlank()) {
      throw wrong("--to names no file");
    }
    try {
      return folder.resolve(to);
    } catch (InvalidPathException e) {
      throw wrong("'" + to + "' is not the name of a file on this system");
    }
  }

  private TextFormat streamed(String what) {
    if (compression.orElse(Compression.NONE) != Compression.NONE) {
      throw wrong("what goes to " + what + " is not compressed here")
          .withHint("Pipe it through gzip or zstd.");
    }
    ExportFormat wanted = format.or(() -> ExportFormat.ofName(to)).orElse(ExportFormat.CSV);
    return wanted
        .text()
        .orElseThrow(
            () ->
                wrong("Parquet cannot be streamed to " + what)
                    .withHint("Name a file, or choose --format csv or jsonl."));
  }

  private ExportFormat files() {
    String name = withoutPacking();
    return format
        .or(() -> ExportFormat.ofName(name))
        .orElseThrow(
            () ->
                wrong("'" + to + "' does not say which format is wanted")
                    .withHint("Name it .csv, .jsonl or .parquet, or give --format."));
  }

  private String withoutPacking() {
    return named().map(each -> to.substring(0, to.length() - each.suffix().length())).orElse(to);
  }

  private Optional<Compression> named() {
    String lower = to.toLowerCase(Locale.ROOT);
    for (Compression each : Compression.values()) {
      if (each != Compression.NONE && lower.endsWith(each.suffix())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private Compression packing() {
    if (files() == ExportFormat.PARQUET) {
      if (named().or(() -> compression).isPresent()) {
        throw wrong("Parquet is compressed within, with zstd").withHint("Name it .parquet.");
      }
      return Compression.NONE;
    }
    if (compression.isPresent() && named().isPresent() && !compression.equals(named())) {
      throw wrong("the name " + to + " and --compression contradict each other");
    }
    return compression.or(this::named).orElse(Compression.NONE);
  }

  private static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}
