package dev.quire.engine.config;

import dev.quire.spi.SourceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A configuration that was read and checked for form; what each connector thinks of its keys is
 * checked when its source opens. Immutable.
 *
 * @param sources by name, in the file's order
 * @param types the {@code type} of each source
 */
public record Configuration(
    Map<String, SourceConfig> sources, Map<String, String> types, ConfiguredLimits limits) {

  /** The section {@code limits}. */
  public record ConfiguredLimits(long calls, boolean partialOnExceed) {
    public static final ConfiguredLimits NONE = new ConfiguredLimits(Long.MAX_VALUE, false);
  }

  /**
   * Where a configuration is looked for when no file was named: QUIRE_CONFIG, then quire.yaml here.
   */
  public static List<Path> usualPlaces(Map<String, String> environment, Path workingDirectory) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a file.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION with file and line
   */
  public static Configuration read(Path file, Map<String, String> environment) {
    throw new UnsupportedOperationException();
  }
}
