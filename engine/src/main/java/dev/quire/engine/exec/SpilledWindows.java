package dev.quire.engine.exec;

import static java.util.Objects.requireNonNull;

import dev.quire.engine.exec.SpilledWindowPlan.Input;
import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ValueKind;
import dev.quire.engine.spill.KeyBytes;
import dev.quire.engine.spill.RowBytes;
import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillTable;
import dev.quire.engine.spill.SpillWindow.Function;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Rows whose windows are computed outside of the heap. */
final class SpilledWindows {
  private final SpilledWindowPlan plan;
  private final Evaluator[] values;
  private final Overflow overflow;
  private final SpillTable table;
  private final KeyBytes bytes = new KeyBytes();

  /**
   * @param values of the plan's inputs, over a row
   */
  SpilledWindows(SpilledWindowPlan plan, List<Evaluator> values, Overflow overflow) {
    this.plan = plan;
    this.values = values.toArray(new Evaluator[0]);
    this.overflow = overflow;
    this.table = overflow.table(plan.inputs().stream().map(Input::column).toList());
  }

  void add(@Nullable Object[] row) {
    List<@Nullable Object> columns = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      columns.add(encoded(values[i].eval(row), plan.inputs().get(i)));
    }
    overflow.add(table, null, row, columns);
  }

  private @Nullable Object encoded(@Nullable Object value, Input input) {
    if (input.use() == SpilledWindowPlan.Use.ORDER) {
      return bytes.add(value, input.descending(), input.nullsFirst()).take();
    }
    if (value == null) {
      return null;
    }
    return switch (input.use()) {
      case EXTREME -> bytes.add(value).take();
      case VALUE -> RowBytes.encode(new @Nullable Object[] {value});
      default -> number((Number) value, input);
    };
  }

  private static Number number(Number value, Input input) {
    return switch (input.column().kind()) {
      case LONG -> value.longValue();
      case DOUBLE -> value.doubleValue();
      default -> ((BigDecimal) value).setScale(input.column().scale());
    };
  }

  /** Each row, then the values of its windows. */
  RowCursor rows() {
    Overflow.Rows rows = overflow.query(new SpillQuery.Windowed(table, plan.windows()));
    return new RowCursor() {
      @Override
      public @Nullable Object @Nullable [] next() {
        if (!rows.next()) {
          return null;
        }
        @Nullable Object[] results = new @Nullable Object[plan.windows().size()];
        for (int i = 0; i < results.length; i++) {
          results[i] = result(rows, i);
        }
        return JoinCursor.joined(requireNonNull(rows.row(0)), results);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  private @Nullable Object result(Overflow.Rows rows, int window) {
    Function function = plan.windows().get(window).function();
    return switch (function) {
      case ROW_NUMBER, RANK, DENSE_RANK, COUNT -> rows.number(window + 1);
      case SUM -> sum(rows.value(window + 1), plan.types().get(window));
      default -> {
        @Nullable Object[] single = rows.row(window + 1);
        yield single == null ? null : single[0];
      }
    };
  }

  /** A sum in the type of the result; of no rows it is NULL, and where that may not be, 0. */
  private static @Nullable Object sum(@Nullable Object value, RelDataType type) {
    Object present = value == null && !type.isNullable() ? (Object) 0L : value;
    if (present == null) {
      return null;
    }
    try {
      return switch (ValueKind.of(type)) {
        case INT -> exact(present).intValueExact();
        case LONG -> exact(present).longValueExact();
        case DECIMAL -> exact(present).setScale(Math.max(exact(present).scale(), type.getScale()));
        default -> ((Number) present).doubleValue();
      };
    } catch (ArithmeticException e) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "the sum " + present + " does not fit in " + type, e);
    }
  }

  private static BigDecimal exact(Object number) {
    return number instanceof BigDecimal decimal
        ? decimal
        : number instanceof BigInteger whole
            ? new BigDecimal(whole)
            : BigDecimal.valueOf(((Number) number).longValue());
  }
}
