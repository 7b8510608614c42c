package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.odata.batch.BatchingDoor;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import java.util.List;

/** OData services, of versions 2 to 4.01, as sources. Immutable and thread-safe. */
public final class ODataConnector implements Connector {

  @Override
  public String type() {
    return "odata";
  }

  @Override
  public List<Property> properties() {
    return ODataSettings.properties();
  }

  @Override
  public Source open(SourceConfig config, ConnectorContext context) {
    SourceConfig complete = ODataSettings.complete(config);
    ODataSettings settings = ODataSettings.of(complete);
    HttpDoor door = HttpDoor.open(complete, context);
    return new ODataSource(settings, batching(door, settings), context);
  }

  private static HttpDoor batching(HttpDoor door, ODataSettings settings) {
    return settings.profile().extras().batchedUrl().isEmpty()
        ? door
        : new BatchingDoor(
            door, settings.root(), settings.url("$batch", ""), settings.profile().maxUrl());
  }
}
