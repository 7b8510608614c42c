package dev.quire.aws;

import dev.quire.aws.Places.Place;
import dev.quire.aws.access.Access;
import dev.quire.aws.model.Paginator.Limit;
import dev.quire.aws.table.OperationTable;
import dev.quire.aws.table.TableColumn;
import dev.quire.aws.wire.Slot;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** An operation that pages, with the places where it is asked. Immutable and thread-safe. */
final class AwsTable implements Table {
  private static final String REGION = "region";
  private static final String ROLE = "role";

  private final AwsSettings settings;
  private final OperationTable table;
  private final OperationPages.Supplies supplies;
  private final Places places;
  private final TableSchema schema;

  AwsTable(AwsSettings settings, OperationTable table, OperationPages.Supplies supplies) {
    this.settings = settings;
    this.table = table;
    this.supplies = supplies;
    Set<String> taken = new HashSet<>();
    table.columns().keySet().forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    this.places = new Places(settings.access(), taken);
    List<Column> columns = new ArrayList<>(table.schema().columns());
    columns.addAll(places.columns());
    TableSchema own = table.schema();
    this.schema =
        new TableSchema(
            unquoted(own.name()),
            columns,
            own.key(),
            own.references().stream()
                .map(
                    each ->
                        new TableSchema.Reference(
                            each.columns(), unquoted(each.target()), each.targetColumns()))
                .toList(),
            own.remarks());
  }

  private static TableName unquoted(TableName name) {
    return new TableName(name.namespace().replace('-', '_'), name.name());
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return new AwsPlanner(table, places).plan(sized(wanted));
  }

  private ScanRequest sized(ScanRequest wanted) {
    return wanted.pageSize().isPresent() ? wanted : wanted.withPageSize(settings.pageSize());
  }

  @Override
  public List<Split> splits(ScanRequest accepted, int wanted, CallContext context) {
    List<Place> chosen = places.chosen(accepted.filters());
    List<ScanRequest> chains = table.chains(placeless(accepted));
    boolean one = chosen.size() == 1 && chains.size() == 1;
    List<Split> splits = new ArrayList<>();
    for (Place place : chosen) {
      for (int i = 0; i < chains.size(); i++) {
        String number = chains.size() == 1 ? "" : " " + (i + 1) + " of " + chains.size();
        splits.add(
            new Split(
                schema.name(), chains.get(i), one ? "" : label(place) + number, hints(place)));
      }
    }
    return splits;
  }

  private ScanRequest placeless(ScanRequest scan) {
    return scan.withFilters(
        scan.filters().stream().filter(filter -> !places.concerns(filter)).toList());
  }

  private static String label(Place place) {
    return place.role().map(role -> Access.accountOf(role) + " ").orElse("") + place.region();
  }

  private static Map<String, String> hints(Place place) {
    Map<String, String> hints = new TreeMap<>(Map.of(REGION, place.region()));
    place.role().ifPresent(role -> hints.put(ROLE, role));
    return hints;
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    ScanRequest scan = sized(split.scan());
    Place place = place(split);
    ScanRequest chain = table.chains(placeless(scan)).get(0);
    warnOfClamp(chain, context);
    warnOfParameters(chain, context);
    Call call =
        new Call(
            table.service(),
            table.operation(),
            table.result(),
            place.region(),
            place.role(),
            table.request(chain),
            scan.columns().stream().map(this::slot).toList(),
            given(chain, place),
            EarlyStops.of(table, chain.filters()));
    return new OperationPages(call, supplies, context);
  }

  private Place place(Split split) {
    String region = split.hints().get(REGION);
    return region == null
        ? places.chosen(split.scan().filters()).get(0)
        : new Place(region, Optional.ofNullable(split.hints().get(ROLE)));
  }

  private Slot slot(String name) {
    TableColumn column = table.columns().get(name);
    DataType type = schema.findColumn(name).orElseThrow().type();
    if (column == null || column.origin() instanceof TableColumn.Given) {
      return new Slot(name, type, Slot.Origin.GIVEN, "");
    }
    if (column.origin() instanceof TableColumn.RowMember member) {
      return new Slot(name, type, Slot.Origin.MEMBER, String.join(".", member.names()));
    }
    if (column.origin() instanceof TableColumn.OfAnswer answer) {
      return new Slot(name, type, Slot.Origin.ANSWER, answer.path().toString());
    }
    boolean key = column.origin() instanceof TableColumn.MapKey;
    return new Slot(name, type, key ? Slot.Origin.KEY : Slot.Origin.ROW, "");
  }

  /** What columns have in rows that say nothing of them: what was asked for, and where. */
  private Map<String, Object> given(ScanRequest chain, Place place) {
    Map<String, Object> given = new HashMap<>();
    table
        .columns()
        .forEach(
            (name, column) ->
                table.given(column, chain).ifPresent(value -> given.put(name, value)));
    if (places.has(Places.REGION)) {
      given.put(Places.REGION, place.region());
    }
    place.role().ifPresent(role -> given.put(Places.ACCOUNT, Access.accountOf(role)));
    return given;
  }

  /** A parameter that is read without having a value: a join, for example, finds nothing by it. */
  private void warnOfParameters(ScanRequest chain, CallContext context) {
    for (String name : chain.columns()) {
      TableColumn column = table.columns().get(name);
      if (column != null
          && column.column().has(Column.Trait.PARAMETER)
          && table.given(column, chain).isEmpty()) {
        context.warn(
            String.format(
                Locale.ROOT,
                "%s.%s: %s is a parameter of the request and was given no value, so it is NULL in"
                    + " every row; = or IN gives it one",
                settings.source(),
                schema.name(),
                name));
      }
    }
  }

  private void warnOfClamp(ScanRequest chain, CallContext context) {
    OptionalLong most =
        table.operation().paginator().limit().map(Limit::max).orElse(OptionalLong.empty());
    if (chain.pageSize().isPresent()
        && most.isPresent()
        && chain.pageSize().getAsInt() > most.getAsLong()) {
      context.warn(
          String.format(
              Locale.ROOT,
              "%s.%s: a page has at most %,d rows; asked for that instead of %,d",
              settings.source(),
              schema.name(),
              most.getAsLong(),
              chain.pageSize().getAsInt()));
    }
  }
}
