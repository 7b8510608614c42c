package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One API that a spec describes; what its tables are, nobody needs to be asked. Thread-safe. */
final class RestSource implements Source {
  private final RestSettings settings;
  private final HttpDoor door;
  private final Service service;
  private final Map<TableName, TableSpec> completed = new ConcurrentHashMap<>();

  RestSource(RestSettings settings, HttpDoor door, TimeSource time) {
    this.settings = settings;
    this.door = door;
    this.service = new Service(door, settings, time);
  }

  @Override
  public String name() {
    return settings.source();
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    return namespace.isEmpty()
        ? settings.spec().tables().stream().map(TableSpec::name).toList()
        : List.of();
  }

  @Override
  public Optional<Table> findTable(TableName name, CallContext context) {
    List<TableSpec> matches =
        settings.spec().tables().stream()
            .filter(table -> table.name().namespace().equals(name.namespace()))
            .filter(table -> table.name().name().equalsIgnoreCase(name.name()))
            .toList();
    return matches.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .or(() -> matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty())
        .map(table -> table(table, context));
  }

  /** What columns there are is found out once. */
  private Table table(TableSpec table, CallContext context) {
    FirstPages firstPages = new FirstPages(service.time());
    TableSpec known = table.inferred() ? completed.get(table.name()) : table;
    if (known == null) {
      known = new Sampling(service, table, firstPages).completed(context);
      completed.put(table.name(), known);
    }
    return new RestTable(service, known, firstPages);
  }

  @Override
  public void close() {
    door.close();
  }
}
