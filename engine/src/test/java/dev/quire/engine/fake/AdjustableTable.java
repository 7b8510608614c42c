package dev.quire.engine.fake;

import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Continuation;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.RequestReport;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory. What it accepts is adjustable, what it accepts it does, and it remembers what
 * it was asked and what it fetched. Adjust before use; then thread-safe.
 */
public final class AdjustableTable implements Table {
  private final TableSchema schema;
  private final List<@Nullable Object[]> rows;
  private final List<ScanRequest> asked = new CopyOnWriteArrayList<>();
  private final List<ScanRequest> opened = new CopyOnWriteArrayList<>();
  private final List<String> fetched = new CopyOnWriteArrayList<>();
  private final AtomicInteger described = new AtomicInteger();
  private int pageSize = 5_000;
  private Function<Expression, Fidelity> filters = any -> Fidelity.NONE;
  private List<Column> related = List.of();
  private boolean orders;
  private Fidelity limits = Fidelity.NONE;
  private boolean offsets;
  private boolean aggregates;
  private boolean emptyPages;
  private boolean lasting;
  private Function<ScanRequest, List<Split>> splits;
  private Consumer<String> beforeFetch = place -> {};
  private final List<Integer> wantedParts = new CopyOnWriteArrayList<>();
  private @Nullable RowEstimate estimate;
  private @Nullable SourceException fault;

  public AdjustableTable(
      String name, List<Column> columns, List<String> key, List<@Nullable Object[]> rows) {
    this(new TableSchema(TableName.of(name), columns, key, List.of(), Optional.empty()), rows);
  }

  public AdjustableTable(TableSchema schema, List<@Nullable Object[]> rows) {
    this.schema = schema;
    this.rows = List.copyOf(rows);
    this.splits = scan -> List.of(Split.whole(schema.name(), scan));
  }

  public AdjustableTable(String name, List<Column> columns, List<@Nullable Object[]> rows) {
    this(name, columns, List.of(columns.get(0).name()), rows);
  }

  /** Can have these columns, which it does not list. Plans only: the rows lack them. */
  public AdjustableTable withRelated(Column... columns) {
    related = List.of(columns);
    return this;
  }

  @Override
  public Optional<Table> withColumn(String name) {
    return related.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .filter(column -> schema.findColumn(column.name()).isEmpty())
        .findFirst()
        .map(
            column -> {
              List<Column> columns = new ArrayList<>(schema.columns());
              columns.add(column);
              TableSchema wider =
                  new TableSchema(
                      schema.name(), columns, schema.key(), schema.references(), schema.remarks());
              return new AdjustableTable(wider, rows).withRelated(related.toArray(Column[]::new));
            });
  }

  /** The same schema; how often it was asked for is remembered. */
  @Override
  public TableSchema described(CallContext context) {
    described.incrementAndGet();
    return schema;
  }

  public int described() {
    return described.get();
  }

  /** Rows a page; 5,000 unless said otherwise. */
  public AdjustableTable withPageSize(int size) {
    pageSize = size;
    return this;
  }

  /** How well each filter is done; those that are not NONE are applied. */
  public AdjustableTable withFilters(Function<Expression, Fidelity> judge) {
    filters = judge;
    return this;
  }

  /** Accepts every order. */
  public AdjustableTable withOrder() {
    orders = true;
    return this;
  }

  public AdjustableTable withLimit(Fidelity how) {
    limits = how;
    return this;
  }

  public AdjustableTable withOffset() {
    offsets = true;
    return this;
  }

  /** Accepts every aggregation. */
  public AdjustableTable withAggregation() {
    aggregates = true;
    return this;
  }

  /** Accepts everything, exactly. */
  public AdjustableTable withEverything() {
    return withFilters(any -> Fidelity.EXACT)
        .withOrder()
        .withLimit(Fidelity.EXACT)
        .withOffset()
        .withAggregation();
  }

  /** Sends a page without rows before each page but the first. */
  public AdjustableTable withEmptyPages() {
    emptyPages = true;
    return this;
  }

  /** Says that its continuations last. */
  public AdjustableTable withLastingContinuations() {
    lasting = true;
    return this;
  }

  @Override
  public boolean continuationsLast() {
    return lasting;
  }

  /** Splits a scan so, whatever the number of parts that are wanted. */
  public AdjustableTable withSplits(Function<ScanRequest, List<Split>> parts) {
    splits = parts;
    return this;
  }

  /**
   * Called before each page, in the fetching thread, with the scan as text and the continuation.
   */
  public AdjustableTable beforeFetch(Consumer<String> hook) {
    beforeFetch = hook;
    return this;
  }

  /** For how many parts it was asked, each time. */
  public List<Integer> wantedParts() {
    return wantedParts;
  }

  public AdjustableTable withEstimate(RowEstimate rowEstimate) {
    estimate = rowEstimate;
    return this;
  }

  /** The next fetch fails so; later ones work. */
  public AdjustableTable failingOnce(SourceException once) {
    fault = once;
    return this;
  }

  /** Every question that {@link #pushDown} was asked. */
  public List<ScanRequest> asked() {
    return asked;
  }

  /** Every scan that was opened. */
  public List<ScanRequest> opened() {
    return opened;
  }

  /** The continuation of each fetched page; the first page's is empty. */
  public List<String> fetched() {
    return fetched;
  }

  public void forgetFetched() {
    fetched.clear();
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    asked.add(wanted);
    Pushdown answer = Pushdown.filtering(wanted, filters).withPageSize(pageSize(wanted));
    boolean filtered = answer.filtersAreExact();
    if (orders && !wanted.order().isEmpty() && wanted.aggregation().isEmpty()) {
      answer = answer.withOrder();
    }
    boolean ordered = wanted.order().isEmpty() || orders;
    if (offsets && wanted.offset() > 0 && filtered && ordered) {
      answer = answer.withOffset();
    }
    boolean skipped = wanted.offset() == 0 || offsets;
    if (wanted.limit().isPresent() && limits != Fidelity.NONE) {
      boolean exact = filtered && ordered && skipped;
      answer = answer.withLimit(exact ? limits : Fidelity.NONE);
    }
    if (aggregates && wanted.aggregation().isPresent() && filtered) {
      answer = answer.withAggregation();
    }
    return answer;
  }

  private int pageSize(ScanRequest scan) {
    return Math.min(pageSize, scan.pageSize().orElse(pageSize));
  }

  @Override
  public Optional<RowEstimate> estimateRows(ScanRequest accepted, CallContext context) {
    return Optional.ofNullable(estimate);
  }

  @Override
  public List<Split> splits(ScanRequest accepted, int wanted, CallContext context) {
    wantedParts.add(wanted);
    return splits.apply(accepted);
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    opened.add(split.scan());
    return new Fetcher(split.scan(), context);
  }

  private final class Fetcher implements PageFetcher {
    private final ScanRequest scan;
    private final CallContext context;

    Fetcher(ScanRequest scan, CallContext context) {
      this.scan = scan;
      this.context = context;
    }

    @Override
    public Page fetch(Optional<Continuation> from) {
      context.admit(CallContext.Purpose.DATA);
      fetched.add(from.map(Continuation::value).orElse(""));
      report();
      beforeFetch.accept(text(scan) + " " + from.map(Continuation::value).orElse(""));
      SourceException once = fault;
      if (once != null) {
        fault = null;
        throw once;
      }
      List<@Nullable Object[]> all = FakeScan.run(scan, schema, rows);
      String place = from.map(Continuation::value).orElse("0");
      if (place.startsWith("empty ")) {
        return new Page(List.of(), Optional.of(new Continuation(place.substring(6))));
      }
      int start = Integer.parseInt(place);
      int end = Math.min(all.size(), start + pageSize(scan));
      Optional<Continuation> next =
          end < all.size()
              ? Optional.of(new Continuation((emptyPages ? "empty " : "") + end))
              : Optional.empty();
      return new Page(new ArrayList<>(all.subList(start, end)), next);
    }

    private void report() {
      context.record(
          new RequestReport(
              CallContext.Purpose.DATA,
              "fake",
              "GET",
              firstRequest().url(),
              1,
              OptionalInt.of(200),
              100,
              Duration.ZERO,
              Duration.ZERO,
              Optional.empty()));
    }

    @Override
    public RequestPreview firstRequest() {
      return new RequestPreview("GET", "fake:" + text(scan), Map.of(), Optional.empty());
    }
  }

  /** A scan in a short form for tests: {@code accounts?select=name&filter=EQ(status,OPEN)}. */
  public String text(ScanRequest scan) {
    List<String> parts = new ArrayList<>();
    if (!scan.columns().isEmpty()) {
      parts.add("select=" + String.join(",", scan.columns()));
    }
    scan.aggregation().ifPresent(each -> parts.add("apply=" + text(each)));
    if (!scan.filters().isEmpty()) {
      parts.add(
          "filter="
              + scan.filters().stream()
                  .map(AdjustableTable::text)
                  .collect(Collectors.joining(" and ")));
    }
    if (!scan.order().isEmpty()) {
      parts.add(
          "order="
              + scan.order().stream()
                  .map(key -> key.column() + (key.descending() ? " desc" : ""))
                  .collect(Collectors.joining(",")));
    }
    if (scan.offset() > 0) {
      parts.add("skip=" + scan.offset());
    }
    OptionalLong limit = scan.limit();
    limit.ifPresent(each -> parts.add("top=" + each));
    return schema.name().name() + "?" + String.join("&", parts);
  }

  private static String text(ScanRequest.Aggregation aggregation) {
    String measures =
        aggregation.measures().stream()
            .map(each -> each.function() + each.column().map(name -> "(" + name + ")").orElse(""))
            .collect(Collectors.joining(","));
    return "groupby(" + String.join(",", aggregation.groupBy()) + "):" + measures;
  }

  /** A condition in a short form. */
  public static String text(Expression expression) {
    if (expression instanceof Expression.ColumnRef column) {
      return column.name();
    }
    if (expression instanceof Expression.Constant constant) {
      return String.valueOf(constant.value());
    }
    if (expression instanceof Expression.Call call) {
      return call.function()
          + call.arguments().stream()
              .map(AdjustableTable::text)
              .collect(Collectors.joining(",", "(", ")"));
    }
    return "?";
  }
}
