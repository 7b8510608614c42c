package dev.quire.engine.fake;

import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import java.util.ArrayList;
import java.util.List;

/** Gives out a prepared source, and remembers which were opened. Thread-safe. */
public final class FakeConnector implements Connector {
  private final List<FakeSource> sources;
  private final List<String> opened = java.util.Collections.synchronizedList(new ArrayList<>());

  public FakeConnector(FakeSource... sources) {
    this.sources = List.of(sources);
  }

  /** The names of the sources that were opened. */
  public List<String> opened() {
    return opened;
  }

  @Override
  public String type() {
    return "fake";
  }

  @Override
  public List<Property> properties() {
    return List.of(
        Property.of("url", Property.Kind.URL, "Where it is."),
        Property.of("auth.token", Property.Kind.SECRET, "The token."));
  }

  @Override
  public Source open(SourceConfig config, ConnectorContext context) {
    opened.add(config.name());
    return sources.stream()
        .filter(source -> source.name().equals(config.name()))
        .findFirst()
        .orElseThrow();
  }
}
