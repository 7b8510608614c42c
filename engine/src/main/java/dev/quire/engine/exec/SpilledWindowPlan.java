package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.Literals;
import dev.quire.engine.exec.eval.ValueKind;
import dev.quire.engine.spill.SpillColumn;
import dev.quire.engine.spill.SpillWindow;
import dev.quire.engine.spill.SpillWindow.Bound;
import dev.quire.engine.spill.SpillWindow.Frame;
import dev.quire.engine.spill.SpillWindow.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.jspecify.annotations.Nullable;

/**
 * Windows as the spill computes them: values that order or partition are keys, values that come out
 * again are bytes, and only what is summed is a number there. Immutable.
 */
record SpilledWindowPlan(List<Input> inputs, List<SpillWindow> windows, List<RelDataType> types) {

  /** What becomes of a value on its way. */
  enum Use {
    /** bytes that order as wanted, also of NULL */
    ORDER,
    /** bytes that order upwards, NULL for NULL */
    EXTREME,
    /** bytes that become the value again, NULL for NULL */
    VALUE,
    /** a number, or NULL */
    NUMBER
  }

  /** A value that windows name. */
  record Input(RexNode value, Use use, boolean descending, boolean nullsFirst, SpillColumn column) {
    static Input of(RexNode value, Use use) {
      return new Input(value, use, false, true, SpillColumn.BYTES);
    }
  }

  SpilledWindowPlan {
    inputs = List.copyOf(inputs);
    windows = List.copyOf(windows);
    types = List.copyOf(types);
  }

  /** The plan of windows over the columns of a row; empty if one of them is beyond the spill. */
  static Optional<SpilledWindowPlan> of(List<RexOver> windows) {
    Builder builder = new Builder();
    List<SpillWindow> spilled = new ArrayList<>();
    for (RexOver over : windows) {
      SpillWindow window = builder.window(over);
      if (window == null) {
        return Optional.empty();
      }
      spilled.add(window);
    }
    List<RelDataType> types = windows.stream().map(RexOver::getType).toList();
    return Optional.of(new SpilledWindowPlan(builder.inputs, spilled, types));
  }

  private static final class Builder {
    private final List<Input> inputs = new ArrayList<>();

    private int input(Input input) {
      int known = inputs.indexOf(input);
      if (known < 0) {
        known = inputs.size();
        inputs.add(input);
      }
      return known;
    }

    @Nullable SpillWindow window(RexOver over) {
      RexWindow window = over.getWindow();
      Frame frame = frame(window);
      boolean isPlain =
          !over.isDistinct()
              && !over.ignoreNulls()
              && window.getExclude() == RexWindowExclusion.EXCLUDE_NO_OTHER;
      if (!isPlain || frame == null) {
        return null;
      }
      List<Integer> partition =
          window.partitionKeys.stream().map(key -> input(Input.of(key, Use.ORDER))).toList();
      List<Integer> order = window.orderKeys.stream().map(this::order).toList();
      return window(over, partition, order, frame);
    }

    private @Nullable SpillWindow window(
        RexOver over, List<Integer> partition, List<Integer> order, Frame frame) {
      Function function = function(over);
      Frame seen = function == Function.SHIFTED ? shift(over) : frame;
      List<Integer> operands = function == null ? null : operands(over, function);
      return function == null || operands == null || seen == null
          ? null
          : new SpillWindow(function, operands, partition, order, seen);
    }

    private static @Nullable Function function(RexOver over) {
      return switch (over.getKind()) {
        case ROW_NUMBER -> Function.ROW_NUMBER;
        case RANK -> Function.RANK;
        case DENSE_RANK -> Function.DENSE_RANK;
        case COUNT -> over.getOperands().size() > 1 ? null : Function.COUNT;
        case SUM, SUM0 -> Function.SUM;
        case MIN -> Function.MIN;
        case MAX -> Function.MAX;
        case FIRST_VALUE -> Function.FIRST_VALUE;
        case LAST_VALUE -> Function.LAST_VALUE;
        case LAG, LEAD -> Function.SHIFTED;
        default -> null;
      };
    }

    /** The columns of the operands; null if the spill has none for them. */
    private @Nullable List<Integer> operands(RexOver over, Function function) {
      List<RexNode> given = over.getOperands();
      return switch (function) {
        case ROW_NUMBER, RANK, DENSE_RANK -> List.of();
        case SUM -> {
          SpillColumn column = column(given.get(0).getType());
          yield column == null
              ? null
              : List.of(input(new Input(given.get(0), Use.NUMBER, false, true, column)));
        }
        case MIN, MAX ->
            List.of(
                input(Input.of(given.get(0), Use.VALUE)),
                input(Input.of(given.get(0), Use.EXTREME)));
        case SHIFTED ->
            given.size() < 3
                ? List.of(input(Input.of(given.get(0), Use.VALUE)))
                : List.of(
                    input(Input.of(given.get(0), Use.VALUE)),
                    input(Input.of(given.get(2), Use.VALUE)));
        default -> given.stream().map(each -> input(Input.of(each, Use.VALUE))).toList();
      };
    }

    private static @Nullable SpillColumn column(RelDataType type) {
      return switch (ValueKind.of(type)) {
        case INT, LONG -> SpillColumn.LONG;
        case DOUBLE -> SpillColumn.DOUBLE;
        case DECIMAL ->
            type.getPrecision() <= SpillColumn.MOST_DIGITS
                ? SpillColumn.decimal(type.getScale())
                : null;
        default -> null;
      };
    }

    private int order(RexFieldCollation key) {
      RelFieldCollation.NullDirection nulls = key.getNullDirection();
      boolean descending = key.getDirection().isDescending();
      boolean nullsFirst =
          nulls == RelFieldCollation.NullDirection.UNSPECIFIED
              ? key.getDirection().defaultNullDirection() == RelFieldCollation.NullDirection.FIRST
              : nulls == RelFieldCollation.NullDirection.FIRST;
      return input(new Input(key.left, Use.ORDER, descending, nullsFirst, SpillColumn.BYTES));
    }

    private static @Nullable Frame shift(RexOver over) {
      long rows = 1;
      if (over.getOperands().size() > 1) {
        Long given = literal(over.getOperands().get(1));
        if (given == null || given < 0) {
          return null;
        }
        rows = given;
      }
      boolean isBack = over.getKind() == org.apache.calcite.sql.SqlKind.LAG;
      return new Frame(true, new Bound(isBack ? -rows : rows), Bound.CURRENT);
    }

    private static @Nullable Frame frame(RexWindow window) {
      Bound from = bound(window.getLowerBound(), window.isRows());
      Bound to = bound(window.getUpperBound(), window.isRows());
      return from == null || to == null ? null : new Frame(window.isRows(), from, to);
    }

    private static @Nullable Bound bound(RexWindowBound bound, boolean rows) {
      if (bound.isUnbounded()) {
        return bound.isPreceding() ? Bound.FIRST : Bound.LAST;
      }
      if (bound.isCurrentRow()) {
        return Bound.CURRENT;
      }
      Long offset = rows && bound.getOffset() != null ? literal(bound.getOffset()) : null;
      return offset == null || offset < 0
          ? null
          : new Bound(bound.isPreceding() ? -offset : offset);
    }

    private static @Nullable Long literal(RexNode node) {
      return node instanceof RexLiteral literal
              && Literals.value(literal) instanceof Number number
              && !(number instanceof Double)
          ? (Long) number.longValue()
          : null;
    }
  }
}
