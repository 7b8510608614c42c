package dev.quire.rest;

import dev.quire.rest.paging.Range;
import dev.quire.rest.paging.Ranges;
import dev.quire.rest.paging.Repeats;
import dev.quire.rest.paging.Seen;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.PagingSpec;
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
    if (followsParent(pushdown.accepted())) {
      String parent = parents.orElseThrow().parent().table();
      pushdown = pushdown.withNote("one chain for each row of " + parent);
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
   * One chain for each value of a condition that takes one value a request. When several are
   * wanted, one for each row of the parent, if it gives the values, and ranges of a chain alone
   * where the API counts rows and says how many there are.
   */
  @Override
  public List<Split> splits(ScanRequest accepted, int wanted, CallContext context) {
    Chains chains = new Chains(spec);
    if (followsParent(accepted)) {
      return wanted == 1
          ? List.of(Split.whole(spec.name(), accepted))
          : parents.orElseThrow().conditions(accepted.filters(), context).stream()
              .map(filters -> chains.split(accepted, filters))
              .toList();
    }
    List<Split> splits =
        chains.combinations(accepted.filters()).stream()
            .map(filters -> chains.split(accepted, filters))
            .toList();
    boolean isCut =
        splits.size() == 1
            && wanted > 1
            && accepted.limit().isEmpty()
            && spec.session().isEmpty()
            && Ranges.isPossible(spec.paging());
    return isCut ? ranges(splits.get(0), wanted, context) : splits;
  }

  /** Where a place is a number of rows or a row's value, and the service keeps nothing for it. */
  @Override
  public boolean continuationsLast() {
    boolean isOurs =
        spec.paging() instanceof PagingSpec.Count || spec.paging() instanceof PagingSpec.Keyset;
    return isOurs && spec.session().isEmpty() && parents.isEmpty();
  }

  private boolean followsParent(ScanRequest scan) {
    return parents.isPresent() && !parents.get().isNeedless(scan.filters());
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
    if (!followsParent(scan)) {
      return fetcher(split, limited, context);
    }
    Chains chains = new Chains(spec);
    return new ChildPages(
        () -> parents.orElseThrow().rows(scan.filters(), context),
        values -> parents.orElseThrow().conditions(scan.filters(), values),
        filters -> fetcher(chains.split(scan, filters), limited, context),
        fetcher(split, limited, context).firstRequest());
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
