package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.odata.fetchxml.FetchColumns;
import dev.quire.odata.fetchxml.FetchXml;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Fidelity;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a query in FetchXML. Immutable and thread-safe. */
final class FetchTable implements Table {
  static final String FUNCTION = "fetchxml";

  private final HttpDoor door;
  private final ODataSettings settings;
  private final FetchXml query;
  private final EntityTable entity;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final TableSchema schema;

  private FetchTable(
      HttpDoor door,
      ODataSettings settings,
      FetchXml query,
      EntityTable entity,
      List<Field> columns) {
    this.door = door;
    this.settings = settings;
    this.query = query;
    this.entity = entity;
    columns.forEach(field -> fields.put(field.name(), field));
    this.schema =
        new TableSchema(TableName.of(FUNCTION), columns.stream().map(Field::column).toList());
  }

  /**
   * The table of a call.
   *
   * @param tables by logical name
   */
  static FetchTable of(
      List<@Nullable Object> arguments,
      HttpDoor door,
      ODataSettings settings,
      Function<String, Optional<EntityTable>> tables) {
    try {
      if (arguments.size() != 1 || !(arguments.get(0) instanceof String text)) {
        throw new SourceException(
            ErrorKind.INVALID_STATEMENT,
            "it takes one text, the query: fetchxml('<fetch>…</fetch>')");
      }
      FetchXml query = FetchXml.parse(text);
      List<Field> columns = FetchColumns.of(query, tables, settings.displayTexts());
      EntityTable entity =
          tables
              .apply(query.entityName())
              .orElseThrow(
                  () ->
                      new SourceException(
                          ErrorKind.UNKNOWN_NAME, "no table '" + query.entityName() + "'"));
      return new FetchTable(door, settings, query, entity, columns);
    } catch (SourceException e) {
      throw e.place().isPresent() ? e : e.withPlace(settings.source() + "." + FUNCTION);
    }
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /** The query is the user's: SQL adds nothing to it but how few rows a page needs. */
  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    Pushdown pushdown =
        Pushdown.nothing(wanted).withNote("the query is sent as it is; the rest is done here");
    if (query.top().isPresent()) {
      return pushdown;
    }
    pushdown = pushdown.withPageSize(pageSize(wanted.pageSize()));
    boolean rowsAreWanted =
        wanted.filters().isEmpty()
            && wanted.order().isEmpty()
            && wanted.offset() == 0
            && wanted.aggregation().isEmpty();
    return rowsAreWanted && wanted.limit().isPresent() && !query.isAggregate()
        ? pushdown.withLimit(Fidelity.NARROWING)
        : pushdown;
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    return new FetchPageFetcher(this, split.scan(), door, context);
  }

  @Override
  public boolean continuationsLast() {
    return settings.profile().linksLast() && !query.isAggregate();
  }

  /** Rows of a full page; the query's own count rules, within what the service allows. */
  private int pageSize(OptionalInt wanted) {
    OptionalInt own = query.count();
    return settings.pageSize(own.isPresent() ? own : wanted).orElse(5_000);
  }

  /** Rows to ask for per page: no more than the limit. */
  int pageSize(ScanRequest scan) {
    return (int)
        Math.min(pageSize(scan.pageSize()), Math.max(1, scan.limit().orElse(Long.MAX_VALUE)));
  }

  /** The most groups that an answer has; more are left out without a word. */
  int mostGroups() {
    return settings.profile().maxPageSize().orElse(5_000);
  }

  FetchXml query() {
    return query;
  }

  /** The table that the query begins at. */
  EntityTable entity() {
    return entity;
  }

  ODataSettings settings() {
    return settings;
  }

  List<Field> fields(List<String> columns) {
    return columns.stream().map(this::requireField).toList();
  }

  private Field requireField(String column) {
    Field field = fields.get(column);
    if (field == null) {
      throw new SourceException(ErrorKind.UNKNOWN_NAME, "the query has no column '" + column + "'");
    }
    return field;
  }
}
