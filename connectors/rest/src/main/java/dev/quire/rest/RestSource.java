package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import java.util.List;
import java.util.Optional;

/** One API that a spec describes; what its tables are, nobody needs to be asked. Thread-safe. */
final class RestSource implements Source {
  private final RestSettings settings;
  private final HttpDoor door;

  RestSource(RestSettings settings, HttpDoor door) {
    this.settings = settings;
    this.door = door;
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
        .map(table -> new RestTable(door, settings, table));
  }

  @Override
  public void close() {
    door.close();
  }
}
