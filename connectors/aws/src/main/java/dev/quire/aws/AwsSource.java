package dev.quire.aws;

import dev.quire.aws.access.Doors;
import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.table.OperationTable;
import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * AWS, seen with the credentials of one source. Its schemas are services; a service's model is
 * unpacked when one of its tables is asked for. Nothing is sent to know the tables. Thread-safe.
 */
final class AwsSource implements Source {
  private final AwsSettings settings;
  private final Supplier<Catalogue> catalogue;
  private volatile @Nullable Catalogue read;
  private final Doors doors;
  private final ConnectorContext host;

  AwsSource(AwsSettings settings, Supplier<Catalogue> catalogue, ConnectorContext host) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.host = host;
    this.doors = new Doors(settings.access(), host);
  }

  @Override
  public String name() {
    return settings.source();
  }

  /** Read once, when it is first needed; by two threads at once, twice. */
  private Catalogue catalogue() {
    Catalogue known = read;
    if (known == null) {
      known = catalogue.get();
      read = known;
    }
    return known;
  }

  /** Names that need no quotes in SQL: {@code cognito_idp}. */
  @Override
  public List<String> namespaces() {
    List<String> all = catalogue().services();
    for (String service : settings.services()) {
      if (!all.contains(service)) {
        throw new SourceException(
                ErrorKind.CONFIGURATION,
                "sources." + name() + ".services: AWS has no service '" + service + "' that pages")
            .withHint(Nearest.question(service, all).orElse("Names are those of boto3."));
      }
    }
    List<String> shown = settings.services().isEmpty() ? all : settings.services();
    return shown.stream().map(service -> service.replace('-', '_')).toList();
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    return findService(namespace)
        .map(
            service ->
                OperationTable.names(service).stream()
                    .map(table -> new TableName(namespace, table))
                    .toList())
        .orElse(List.of());
  }

  private Optional<ServiceModel> findService(String namespace) {
    return catalogue().findService(namespace.replace('_', '-').toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<Table> findTable(TableName name, CallContext context) {
    return findService(name.namespace())
        .flatMap(service -> OperationTable.find(service, name.name().toLowerCase(Locale.ROOT)))
        .map(
            table ->
                new AwsTable(
                    settings,
                    table,
                    new OperationPages.Supplies(settings.access(), doors, host.time()::now)));
  }

  @Override
  public void close() {
    doors.close();
  }
}
