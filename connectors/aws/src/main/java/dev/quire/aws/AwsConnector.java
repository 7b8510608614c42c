package dev.quire.aws;

import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Property;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Task;
import java.util.List;

/** AWS as sources: every operation that pages is a table. Immutable and thread-safe. */
public final class AwsConnector implements Connector {

  @Override
  public String type() {
    return "aws";
  }

  @Override
  public List<Property> properties() {
    return AwsSettings.properties();
  }

  @Override
  public Source open(SourceConfig config, ConnectorContext context) {
    AwsSettings settings = AwsSettings.of(config);
    return new AwsSource(settings, settings::openCatalogue, context);
  }

  @Override
  public List<Task> tasks() {
    return List.of(new UpdateCatalogue());
  }
}
