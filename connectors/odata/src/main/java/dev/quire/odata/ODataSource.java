package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.StatementLock;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Model;
import dev.quire.odata.metadata.Model.EntitySetDef;
import dev.quire.odata.metadata.RelationMapper;
import dev.quire.odata.metadata.TableMapper;
import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One OData service. Its metadata document is read at the first question and kept; a reading that
 * fails is tried again at the next question. Columns are made when a table is first asked for.
 * Thread-safe.
 */
final class ODataSource implements Source {
  private final ODataSettings settings;
  private final HttpDoor door;
  private final MetadataLoader loader;
  private final Definitions definitions;
  private final StatementLock lock;
  private final Map<String, EntityTable> tables = new ConcurrentHashMap<>();
  private volatile @Nullable Model model;

  ODataSource(ODataSettings settings, HttpDoor door, ConnectorContext context) {
    this.lock = new StatementLock(context.time());
    this.settings = settings;
    this.door = door;
    this.loader = new MetadataLoader(settings, door, context);
    this.definitions = new Definitions(door, settings);
  }

  @Override
  public String name() {
    return settings.source();
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    Model known = model(context);
    return namespace.isEmpty()
        ? known.sets().stream().map(set -> TableName.of(set.name())).toList()
        : findSet(known, namespace).map(relations(known)::below).orElse(List.of());
  }

  @Override
  public Optional<Table> findTable(TableName name, CallContext context) {
    Model known = model(context);
    if (!name.namespace().isEmpty()) {
      return findSet(known, name.namespace())
          .flatMap(set -> relations(known).find(set, name.name()))
          .map(relation -> new RelatedTable(door, settings, relation));
    }
    return findSet(known, name.name())
        .map(set -> tables.computeIfAbsent(set.name(), key -> table(known, set)))
        .map(
            table ->
                new ODataTable(
                    door,
                    settings,
                    table,
                    definitions,
                    collection ->
                        findSet(known, name.name())
                            .flatMap(set -> relations(known).find(set, collection))));
  }

  @Override
  public Optional<Table> tableFunction(
      String function, List<@Nullable Object> arguments, CallContext context) {
    if (!settings.profile().extras().fetchXml()
        || !function.equalsIgnoreCase(FetchTable.FUNCTION)) {
      return Optional.empty();
    }
    Model known = model(context);
    return Optional.of(
        FetchTable.of(arguments, door, settings, logicalName -> entity(known, logicalName)));
  }

  /** The table whose type has this name. */
  private Optional<EntityTable> entity(Model known, String logicalName) {
    return known.sets().stream()
        .filter(set -> !set.singleton() && set.type().endsWith("." + logicalName))
        .findFirst()
        .map(set -> tables.computeIfAbsent(set.name(), key -> table(known, set)));
  }

  private RelationMapper relations(Model known) {
    return new RelationMapper(known, settings.profile());
  }

  private EntityTable table(Model known, EntitySetDef set) {
    try {
      return new TableMapper(known, settings.profile(), settings.displayTexts()).table(set);
    } catch (SourceException e) {
      throw e.withPlace(settings.source() + "." + set.name());
    }
  }

  private static Optional<EntitySetDef> findSet(Model known, String name) {
    List<EntitySetDef> matches =
        known.sets().stream().filter(set -> set.name().equalsIgnoreCase(name)).toList();
    return matches.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .or(() -> matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty());
  }

  private Model model(CallContext context) {
    Model known = model;
    if (known != null) {
      return known;
    }
    return lock.hold(
        context,
        "reading $metadata of source '" + name() + "'",
        () -> {
          Model read = model;
          if (read == null) {
            read = loader.load(context);
            model = read;
          }
          return read;
        });
  }

  @Override
  public void close() {
    door.close();
  }
}
