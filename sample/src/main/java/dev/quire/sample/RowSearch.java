package dev.quire.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows that a query keeps, in its order, one by one. One thread at a time. */
final class RowSearch {
  /** What comes after the last row. */
  static final long END = -1;

  /** The most rows that are sorted: they are held in memory. */
  static final int MOST_SORTED = 200_000;

  /** Rows to choose from. Immutable. */
  record Candidates(long size, long @Nullable [] rows) {

    /** All rows of a table. */
    static Candidates all(SampleTable table) {
      return new Candidates(table.size(), null);
    }

    static Candidates of(long[] rows) {
      return new Candidates(rows.length, rows);
    }

    long at(long index) {
      return rows == null ? index : rows[(int) index];
    }
  }

  private final Candidates candidates;
  private final Filter filter;
  private final long end;
  private long index;

  private RowSearch(Candidates candidates, Filter filter) {
    this.candidates = candidates;
    this.filter = filter;
    this.end =
        candidates.rows() == null ? Math.min(filter.to(), candidates.size()) : candidates.size();
    this.index = candidates.rows() == null ? filter.from() : 0;
  }

  /** In the order of their keys. */
  static RowSearch byKey(Candidates candidates, Filter filter) {
    return new RowSearch(candidates, filter);
  }

  /**
   * In the order of a query.
   *
   * @throws ODataFault when there are too many rows to sort
   */
  static RowSearch ordered(Candidates candidates, Filter filter, List<OrderKey> order) {
    return first(Long.MAX_VALUE, candidates, filter, order);
  }

  /** As {@link #ordered}, but only the first rows. */
  static RowSearch first(long most, Candidates candidates, Filter filter, List<OrderKey> order) {
    RowSearch search = byKey(candidates, filter);
    return order.isEmpty() ? search : byKey(Candidates.of(search.sorted(order, most)), Filter.ALL);
  }

  /** The next row, or {@link #END}. */
  long next() {
    while (index < end) {
      long row = candidates.at(index++);
      if (filter.keeps(row)) {
        return row;
      }
    }
    return END;
  }

  /** How many rows are left, counted up to {@code most}; uses them up. */
  long count(long most) {
    if (filter == Filter.ALL) {
      return Math.min(most, candidates.size() - index);
    }
    long count = 0;
    while (count < most && next() != END) {
      count++;
    }
    return count;
  }

  /** Goes on behind a row that was delivered; false when it is not among the candidates. */
  boolean skipPast(long row) {
    if (candidates.rows() == null) {
      index = Math.max(index, row + 1);
      return row < candidates.size();
    }
    while (index < candidates.size()) {
      if (candidates.at(index++) == row) {
        return true;
      }
    }
    return false;
  }

  private long[] sorted(List<OrderKey> order, long most) {
    long[] rows = new long[1024];
    int count = 0;
    for (long row = next(); row != END; row = next()) {
      if (count == MOST_SORTED && most < count) {
        OrderKey.sort(rows, order);
        count = (int) most;
      }
      if (count == MOST_SORTED) {
        throw ODataFault.badRequest(
            "0x80040203",
            String.format(
                Locale.ROOT,
                "The sample service sorts at most %,d rows; narrow the filter or leave $orderby out",
                MOST_SORTED));
      }
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, Math.min(MOST_SORTED, count * 2));
      }
      rows[count++] = row;
    }
    long[] exact = Arrays.copyOf(rows, count);
    OrderKey.sort(exact, order);
    return exact;
  }
}
