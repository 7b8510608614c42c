package dev.quire.engine.config;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A configuration that was read and checked for form; what each connector thinks of its keys is
 * checked when its source opens. Immutable.
 *
 * @param sources by name, in the file's order
 * @param types of the sources, by name: {@code odata}
 * @param parallel how many parts of a table are read at a time, where a statement does not say it
 */
public record Configuration(
    Map<String, SourceConfig> sources,
    Map<String, String> types,
    ConfiguredLimits limits,
    ConfiguredMemory memory,
    OptionalInt parallel) {
  /** How long the start of a page is used where nothing else is said. */
  public static final Duration PAGE_INDEX_AGE = PageIndexKey.USUAL;

  private static final String FILE_NAME = "quire.yaml";
  private static final String EXAMPLE =
      """
      A configuration looks like this:
        sources:
          crm:
            type: odata
            url: https://example.com/odata
            auth: {type: bearer, token: "${env:CRM_TOKEN}"}""";

  public Configuration {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** A configuration without what is about this machine. */
  public Configuration(
      Map<String, SourceConfig> sources, Map<String, String> types, ConfiguredLimits limits) {
    this(sources, types, limits, ConfiguredMemory.NONE, OptionalInt.empty());
  }

  /**
   * The section {@code memory}: what the engine for rows that do not fit in the heap is told.
   *
   * @param values by their keys, {@code memory.limit}
   * @param folder of the file, for relative paths
   */
  public record ConfiguredMemory(Map<String, String> values, Path folder) {
    public static final ConfiguredMemory NONE = new ConfiguredMemory(Map.of(), Path.of(""));

    public ConfiguredMemory {
      values = Map.copyOf(values);
    }
  }

  /**
   * The section {@code limits}.
   *
   * @param statement for every statement
   * @param stateFolder keeps what a day has cost
   * @param account tells the day's budget of this configuration from those of others
   */
  public record ConfiguredLimits(LimitSettings statement, Path stateFolder, String account) {
    public static final ConfiguredLimits NONE =
        new ConfiguredLimits(LimitSettings.NONE, StateFolder.usual(System.getenv()), "");
  }

  /** The keys of the section {@code limits}. */
  public static List<Property> limitProperties() {
    return LimitKeys.OF_ALL;
  }

  /** The keys {@code limits.…} that every source understands. */
  public static List<Property> sourceLimitProperties() {
    return LimitKeys.OF_SOURCE;
  }

  /** All keys that every source understands, whatever its connector. */
  public static List<Property> sourceProperties() {
    List<Property> all = new ArrayList<>(LimitKeys.OF_SOURCE);
    all.add(PageIndexKey.PROPERTY);
    return all;
  }

  /**
   * How long the starts of a source's pages are used, zero for never; empty where it leaves that to
   * its connector, and then {@link #PAGE_INDEX_AGE} is usual.
   *
   * @throws SourceException CONFIGURATION when the value cannot be used
   */
  public static Optional<Duration> pageIndexOf(SourceConfig source) {
    return PageIndexKey.read(source);
  }

  /**
   * The limits of a source.
   *
   * @throws SourceException CONFIGURATION when a value cannot be used
   */
  public static LimitSettings limitsOf(SourceConfig source) {
    return LimitKeys.read(source);
  }

  /**
   * A configuration that stands in no file, for embedders and tests.
   *
   * @param sections source names to their dotted keys; each has a key {@code type}, no reference is
   *     resolved
   */
  public static Configuration of(Map<String, Map<String, String>> sections) {
    return of(sections, UnaryOperator.identity());
  }

  /**
   * As {@link #of(Map)}, with references in the values.
   *
   * @param references replaces every reference in a text; throws CONFIGURATION naming what is
   *     missing
   */
  public static Configuration of(
      Map<String, Map<String, String>> sections, UnaryOperator<String> references) {
    Map<String, SourceConfig> sources = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    sections.forEach(
        (name, section) -> {
          Map<String, String> values = new TreeMap<>(section);
          String type = values.remove(ConfigurationReader.TYPE);
          SourceNames.check(name)
              .ifPresent(
                  problem -> {
                    throw new SourceException(ErrorKind.CONFIGURATION, problem);
                  });
          if (type == null) {
            throw new SourceException(
                ErrorKind.CONFIGURATION, ConfigurationReader.withoutType(name));
          }
          sources.put(
              name,
              new SourceConfig(name, values, references, key -> "sources." + name + "." + key));
          types.put(name, type);
        });
    return new Configuration(sources, types, ConfiguredLimits.NONE);
  }

  /**
   * Where a configuration is looked for when no file was named: QUIRE_CONFIG alone if it is set;
   * else quire.yaml here, then in the user's configuration folder.
   */
  public static List<Path> usualPlaces(Map<String, String> environment, Path workingDirectory) {
    Optional<String> given = set(environment, "QUIRE_CONFIG");
    if (given.isPresent()) {
      return List.of(workingDirectory.resolve(given.get()));
    }
    return List.of(
        workingDirectory.resolve(FILE_NAME),
        userFolder(environment).resolve("quire").resolve(FILE_NAME));
  }

  private static Path userFolder(Map<String, String> environment) {
    return set(environment, "XDG_CONFIG_HOME")
        .or(() -> set(environment, "APPDATA"))
        .map(Path::of)
        .orElseGet(
            () ->
                Path.of(set(environment, "HOME").orElse(System.getProperty("user.home")))
                    .resolve(".config"));
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * The file to read.
   *
   * @param named the file that the user named, if any
   * @throws SourceException CONFIGURATION that says where was looked and shows an example
   */
  public static Path locate(
      Optional<Path> named, Map<String, String> environment, Path workingDirectory) {
    List<Path> places =
        named
            .map(workingDirectory::resolve)
            .map(List::of)
            .orElseGet(() -> usualPlaces(environment, workingDirectory));
    return places.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new SourceException(
                        ErrorKind.CONFIGURATION,
                        "there is no configuration; looked for "
                            + places.stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(" and ")))
                    .withHint(EXAMPLE.replace("\n", "\n  ")));
  }

  /**
   * Reads a file. References in it stay as they are until a connector asks for a value.
   *
   * @throws SourceException CONFIGURATION with file and line
   */
  public static Configuration read(Path file, Map<String, String> environment) {
    return new ConfigurationReader(ConfigurationText.read(file), file, environment).read();
  }
}
