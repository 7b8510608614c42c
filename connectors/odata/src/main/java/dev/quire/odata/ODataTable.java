package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.spi.CallContext;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** An entity set or singleton. Immutable and thread-safe. */
final class ODataTable implements Table {
  private final HttpDoor door;
  private final ODataSettings settings;
  private final EntityTable table;
  private final Definitions definitions;

  ODataTable(HttpDoor door, ODataSettings settings, EntityTable table, Definitions definitions) {
    this.door = door;
    this.settings = settings;
    this.table = table;
    this.definitions = definitions;
  }

  @Override
  public TableSchema schema() {
    return table.schema();
  }

  @Override
  public TableSchema described(CallContext context) {
    return settings.profile().extras().definitions()
        ? definitions.describe(table, context)
        : schema();
  }

  @Override
  public Optional<Table> withColumn(String name) {
    return table
        .with(name, settings.profile().related().most())
        .map(wider -> new ODataTable(door, settings, wider, definitions));
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return new ScanPlanner(table, settings).plan(wanted);
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    ScanRequest scan = split.scan();
    warnOfClamp(scan, context);
    if (scan.aggregation().isEmpty()) {
      return new ODataPageFetcher(door, context, settings, table, scan);
    }
    return scan.aggregation().get().isCountAll()
        ? new CountFetcher(door, context, settings, table, scan)
        : new GroupFetcher(door, context, settings, table, scan);
  }

  private void warnOfClamp(ScanRequest scan, CallContext context) {
    OptionalInt wanted = scan.pageSize().isPresent() ? scan.pageSize() : settings.pageSize();
    OptionalInt most = settings.profile().maxPageSize();
    if (wanted.isPresent() && most.isPresent() && wanted.getAsInt() > most.getAsInt()) {
      context.warn(
          String.format(
              Locale.ROOT,
              "%s.%s: a page has at most %,d rows; asked for that instead of %,d",
              settings.source(),
              schema().name(),
              most.getAsInt(),
              wanted.getAsInt()));
    }
  }

  @Override
  public Optional<RowEstimate> estimateRows(ScanRequest accepted, CallContext context) {
    return new RowCounter(door, context, settings, table).estimate(accepted);
  }
}
