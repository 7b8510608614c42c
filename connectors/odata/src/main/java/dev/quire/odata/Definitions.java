package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.json.LabelsParser;
import dev.quire.odata.json.LabelsParser.Labels;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.query.UrlText;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Column;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Dataverse says of its tables in words: one request for a table, at the first question; what
 * was read is kept. Thread-safe.
 */
final class Definitions {
  private static final String OPTIONS =
      "$select=LogicalName,DisplayName,Description"
          + "&$expand=Attributes($select=LogicalName,DisplayName,Description)";

  private final HttpDoor door;
  private final ODataSettings settings;
  private final Map<String, Labels> known = new ConcurrentHashMap<>();

  Definitions(HttpDoor door, ODataSettings settings) {
    this.door = door;
    this.settings = settings;
  }

  /** The table's schema with labels and descriptions, or without when they cannot be read. */
  TableSchema describe(EntityTable table, CallContext context) {
    Labels labels = known.get(table.logicalName());
    if (labels == null) {
      try {
        labels = read(table, context);
      } catch (SourceException e) {
        if (isOfTheStatement(e)) {
          throw e;
        }
        context.warn(
            settings.source()
                + "."
                + table.schema().name()
                + ": without labels and descriptions, because "
                + e.problem());
        return table.schema();
      }
      known.put(table.logicalName(), labels);
    }
    return labelled(table.schema(), labels);
  }

  private static boolean isOfTheStatement(SourceException fault) {
    return switch (fault.kind()) {
      case CANCELLED, DEADLINE_EXCEEDED, BUDGET_EXCEEDED -> true;
      default -> false;
    };
  }

  private Labels read(EntityTable table, CallContext context) {
    String path = "EntityDefinitions(LogicalName='" + UrlText.segment(table.logicalName()) + "')";
    HttpRequest request =
        HttpRequest.get(
            Purpose.METADATA,
            settings.url(path, OPTIONS),
            Map.of(
                "Accept", "application/json", "OData-MaxVersion", "4.0", "OData-Version", "4.0"));
    ODataFaults faults = new ODataFaults(settings.profile(), Refusable.NOTHING);
    return door.exchange(request, context, faults, response -> LabelsParser.parse(response.body()));
  }

  private static TableSchema labelled(TableSchema schema, Labels labels) {
    List<Column> columns =
        schema.columns().stream()
            .map(column -> said(labels, column.name()).map(column::withRemarks).orElse(column))
            .toList();
    Optional<String> remarks = Optional.of(labels.table()).filter(text -> !text.isEmpty());
    return new TableSchema(
        schema.name(), columns, schema.key(), schema.references(), remarks.or(schema::remarks));
  }

  /** The definition knows a lookup without the {@code _} and {@code _value} around its name. */
  private static Optional<String> said(Labels labels, String column) {
    boolean lookup = column.startsWith("_") && column.endsWith("_value") && column.length() > 7;
    String name = lookup ? column.substring(1, column.length() - 6) : column;
    return Optional.ofNullable(labels.columns().get(name)).filter(text -> !text.isEmpty());
  }
}
