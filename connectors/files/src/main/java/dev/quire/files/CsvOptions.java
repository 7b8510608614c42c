package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import java.util.List;
import java.util.Optional;

/**
 * What CSV files do not say of themselves. Immutable.
 *
 * @param header whether the first line has names; empty to see for oneself
 * @param delimiter between fields; empty to see for oneself
 * @param textOnly whether every column is text
 */
record CsvOptions(Optional<Boolean> header, Optional<String> delimiter, boolean textOnly) {
  static final Property HEADER =
      Property.choice(
              "csv.header",
              List.of("auto", "true", "false"),
              "Whether the first line of CSV files has the names of the columns.")
          .withDefault("auto");
  static final Property DELIMITER =
      Property.of(
          "csv.delimiter",
          Property.Kind.TEXT,
          "What stands between the fields of CSV files. Default: it is found out.");
  static final Property TYPES =
      Property.choice(
              "csv.types",
              List.of("auto", "text"),
              "Whether the types of CSV columns are found out, or all are text.")
          .withDefault("auto");

  static final CsvOptions NONE = new CsvOptions(Optional.empty(), Optional.empty(), false);

  static CsvOptions of(SourceConfig config) {
    String header = FilesConnector.choice(config, HEADER);
    return new CsvOptions(
        header.equals("auto") ? Optional.empty() : Optional.of(header.equals("true")),
        config.find(DELIMITER.name()).filter(text -> !text.isEmpty()),
        FilesConnector.choice(config, TYPES).equals("text"));
  }

  /** Further arguments of DuckDB's read_csv. */
  String arguments() {
    return header.map(given -> ", header = " + given).orElse("")
        + delimiter.map(text -> ", delim = " + DuckDatabase.quoted(text)).orElse("")
        + (textOnly ? ", all_varchar = true" : "");
  }
}
