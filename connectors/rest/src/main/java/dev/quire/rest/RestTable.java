package dev.quire.rest;

import dev.quire.rest.paging.Range;
import dev.quire.rest.paging.Ranges;
import dev.quire.rest.paging.Repeats;
import dev.quire.rest.paging.Seen;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A table of a spec. Immutable and thread-safe. */
final class RestTable implements Table {
  private final Service service;
  private final TableSpec spec;
  private final FirstPages firstPages;
  private final Conditions conditions;
  private final Optional<Parents> parents;

  RestTable(Service service, TableSpec spec) {
    this(service, spec, new FirstPages(service.time()));
  }

  /**
   * @param firstPages where the table's first page may lie already
   */
  RestTable(Service service, TableSpec spec, FirstPages firstPages) {
    this.service = service;
    this.spec = spec;
    this.firstPages = firstPages;
    this.conditions = new Conditions(spec);
    this.parents = Parents.of(service, spec);
  }

  @Override
  public TableSchema schema() {
    return new TableSchema(
        spec.name(),
        spec.columns().stream().map(this::column).toList(),
        spec.key(),
        List.of(),
        spec.remarks());
  }

  @Override
  public Optional<String> asSpec() {
    return Optional.of(ColumnsText.of(spec));
  }

  /** A column for which the parent needs a value needs one, too. */
  private Column column(ColumnSpec column) {
    boolean required = parents.filter(each -> each.requires(column.name())).isPresent();
    return required ? column.column().withTraits(Column.Trait.REQUIRED_FILTER) : column.column();
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    Iterator<Fidelity> answers = conditions.judge(wanted.filters()).iterator();
    Pushdown pushdown = Pushdown.filtering(wanted, filter -> answers.next());
    OptionalInt size = pageSize(wanted);
    if (size.isPresent()) {
      pushdown = pushdown.withPageSize(size.getAsInt());
    }
    if (parents.isPresent() && !parents.get().isNeedless(pushdown.accepted().filters())) {
      pushdown = pushdown.withNote("one chain for each row of " + parents.get().parent().table());
    }
    boolean plain =
        wanted.order().isEmpty() && wanted.offset() == 0 && wanted.aggregation().isEmpty();
    return plain && wanted.limit().isPresent() && pushdown.filtersAreExact()
        ? pushdown.withLimit(Fidelity.NARROWING)
        : pushdown;
  }

  private OptionalInt pageSize(ScanRequest scan) {
    return spec.pageSize().map(size -> size.clamp(wantedSize(scan))).orElse(OptionalInt.empty());
  }

  private OptionalInt wantedSize(ScanRequest scan) {
    return scan.pageSize().isPresent() ? scan.pageSize() : service.settings().pageSize();
  }

  /**
   * One chain for each value of a condition that takes one value a request, and for each row of the
   * parent if it gives the values; a chain alone is cut into ranges where the API counts rows and
   * says how many there are.
   */
  @Override
  public List<Split> splits(ScanRequest accepted, int wanted, CallContext context) {
    Chains chains = new Chains(spec);
    boolean followsParent = parents.isPresent() && !parents.get().isNeedless(accepted.filters());
    List<Split> splits =
        (followsParent
                ? parents.orElseThrow().conditions(accepted.filters(), context)
                : chains.combinations(accepted.filters()))
            .stream().map(filters -> chains.split(accepted, filters)).toList();
    boolean isCut =
        splits.size() == 1
            && wanted > 1
            && accepted.limit().isEmpty()
            && spec.session().isEmpty()
            && Ranges.isPossible(spec.paging());
    return isCut ? ranges(splits.get(0), wanted, context) : splits;
  }

  private List<Split> ranges(Split whole, int wanted, CallContext context) {
    Seen first = fetcher(whole, pageSize(whole.scan()), context).first();
    long print = Repeats.print(first.answer().prints());
    List<Range> ranges = Ranges.of(spec.paging(), first, print, wanted);
    return ranges.size() < 2
        ? List.of(whole)
        : ranges.stream()
            .map(range -> new Split(spec.name(), whole.scan(), range.toString(), range.hints()))
            .toList();
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    ScanRequest scan = split.scan();
    OptionalInt size = pageSize(scan);
    OptionalInt asked = wantedSize(scan);
    if (asked.isPresent() && size.isPresent() && asked.getAsInt() > size.getAsInt()) {
      context.warn(
          String.format(
              Locale.ROOT,
              "%s: a page has at most %,d rows; asked for that instead of %,d",
              service.place(spec.name().toString()),
              size.getAsInt(),
              asked.getAsInt()));
    }
    OptionalInt limited =
        size.isPresent() && scan.limit().isPresent()
            ? OptionalInt.of((int) Math.max(1, Math.min(size.getAsInt(), scan.limit().getAsLong())))
            : size;
    return fetcher(split, limited, context);
  }

  private RestPageFetcher fetcher(Split split, OptionalInt size, CallContext context) {
    return new RestPageFetcher(service.channel(context), spec, split, size, firstPages);
  }

  /** The value that the request gives to a column; empty if it gives none. */
  static Optional<Object> given(ScanRequest scan, String column) {
    return scan.filters().stream()
        .filter(filter -> filter instanceof Call call && call.function() == Function.EQ)
        .map(filter -> ((Call) filter).arguments())
        .filter(
            arguments ->
                arguments.get(0) instanceof Expression.ColumnRef ref && ref.name().equals(column))
        .map(arguments -> ((Constant) arguments.get(1)).value())
        .flatMap(value -> Optional.ofNullable(value).stream())
        .findFirst();
  }
}
