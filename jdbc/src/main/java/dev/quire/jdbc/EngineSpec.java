package dev.quire.jdbc;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.References;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which engine a connection needs: two connections of equal specifications share one. Its text form
 * shows no values. Immutable.
 *
 * @param origin the configuration file with the time of its last change, or the source's name
 * @param values the keys of the source; empty for a file
 */
record EngineSpec(String origin, Optional<Path> file, Map<String, String> values) {
  private static final Path HERE = Path.of("");

  EngineSpec {
    values = Map.copyOf(values);
  }

  /**
   * @throws SourceException CONFIGURATION if there is no file
   */
  static EngineSpec of(ConnectionKeys keys) {
    return keys.connector().isPresent() ? ofSource(keys) : ofFile(keys);
  }

  private static EngineSpec ofFile(ConnectionKeys keys) {
    Path file =
        Configuration.locate(
                keys.find(DriverKeys.CONFIG).map(Path::of), System.getenv(), HERE.toAbsolutePath())
            .toAbsolutePath();
    try {
      String origin = file + " of " + Files.getLastModifiedTime(file) + ", " + Files.size(file);
      return new EngineSpec(origin, Optional.of(file), Map.of());
    } catch (IOException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, "cannot read " + file + ": " + e, e);
    }
  }

  private static EngineSpec ofSource(ConnectionKeys keys) {
    String type = keys.connector().orElseThrow().type();
    Map<String, String> values = new LinkedHashMap<>(keys.ofTheSource());
    values.put("type", type);
    return new EngineSpec(keys.find(DriverKeys.SOURCE).orElse(type), Optional.empty(), values);
  }

  /** Opens the engine; the one source of a URL is checked at once. Sends nothing. */
  Engine open() {
    if (file.isPresent()) {
      return Engine.open(
          Configuration.read(file.get(), System.getenv()), ConnectorContext.system());
    }
    Configuration configuration =
        Configuration.of(Map.of(origin, values), References.in(HERE.toAbsolutePath()));
    Engine engine = Engine.open(configuration, ConnectorContext.system());
    try {
      engine.source(origin);
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return "EngineSpec[" + origin + "]";
  }
}
