package dev.quire.engine.fake;

import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Continuation;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory that answers in pages and counts them. It takes the filters that {@link
 * #accepting} allows and does them exactly; everything else it refuses. Thread-safe once made.
 */
public final class FakeTable implements Table {
  private final TableSchema schema;
  private final List<@Nullable Object[]> rows;
  private final int pageSize;
  private final AtomicInteger fetches = new AtomicInteger();
  private final List<ScanRequest> opened = new CopyOnWriteArrayList<>();
  private boolean acceptsFilters;
  private Consumer<CallContext> beforeFetch = context -> {};

  private FakeTable(
      String name, List<Column> columns, List<@Nullable Object[]> rows, int pageSize) {
    this.schema = new TableSchema(TableName.of(name), columns);
    this.rows = rows;
    this.pageSize = pageSize;
  }

  /** A table with these rows, each with one value per column. */
  public static FakeTable of(
      String name, List<Column> columns, List<@Nullable Object[]> rows, int pageSize) {
    return new FakeTable(name, columns, rows, pageSize);
  }

  /** A table of one BIGINT column {@code id} that counts from 0. */
  public static FakeTable counting(String name, int rows, int pageSize) {
    List<@Nullable Object[]> all = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      all.add(new Object[] {i});
    }
    return of(name, List.of(Column.of("id", DataType.BIGINT)), all, pageSize);
  }

  /** Takes EQ and IN filters, and does them exactly. */
  public FakeTable accepting() {
    acceptsFilters = true;
    return this;
  }

  /** Called before each page, in the fetching thread. */
  public FakeTable beforeFetch(Consumer<CallContext> hook) {
    beforeFetch = hook;
    return this;
  }

  /** Pages fetched so far. */
  public int fetches() {
    return fetches.get();
  }

  /** What was opened so far. */
  public List<ScanRequest> opened() {
    return opened;
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return Pushdown.filtering(
        wanted,
        filter ->
            acceptsFilters && FakeFilter.supports(filter)
                ? dev.quire.spi.Fidelity.EXACT
                : dev.quire.spi.Fidelity.NONE);
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    opened.add(split.scan());
    return new Fetcher(matching(split.scan()), context);
  }

  private List<@Nullable Object[]> matching(ScanRequest scan) {
    List<@Nullable Object[]> matching = new ArrayList<>();
    int[] columns = scan.columns().stream().mapToInt(this::indexOf).toArray();
    for (@Nullable Object[] row : rows) {
      if (scan.filters().stream().allMatch(filter -> holds(filter, row))) {
        @Nullable Object[] narrowed = new @Nullable Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
          narrowed[i] = row[columns[i]];
        }
        matching.add(narrowed);
      }
    }
    return matching;
  }

  private boolean holds(Expression filter, @Nullable Object[] row) {
    return FakeFilter.holds(filter, name -> row[indexOf(name)]);
  }

  private int indexOf(String column) {
    return schema.columns().stream().map(Column::name).toList().indexOf(column);
  }

  private final class Fetcher implements PageFetcher {
    private final List<@Nullable Object[]> matching;
    private final CallContext context;

    Fetcher(List<@Nullable Object[]> matching, CallContext context) {
      this.matching = matching;
      this.context = context;
    }

    @Override
    public Page fetch(Optional<Continuation> from) {
      context.admit(CallContext.Purpose.DATA);
      fetches.incrementAndGet();
      beforeFetch.accept(context);
      int start = from.map(each -> Integer.parseInt(each.value())).orElse(0);
      int end = Math.min(start + pageSize, matching.size());
      Optional<Continuation> next =
          end < matching.size()
              ? Optional.of(new Continuation(Integer.toString(end)))
              : Optional.empty();
      List<@Nullable Object[]> page = new ArrayList<>();
      for (@Nullable Object[] row : matching.subList(start, end)) {
        page.add(row.clone());
      }
      return new Page(page, next);
    }

    @Override
    public RequestPreview firstRequest() {
      return new RequestPreview(
          "GET", "fake:" + schema.name(), java.util.Map.of(), Optional.empty());
    }
  }
}
