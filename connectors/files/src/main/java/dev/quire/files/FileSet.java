package dev.quire.files;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Files that make one table. Immutable.
 *
 * @param name of the table
 * @param files at least one, sorted
 * @param shown what to call them in plans and errors
 */
record FileSet(String name, FileFormat format, List<Path> files, String shown) {

  /**
   * @throws SourceException CONFIGURATION if they are of several formats, or of none
   */
  static FileSet of(String name, List<Path> files, String shown) {
    Set<FileFormat> formats = EnumSet.noneOf(FileFormat.class);
    for (Path file : files) {
      formats.add(FileFormat.of(file).orElseThrow(() -> unknown(file)));
    }
    if (formats.size() != 1) {
      throw new SourceException(
              ErrorKind.CONFIGURATION, shown + " has files of several formats: " + formats)
          .withHint("A table is made of files of one format: name them with a pattern, as *.csv.");
    }
    return new FileSet(name, formats.iterator().next(), List.copyOf(files), shown);
  }

  static SourceException unknown(Path file) {
    return new SourceException(
            ErrorKind.CONFIGURATION, "the name of " + file + " does not tell its format")
        .withHint(
            "Known are .parquet, .csv, .tsv, .json, .jsonl and .ndjson, with .gz or .zst behind"
                + " the texts; another name needs 'format'.");
  }

  /**
   * Names, sizes and times of the files: they have not changed as long as this is the same.
   *
   * @throws SourceException OUTDATED if one is gone
   */
  String stamp() {
    List<Object> parts = new ArrayList<>();
    for (Path file : files) {
      try {
        parts.add(file.toString());
        parts.add(Files.size(file));
        parts.add(Files.getLastModifiedTime(file).toMillis());
      } catch (IOException e) {
        throw new SourceException(ErrorKind.OUTDATED, file + " cannot be read any more", e);
      }
    }
    return Integer.toHexString(parts.hashCode());
  }
}
