package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Relation;
import dev.quire.odata.query.AnyCondition;
import dev.quire.odata.query.FilterTranslator;
import dev.quire.spi.CallContext;
import dev.quire.spi.Expression;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An entity set or singleton. Immutable and thread-safe. */
final class ODataTable implements Table {
  private static final String RESTRICTION = "restriction";

  private final HttpDoor door;
  private final ODataSettings settings;
  private final EntityTable table;
  private final Definitions definitions;
  private final Function<String, Optional<Relation>> collections;

  /**
   * @param collections finds what belongs to its rows, by the navigation property
   */
  ODataTable(
      HttpDoor door,
      ODataSettings settings,
      EntityTable table,
      Definitions definitions,
      Function<String, Optional<Relation>> collections) {
    this.collections = collections;
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
    return table.with(name, settings.profile().related().most()).map(this::with);
  }

  private ODataTable with(EntityTable changed) {
    return new ODataTable(door, settings, changed, definitions, collections);
  }

  @Override
  public Optional<Table> having(String collection, List<Expression> conditions) {
    return collections
        .apply(collection)
        .flatMap(relation -> AnyCondition.of(relation, conditions, settings.profile()))
        .map(condition -> with(table.restricted(condition)));
  }

  /** A restriction goes along, so that the split means the same to whoever opens it. */
  @Override
  public List<Split> splits(ScanRequest accepted, int wanted, CallContext context) {
    List<ScanRequest> parts = new RangeSplits(this, table, settings, context).of(accepted, wanted);
    return parts.size() == 1
        ? List.of(whole(accepted))
        : parts.stream().map(part -> part(part, accepted)).toList();
  }

  /** A scan in one part. */
  Split whole(ScanRequest scan) {
    return new Split(schema().name(), scan, "", hints());
  }

  private Split part(ScanRequest part, ScanRequest accepted) {
    String label =
        part.filters().stream()
            .skip(accepted.filters().size())
            .map(bound -> new FilterTranslator(table, settings.profile()).translate(bound).text())
            .collect(Collectors.joining(" and "));
    return new Split(schema().name(), part, label, hints());
  }

  private Map<String, String> hints() {
    return table.restriction().map(condition -> Map.of(RESTRICTION, condition)).orElse(Map.of());
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return new ScanPlanner(table, settings).plan(wanted);
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    String restriction = split.hints().get(RESTRICTION);
    return restriction == null || table.restriction().isPresent()
        ? open(split.scan(), context)
        : with(table.restricted(restriction)).open(split.scan(), context);
  }

  private PageFetcher open(ScanRequest scan, CallContext context) {
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
  public boolean continuationsLast() {
    return settings.profile().linksLast();
  }

  @Override
  public Optional<RowEstimate> estimateRows(ScanRequest accepted, CallContext context) {
    return new RowCounter(door, context, settings, table).estimate(accepted);
  }
}
