package dev.quire.odata;

import dev.quire.odata.metadata.EntityTable;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Divides a scan into ranges of a column by which the service filters and sorts exactly, and whose
 * values stay: the key, or the time of creation. Immutable.
 */
final class RangeSplits {
  /** Fewer pages are not worth the calls that find the bounds. */
  private static final long FEWEST_PAGES = 4;

  /** Where the page size is the service's secret. */
  private static final int LIKELY_PAGE_SIZE = 1_000;

  private static final int PAGES_PER_PART = 2;

  /** What ends the statement. */
  private static final Set<ErrorKind> FINAL =
      EnumSet.of(
          ErrorKind.CANCELLED,
          ErrorKind.DEADLINE_EXCEEDED,
          ErrorKind.BUDGET_EXCEEDED,
          ErrorKind.AUTHENTICATION);

  private final ODataTable table;
  private final EntityTable entities;
  private final ODataSettings settings;
  private final CallContext context;

  RangeSplits(ODataTable table, EntityTable entities, ODataSettings settings, CallContext context) {
    this.table = table;
    this.entities = entities;
    this.settings = settings;
    this.context = context;
  }

  /**
   * The ranges, of which together each row is in exactly one; the scan itself if there are none.
   */
  List<ScanRequest> of(ScanRequest scan, int wanted) {
    if (wanted < 2 || !scan.isDivisible() || entities.singleton()) {
      return List.of(scan);
    }
    Optional<Column> column = candidates().filter(each -> isExact(each, scan)).findFirst();
    int parts = column.isEmpty() ? 1 : parts(scan, wanted);
    if (parts < 2) {
      return List.of(scan);
    }
    List<Object> bounds = boundsOrNone(column.get(), scan, parts);
    return bounds.isEmpty() ? List.of(scan) : ranges(column.get(), scan, bounds);
  }

  /** What a service refuses to say is no reason to fail: the scan is read whole then. */
  private List<Object> boundsOrNone(Column column, ScanRequest scan, int parts) {
    try {
      return bounds(column, scan, parts);
    } catch (SourceException e) {
      if (FINAL.contains(e.kind())) {
        throw e;
      }
      context.warn(
          settings.source()
              + "."
              + table.schema().name()
              + ": read in one part, because the service did not say the bounds of '"
              + column.name()
              + "': "
              + e.problem());
      return List.of();
    }
  }

  /** Columns whose values do not change while they are read, the likeliest to be even first. */
  private Stream<Column> candidates() {
    List<Column> columns = table.schema().columns();
    List<String> key = table.schema().key();
    Stream<Column> keys =
        columns.stream().filter(each -> key.size() == 1 && key.contains(each.name()));
    Stream<Column> created =
        columns.stream().filter(each -> each.name().toLowerCase(Locale.ROOT).startsWith("created"));
    return Stream.concat(keys, created).filter(each -> RangeValues.isOrdered(each.type()));
  }

  /** Whether the service compares with the column and sorts by it as SQL does. */
  private boolean isExact(Column column, ScanRequest scan) {
    Expression bound = compared(Function.GE, column, RangeValues.example(column.type()));
    List<Expression> filters = with(scan, bound);
    if (column.nullable()) {
      filters.add(Expression.call(Function.IS_NULL, ref(column)));
    }
    Pushdown answer =
        table.pushDown(
            scan.withFilters(filters).withOrder(List.of(new SortKey(column.name(), false, true))));
    List<Fidelity> own = answer.filters().subList(scan.filters().size(), filters.size());
    return own.stream().allMatch(each -> each == Fidelity.EXACT)
        && !answer.accepted().order().isEmpty();
  }

  private int parts(ScanRequest scan, int wanted) {
    Optional<RowEstimate> estimate = table.estimateRows(scan, context);
    if (estimate.isEmpty()) {
      return 1;
    }
    if (estimate.get().certainty() == RowEstimate.Certainty.AT_LEAST) {
      return wanted;
    }
    long pages =
        estimate.get().rows() / settings.pageSize(scan.pageSize()).orElse(LIKELY_PAGE_SIZE);
    return pages < FEWEST_PAGES ? 1 : (int) Math.min(wanted, pages / PAGES_PER_PART);
  }

  /** The starts of all parts but the first. */
  private List<Object> bounds(Column column, ScanRequest scan, int parts) {
    Object least = first(column, scan, false);
    Object greatest = least == null ? null : first(column, scan, true);
    return least == null || greatest == null
        ? List.of()
        : RangeValues.between(least, greatest, parts);
  }

  private @Nullable Object first(Column column, ScanRequest scan, boolean descending) {
    List<Expression> filters =
        column.nullable()
            ? with(scan, Expression.call(Function.IS_NOT_NULL, ref(column)))
            : scan.filters();
    ScanRequest one =
        ScanRequest.of(List.of(column.name()))
            .withFilters(filters)
            .withOrder(List.of(new SortKey(column.name(), descending, !descending)))
            .withLimit(OptionalLong.of(1));
    PageFetcher fetcher = table.open(table.whole(one), context);
    return fetcher.fetch(Optional.empty()).rows().stream()
        .findFirst()
        .map(row -> row[0])
        .orElse(null);
  }

  private List<ScanRequest> ranges(Column column, ScanRequest scan, List<Object> bounds) {
    List<ScanRequest> ranges = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      List<Expression> filters = new ArrayList<>(scan.filters());
      if (i > 0) {
        filters.add(compared(Function.GE, column, bounds.get(i - 1)));
      }
      if (i < bounds.size()) {
        filters.add(compared(Function.LT, column, bounds.get(i)));
      }
      ranges.add(scan.withFilters(filters));
    }
    if (column.nullable()) {
      ranges.add(scan.withFilters(with(scan, Expression.call(Function.IS_NULL, ref(column)))));
    }
    return ranges;
  }

  private static List<Expression> with(ScanRequest scan, Expression more) {
    List<Expression> filters = new ArrayList<>(scan.filters());
    filters.add(more);
    return filters;
  }

  private static ColumnRef ref(Column column) {
    return new ColumnRef(column.name(), column.type());
  }

  private static Expression compared(Function function, Column column, Object value) {
    return Expression.call(function, ref(column), new Constant(value, column.type()));
  }
}
