package dev.quire.engine.exec.aggregate;

import dev.quire.engine.exec.eval.Literals;
import dev.quire.engine.exec.eval.ValueKey;
import dev.quire.engine.exec.eval.ValueKind;
import dev.quire.engine.exec.eval.ValueOrder;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;

/** Finds the accumulator of an aggregate call. */
public final class Aggregates {
  private static final int KEY_BYTES = 72;

  private Aggregates() {}

  /** The factory of a call; null if there is no such function here. */
  public static @Nullable AccumulatorFactory find(AggregateCall call, RelDataType input) {
    AccumulatorFactory plain = plain(call, input);
    if (plain == null
        || !call.getCollation().getFieldCollations().isEmpty()
        || call.ignoreNulls()) {
      return null;
    }
    if (call.isApproximate() && !call.isDistinct()) {
      return null;
    }
    AccumulatorFactory distinct = call.isDistinct() ? distinct(call, plain) : plain;
    return call.filterArg < 0 ? distinct : filtered(call.filterArg, distinct);
  }

  private static @Nullable AccumulatorFactory plain(AggregateCall call, RelDataType input) {
    List<Integer> arguments = call.getArgList();
    int column = arguments.isEmpty() ? -1 : arguments.get(0);
    RelDataType type = call.getType();
    boolean isNumeric =
        column >= 0 && ValueKind.of(input.getFieldList().get(column).getType()).isNumeric();
    return switch (call.getAggregation().getName().toUpperCase(Locale.ROOT)) {
      case "COUNT" -> heap -> new Count(arguments.stream().mapToInt(each -> each).toArray());
      case "SUM" -> isNumeric ? heap -> new Sums(column, type, false, false) : null;
      case "$SUM0", "SUM0" -> isNumeric ? heap -> new Sums(column, type, false, true) : null;
      case "AVG" -> isNumeric ? heap -> new Sums(column, type, true, false) : null;
      case "MIN" -> heap -> new Extreme(column, -1);
      case "MAX" -> heap -> new Extreme(column, 1);
      case "BOOL_AND", "LOGICAL_AND", "EVERY" -> heap -> new Extreme(column, -1);
      case "BOOL_OR", "LOGICAL_OR", "SOME" -> heap -> new Extreme(column, 1);
      case "SINGLE_VALUE" -> heap -> new Single(column);
      case "ANY_VALUE" -> heap -> new First(column);
      case "LITERAL_AGG" -> literal(call);
      default -> isNumeric ? spread(call, column) : null;
    };
  }

  private static @Nullable AccumulatorFactory spread(AggregateCall call, int column) {
    RelDataType type = call.getType();
    return switch (call.getAggregation().getName().toUpperCase(Locale.ROOT)) {
      case "STDDEV", "STDDEV_SAMP" -> heap -> new Spread(column, type, true, true);
      case "STDDEV_POP" -> heap -> new Spread(column, type, false, true);
      case "VARIANCE", "VAR_SAMP" -> heap -> new Spread(column, type, true, false);
      case "VAR_POP" -> heap -> new Spread(column, type, false, false);
      default -> null;
    };
  }

  private static @Nullable AccumulatorFactory literal(AggregateCall call) {
    if (!(call.rexList.get(0) instanceof RexLiteral literal)) {
      return null;
    }
    Object value = Literals.value(literal);
    return heap -> new Fixed(value);
  }

  private static AccumulatorFactory filtered(int condition, AccumulatorFactory plain) {
    return heap -> new Filtered(condition, plain.create(heap));
  }

  private static AccumulatorFactory distinct(AggregateCall call, AccumulatorFactory plain) {
    int[] columns = call.getArgList().stream().mapToInt(each -> each).toArray();
    return heap -> new Distinct(columns, plain.create(heap), heap);
  }

  private static final class Count implements Accumulator {
    private final int[] columns;
    private long count;

    Count(int[] columns) {
      this.columns = columns;
    }

    @Override
    public void add(@Nullable Object[] row) {
      for (int column : columns) {
        if (row[column] == null) {
          return;
        }
      }
      count++;
    }

    @Override
    public Object result() {
      return count;
    }
  }

  /** The greatest or least value; of truths, false is less than true. */
  private static final class Extreme implements Accumulator {
    private final int column;
    private final int sign;
    private @Nullable Object best;

    Extreme(int column, int sign) {
      this.column = column;
      this.sign = sign;
    }

    @Override
    public void add(@Nullable Object[] row) {
      Object value = row[column];
      if (value != null && (best == null || ValueOrder.compare(value, best) * sign > 0)) {
        best = value;
      }
    }

    @Override
    public @Nullable Object result() {
      return best;
    }
  }

  /** The value of a query that may give one row at most. */
  private static final class Single implements Accumulator {
    private final int column;
    private final List<@Nullable Object> values = new ArrayList<>(1);

    Single(int column) {
      this.column = column;
    }

    @Override
    public void add(@Nullable Object[] row) {
      if (!values.isEmpty()) {
        throw new SourceException(
            ErrorKind.INVALID_VALUE, "a query used as a value gave more than one row");
      }
      values.add(row[column]);
    }

    @Override
    public @Nullable Object result() {
      return values.isEmpty() ? null : values.get(0);
    }
  }

  private static final class First implements Accumulator {
    private final int column;
    private @Nullable Object value;

    First(int column) {
      this.column = column;
    }

    @Override
    public void add(@Nullable Object[] row) {
      value = value == null ? row[column] : value;
    }

    @Override
    public @Nullable Object result() {
      return value;
    }
  }

  private record Fixed(@Nullable Object value) implements Accumulator {
    @Override
    public void add(@Nullable Object[] row) {}

    @Override
    public @Nullable Object result() {
      return value;
    }
  }

  private record Filtered(int condition, Accumulator inner) implements Accumulator {
    @Override
    public void add(@Nullable Object[] row) {
      if (Boolean.TRUE.equals(row[condition])) {
        inner.add(row);
      }
    }

    @Override
    public void addSorted(@Nullable Object[] row) {
      if (Boolean.TRUE.equals(row[condition])) {
        inner.addSorted(row);
      }
    }

    @Override
    public @Nullable Object result() {
      return inner.result();
    }
  }

  private static final class Distinct implements Accumulator {
    private final int[] columns;
    private final Accumulator inner;
    private final AccumulatorFactory.HeapListener heap;
    private final Set<ValueKey> seen = new HashSet<>();
    private @Nullable ValueKey last;

    Distinct(int[] columns, Accumulator inner, AccumulatorFactory.HeapListener heap) {
      this.columns = columns;
      this.inner = inner;
      this.heap = heap;
    }

    @Override
    public void add(@Nullable Object[] row) {
      if (seen.add(ValueKey.of(row, columns))) {
        heap.kept(KEY_BYTES);
        inner.add(row);
      }
    }

    @Override
    public void addSorted(@Nullable Object[] row) {
      ValueKey key = ValueKey.of(row, columns);
      if (!key.equals(last) && !seen.contains(key)) {
        last = key;
        inner.add(row);
      }
    }

    @Override
    public @Nullable Object result() {
      return inner.result();
    }
  }
}
