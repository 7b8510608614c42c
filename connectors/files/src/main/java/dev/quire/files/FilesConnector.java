package dev.quire.files;

import dev.quire.duckdb.DuckSettings;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import java.util.ArrayList;
import java.util.List;

/** Parquet, CSV and JSON files as sources. Immutable and thread-safe. */
public final class FilesConnector implements Connector {
  static final Property PATH =
      Property.of(
          "path",
          Property.Kind.TEXT,
          "A folder whose files and folders are tables; or a file, or a pattern as runs-*.csv, that"
              + " is one table.");
  static final Property TABLE =
      Property.of(
          "table", Property.Kind.TEXT, "The name of the table, where the path gives only one.");

  @Override
  public String type() {
    return "files";
  }

  /** A file can be named in a statement without any configuration. */
  @Override
  public boolean unconfigured() {
    return true;
  }

  @Override
  public List<Property> properties() {
    List<Property> all = new ArrayList<>(List.of(PATH, TABLE));
    all.addAll(List.of(CsvOptions.HEADER, CsvOptions.DELIMITER, CsvOptions.TYPES));
    all.addAll(DuckSettings.PROPERTIES);
    return List.copyOf(all);
  }

  @Override
  public Source open(SourceConfig config, ConnectorContext context) {
    return new FilesSource(config);
  }

  /** One of the choices of a key, or its default. */
  static String choice(SourceConfig config, Property property) {
    String value =
        config.find(property.name()).map(String::strip).orElse(property.defaultValue().get());
    if (!property.choices().contains(value)) {
      throw config.fault(
          property.name(),
          property.name()
              + " is '"
              + value
              + "', and must be one of "
              + String.join(", ", property.choices()));
    }
    return value;
  }
}
