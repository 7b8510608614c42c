package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.rest.openapi.OpenApi;
import dev.quire.rest.probe.Desk;
import dev.quire.rest.probe.Probe;
import dev.quire.rest.probe.Target;
import dev.quire.spi.CallContext;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ProbeRequest;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** APIs that a spec file describes, as sources. Immutable and thread-safe. */
public final class RestConnector implements Connector {

  @Override
  public String type() {
    return "rest";
  }

  @Override
  public List<Property> properties() {
    return RestSettings.properties();
  }

  @Override
  public Source open(SourceConfig config, ConnectorContext context) {
    RestSettings settings = RestSettings.of(config);
    SourceConfig located = config.withDefault("url", settings.root());
    SourceConfig complete =
        settings
            .spec()
            .rateLimit()
            .map(rate -> located.withDefault("http.rate_limit", rate))
            .orElse(located);
    return new RestSource(settings, HttpDoor.open(complete, context), context.time());
  }

  @Override
  public Optional<String> probe(
      ProbeRequest request, SourceConfig config, ConnectorContext context, CallContext call) {
    SourceConfig complete =
        config.has("spec") ? config.withDefault("url", RestSettings.of(config).root()) : config;
    Target target = Target.of(request, complete);
    try (HttpDoor door = HttpDoor.open(target.config(), context)) {
      Desk desk = new ProbeDesk(new Channel(door, call, target.root(), context.time()));
      return Optional.of(Probe.spec(target, door, desk, call));
    }
  }

  @Override
  public Optional<String> describe(Path document) {
    return Optional.of(OpenApi.spec(document));
  }
}
