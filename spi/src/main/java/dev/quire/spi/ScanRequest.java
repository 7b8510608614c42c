package dev.quire.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one scan of one table should give. Immutable.
 *
 * @param columns names of the columns wanted, in this order, in every row; with an aggregation,
 *     unused and empty
 * @param filters conditions that all must hold
 * @param order how rows are sorted; empty for any order
 * @param offset rows to leave out at the start, after filter and order
 * @param limit the most rows wanted, after the offset
 * @param aggregation rows are groups instead of remote rows
 * @param pageSize rows wanted per page, when the user said so
 */
public record ScanRequest(
    List<String> columns,
    List<Expression> filters,
    List<SortKey> order,
    long offset,
    OptionalLong limit,
    Optional<Aggregation> aggregation,
    OptionalInt pageSize) {

  public ScanRequest {
    columns = List.copyOf(columns);
    filters = List.copyOf(filters);
    order = List.copyOf(order);
    if (offset < 0) {
      throw new IllegalArgumentException("offset " + offset);
    }
  }

  /** All rows, with these columns. */
  public static ScanRequest of(List<String> columns) {
    return new ScanRequest(
        columns,
        List.of(),
        List.of(),
        0,
        OptionalLong.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  /** Whether parts of it, read in any order, are together the scan. */
  public boolean isDivisible() {
    return order.isEmpty() && limit.isEmpty() && offset == 0 && aggregation.isEmpty();
  }

  public ScanRequest withColumns(List<String> wanted) {
    return new ScanRequest(wanted, filters, order, offset, limit, aggregation, pageSize);
  }

  public ScanRequest withFilters(List<Expression> wanted) {
    return new ScanRequest(columns, wanted, order, offset, limit, aggregation, pageSize);
  }

  public ScanRequest withOrder(List<SortKey> wanted) {
    return new ScanRequest(columns, filters, wanted, offset, limit, aggregation, pageSize);
  }

  public ScanRequest withOffset(long wanted) {
    return new ScanRequest(columns, filters, order, wanted, limit, aggregation, pageSize);
  }

  public ScanRequest withLimit(OptionalLong wanted) {
    return new ScanRequest(columns, filters, order, offset, wanted, aggregation, pageSize);
  }

  public ScanRequest withAggregation(Optional<Aggregation> wanted) {
    return new ScanRequest(columns, filters, order, offset, limit, wanted, pageSize);
  }

  public ScanRequest withPageSize(OptionalInt wanted) {
    return new ScanRequest(columns, filters, order, offset, limit, aggregation, wanted);
  }

  /** One column of an order. */
  public record SortKey(String column, boolean descending, boolean nullsFirst) {}

  /**
   * A grouping. Rows have the group columns, then one value per measure.
   *
   * @param groupBy column names; empty for one group over all rows
   */
  public record Aggregation(List<String> groupBy, List<Measure> measures) {
    public Aggregation {
      groupBy = List.copyOf(groupBy);
      measures = List.copyOf(measures);
    }

    /** {@code SELECT COUNT(*)} without groups. */
    public static Aggregation countAll() {
      return new Aggregation(
          List.of(),
          List.of(
              new Measure(MeasureFunction.COUNT_ALL, Optional.empty(), false, DataType.BIGINT)));
    }

    public boolean isCountAll() {
      return equals(countAll());
    }
  }

  /**
   * One aggregate.
   *
   * @param column what is aggregated; empty for COUNT_ALL alone
   * @param type of the result, as SQL sees it
   */
  public record Measure(
      MeasureFunction function, Optional<String> column, boolean distinct, DataType type) {}

  /** Aggregate functions; all but COUNT_ALL leave NULLs out. */
  public enum MeasureFunction {
    COUNT_ALL,
    COUNT,
    SUM,
    MIN,
    MAX,
    AVG
  }
}
