package dev.quire.engine.config;

import dev.quire.engine.config.Configuration.ConfiguredLimits;
import dev.quire.engine.config.Configuration.ConfiguredMemory;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.References;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the sections of a configuration file. One thread at a time. */
final class ConfigurationReader {
  static final String TYPE = "type";
  private static final String SOURCES = "sources";
  private static final String LIMITS = "limits";
  private static final String MEMORY = "memory";
  private static final String PARALLEL = "parallel";
  private static final List<String> MEMORY_KEYS = List.of("limit", "threads", "spill_folder");

  private final ConfigurationText text;
  private final UnaryOperator<String> references;
  private final Path folder;
  private final ConfiguredLimits unlimited;
  private final Map<String, SourceConfig> sources = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();

  ConfigurationReader(ConfigurationText text, Path file, Map<String, String> environment) {
    this.text = text;
    this.folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    this.references = new References(folder, environment::get);
    this.unlimited =
        new ConfiguredLimits(
            LimitSettings.NONE,
            StateFolder.usual(environment),
            file.toAbsolutePath().normalize().toString());
  }

  Configuration read() {
    Node root =
        text.compose()
            .orElseThrow(
                () ->
                    new SourceException(
                        ErrorKind.CONFIGURATION, text.label() + ": the file is empty"));
    Section file =
        Section.of(text, root, "the file").withOnly(List.of(SOURCES, LIMITS, MEMORY, PARALLEL));
    Section.Entry section =
        file.find(SOURCES).orElseThrow(() -> text.fault(root, "there is no section 'sources'"));
    readSources(Section.of(text, section.value(), "'sources'"));
    return new Configuration(
        sources,
        types,
        file.find(LIMITS).map(this::limits).orElse(unlimited),
        file.find(MEMORY).map(this::memory).orElse(ConfiguredMemory.NONE),
        file.find(PARALLEL).map(this::parallel).orElse(OptionalInt.empty()));
  }

  private OptionalInt parallel(Section.Entry entry) {
    String value = Section.scalar(text, entry.value(), PARALLEL);
    if (value == null || !value.matches("[1-9]|[1-5][0-9]|6[0-4]")) {
      throw text.fault(entry.value(), "'" + PARALLEL + "' must be a whole number from 1 to 64");
    }
    return OptionalInt.of(Integer.parseInt(value));
  }

  private void readSources(Section section) {
    Map<String, Section.Entry> seen = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (name, entry) -> {
              SourceNames.check(name)
                  .ifPresent(
                      problem -> {
                        throw text.fault(entry.key(), problem);
                      });
              Section.Entry earlier = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), entry);
              if (earlier != null) {
                throw Section.twice(text, entry.key(), name, earlier.key());
              }
              readSource(name, entry);
            });
    if (sources.isEmpty()) {
      throw text.fault(section.node(), "'sources' names no source");
    }
  }

  private void readSource(String name, Section.Entry entry) {
    SourceKeys keys = SourceKeys.of(text, Section.of(text, entry.value(), "source '" + name + "'"));
    String type = keys.values().remove(TYPE);
    if (type == null) {
      throw text.fault(entry.key(), withoutType(name));
    }
    types.put(name, type);
    String place = text.place(entry.key());
    Map<String, String> places = Map.copyOf(keys.places());
    sources.put(
        name,
        new SourceConfig(name, keys.values(), references, key -> places.getOrDefault(key, place))
            .withFolder(folder));
  }

  static String withoutType(String name) {
    return "source '" + name + "' has no type; say what it is, for example type: odata";
  }

  private ConfiguredLimits limits(Section.Entry entry) {
    Section section =
        Section.of(text, entry.value(), "'limits'").withOnly(LimitKeys.names(LimitKeys.OF_ALL));
    SourceKeys keys = SourceKeys.of(text, section);
    Map<String, String> values = new LinkedHashMap<>();
    keys.values().forEach((key, value) -> values.put(LimitKeys.PREFIX + key, value));
    String place = text.place(entry.key());
    SourceConfig config =
        new SourceConfig(
                LIMITS,
                values,
                references,
                key -> keys.places().getOrDefault(key.substring(LimitKeys.PREFIX.length()), place))
            .withFolder(folder);
    String key = LimitKeys.PREFIX + LimitKeys.STATE_FOLDER;
    Path state =
        config.find(key).map(path -> config.resolve(key, path)).orElse(unlimited.stateFolder());
    return new ConfiguredLimits(LimitKeys.read(config), state, unlimited.account());
  }

  private ConfiguredMemory memory(Section.Entry entry) {
    Section section = Section.of(text, entry.value(), "'memory'").withOnly(MEMORY_KEYS);
    Map<String, String> values = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (key, each) -> {
              String value = Section.scalar(text, each.value(), key);
              if (value == null) {
                throw text.fault(each.value(), "'" + key + "' must be one value");
              }
              values.put(MEMORY + "." + key, value);
            });
    return new ConfiguredMemory(values, folder);
  }
}
