package dev.quire.engine.config;

import dev.quire.engine.config.Configuration.ConfiguredLimits;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Property;
import dev.quire.spi.References;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the sections of a configuration file. One thread at a time. */
final class ConfigurationReader {
  static final String TYPE = "type";
  private static final String SOURCES = "sources";
  private static final String LIMITS = "limits";
  private static final String CALLS = "calls";
  private static final String ON_EXCEED = "on_exceed";

  /** The keys of the section {@code limits}. */
  static final List<Property> LIMIT_PROPERTIES =
      List.of(
          Property.of(
              LIMITS + "." + CALLS,
              Property.Kind.INTEGER,
              "The most requests for rows that a statement may make, retries included. Without it"
                  + " there is no limit."),
          Property.choice(
                  LIMITS + "." + ON_EXCEED,
                  List.of("error", "partial"),
                  "What a statement does at the end of its calls or time: fail, or end with the rows"
                      + " so far.")
              .withDefault("error"));

  private final ConfigurationText text;
  private final UnaryOperator<String> references;
  private final Path folder;
  private final Map<String, SourceConfig> sources = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();

  ConfigurationReader(ConfigurationText text, Path file, Map<String, String> environment) {
    this.text = text;
    this.folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    this.references = new References(folder, environment::get);
  }

  Configuration read() {
    Node root =
        text.compose()
            .orElseThrow(
                () ->
                    new SourceException(
                        ErrorKind.CONFIGURATION, text.label() + ": the file is empty"));
    Section file = Section.of(text, root, "the file").withOnly(List.of(SOURCES, LIMITS));
    Section.Entry section =
        file.find(SOURCES).orElseThrow(() -> text.fault(root, "there is no section 'sources'"));
    readSources(Section.of(text, section.value(), "'sources'"));
    return new Configuration(
        sources, types, file.find(LIMITS).map(this::limits).orElse(ConfiguredLimits.NONE));
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
        Section.of(text, entry.value(), "'limits'").withOnly(List.of(CALLS, ON_EXCEED));
    long calls = section.find(CALLS).map(this::calls).orElse(Long.MAX_VALUE);
    boolean partial = section.find(ON_EXCEED).map(this::isPartial).orElse(false);
    return new ConfiguredLimits(calls, partial);
  }

  private long calls(Section.Entry entry) {
    String value = Section.scalar(text, entry.value(), CALLS);
    if (value == null || !value.matches("[1-9][0-9]{0,17}")) {
      throw text.fault(entry.value(), "'calls' must be a whole number from 1");
    }
    return Long.parseLong(value);
  }

  private boolean isPartial(Section.Entry entry) {
    String value = Section.scalar(text, entry.value(), ON_EXCEED);
    if (!"error".equals(value) && !"partial".equals(value)) {
      throw text.fault(entry.value(), "'on_exceed' must be error or partial");
    }
    return "partial".equals(value);
  }
}
