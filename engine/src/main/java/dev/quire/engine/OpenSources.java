package dev.quire.engine;

import static java.util.Objects.requireNonNull;

import dev.quire.engine.config.Configuration;
import dev.quire.engine.plan.Sources;
import dev.quire.engine.sys.SourceEntry;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The configured sources; each is opened, and its keys checked, at the first use. Thread-safe. */
final class OpenSources implements Sources, AutoCloseable {
  private final Configuration configuration;
  private final ConnectorContext context;
  private final Connectors connectors;
  private final Map<String, Source> open = new LinkedHashMap<>();
  private boolean closed;

  OpenSources(Configuration configuration, ConnectorContext context, Connectors connectors) {
    this.configuration = configuration;
    this.context = context;
    this.connectors = connectors;
  }

  @Override
  public List<String> names() {
    return List.copyOf(configuration.sources().keySet());
  }

  @Override
  public Optional<Source> find(String wanted) {
    return names().stream()
        .filter(wanted::equalsIgnoreCase)
        .findFirst()
        .or(() -> unconfigured(wanted))
        .map(this::openOnce);
  }

  private Optional<String> unconfigured(String wanted) {
    return connectors.all().stream()
        .filter(Connector::unconfigured)
        .map(Connector::type)
        .filter(wanted::equalsIgnoreCase)
        .findFirst();
  }

  private synchronized Source openOnce(String name) {
    if (closed) {
      throw new SourceException(ErrorKind.CANCELLED, "the engine is closed");
    }
    Source source = open.get(name);
    if (source == null) {
      source = open(name);
      open.put(name, source);
    }
    return source;
  }

  private Source open(String name) {
    SourceConfig config = configuration.sources().get(name);
    if (config == null) {
      return connectors.find(name).orElseThrow().open(SourceConfig.of(name, Map.of()), context);
    }
    String type = requireNonNull(configuration.types().get(name));
    Connector connector = connectors.find(type).orElseThrow(() -> unknown(type, config));
    checkKeys(config, connector);
    Configuration.limitsOf(config);
    Configuration.pageIndexOf(config);
    return connector.open(config, context);
  }

  private SourceException unknown(String type, SourceConfig config) {
    List<String> known = connectors.all().stream().map(Connector::type).toList();
    String question =
        Nearest.question(type, known).orElse("Known types: " + String.join(", ", known) + ".");
    return config.fault(
        "type",
        "no connector for the type '" + type + "' of source '" + config.name() + "'. " + question);
  }

  private static void checkKeys(SourceConfig config, Connector connector) {
    List<String> known =
        Stream.concat(connector.properties().stream(), Configuration.sourceProperties().stream())
            .map(Property::name)
            .toList();
    for (String key : config.keys()) {
      if (!known.contains(key)) {
        String question =
            Nearest.question(key, known)
                .orElse(
                    "A source of type "
                        + connector.type()
                        + " knows: "
                        + String.join(", ", known)
                        + ".");
        throw config.fault(
            key, "source '" + config.name() + "' has an unknown key '" + key + "'. " + question);
      }
    }
    for (Property property : connector.properties()) {
      if (property.required() && !config.has(property.name())) {
        throw config.fault(
            property.name(),
            "source '"
                + config.name()
                + "' needs the key '"
                + property.name()
                + "': "
                + property.description());
      }
    }
  }

  /** All sources as people may see them; opens none. */
  synchronized List<SourceEntry> entries() {
    List<SourceEntry> entries = new ArrayList<>();
    configuration
        .sources()
        .forEach(
            (name, config) ->
                entries.add(
                    new SourceEntry(
                        name,
                        requireNonNull(configuration.types().get(name)),
                        shownUrl(config),
                        open.containsKey(name))));
    return entries;
  }

  /** Scheme, host and path; empty where there is no URL or it cannot be told now. */
  static Optional<String> shownUrl(SourceConfig config) {
    try {
      return config.find("url").map(String::strip).flatMap(OpenSources::withoutSecrets);
    } catch (SourceException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> withoutSecrets(String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      return host == null
          ? Optional.empty()
          : Optional.of(
              uri.getScheme()
                  + "://"
                  + host
                  + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                  + uri.getRawPath());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Those that were opened so far. */
  synchronized List<Source> opened() {
    return new ArrayList<>(open.values());
  }

  @Override
  public void close() {
    List<Source> toClose;
    synchronized (this) {
      closed = true;
      toClose = new ArrayList<>(open.values());
      open.clear();
    }
    toClose.forEach(Source::close);
  }
}
