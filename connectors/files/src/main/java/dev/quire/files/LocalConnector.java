package dev.quire.files;

import dev.quire.duckdb.DuckSettings;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results that are kept in a DuckDB file of this machine. Immutable and thread-safe. */
public final class LocalConnector implements Connector {
  static final Property FILE =
      Property.of(
          "file",
          Property.Kind.TEXT,
          "The DuckDB file that keeps the tables. Default: quire/local.duckdb in the user's folder"
              + " for data.");

  @Override
  public String type() {
    return "local";
  }

  @Override
  public boolean unconfigured() {
    return true;
  }

  @Override
  public List<Property> properties() {
    List<Property> all = new ArrayList<>(List.of(FILE));
    all.addAll(DuckSettings.PROPERTIES);
    return List.copyOf(all);
  }

  @Override
  public Source open(SourceConfig config, ConnectorContext context) {
    Path file =
        config
            .find(FILE.name())
            .map(text -> config.resolve(FILE.name(), text))
            .orElseGet(() -> usualFile(System.getenv()));
    return new LocalSource(
        config.name(),
        new LocalStore(
            file.toAbsolutePath().normalize(), FilesSource.settings(config), context.time()));
  }

  /** {@code XDG_DATA_HOME}, on Windows {@code LOCALAPPDATA}, or {@code ~/.local/share}. */
  static Path usualFile(Map<String, String> environment) {
    for (String name : new String[] {"XDG_DATA_HOME", "LOCALAPPDATA"}) {
      String folder = environment.getOrDefault(name, "");
      if (!folder.isEmpty()) {
        return Path.of(folder, "quire", "local.duckdb");
      }
    }
    String home = System.getProperty("user.home", "");
    return Path.of(home, ".local", "share", "quire", "local.duckdb");
  }
}
