package dev.quire.engine.exec;

import com.google.common.collect.ImmutableList;
import dev.quire.engine.exec.eval.ValueKind;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * The same window function, so put that the engine behind the port computes it exactly: a sum in
 * the type of its result, and for a value that only orders or partitions its {@link #PLACE},
 * because that engine orders texts, UUIDs and decimals in its own way. For one plan.
 */
final class ExactWindow {
  /**
   * Where a value stands among the values of all rows, as a BIGINT: equal ones stand at the same
   * place, NULL nowhere.
   */
  static final SqlFunction PLACE =
      new SqlFunction(
          "PLACE",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BIGINT_NULLABLE,
          null,
          OperandTypes.ANY,
          SqlFunctionCategory.SYSTEM);

  private final RexBuilder builder;

  ExactWindow(RexBuilder builder) {
    this.builder = builder;
  }

  /**
   * The window function as it can be handed on.
   *
   * @throws SourceException UNSUPPORTED for what the engine behind the port does wrong
   */
  RexNode of(RexOver over) {
    RexWindow window = over.getWindow();
    if (over.isDistinct()) {
      throw unsupported("DISTINCT in a window function");
    } else if (window.getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      throw unsupported("EXCLUDE in a window");
    } else if (over.getKind() == SqlKind.NTH_VALUE) {
      throw unsupported("NTH_VALUE");
    }
    return builder.makeOver(
        type(over),
        over.getAggOperator(),
        operands(over),
        window.partitionKeys.stream().map(this::place).toList(),
        order(window),
        window.getLowerBound(),
        window.getUpperBound(),
        window.getExclude(),
        window.isRows(),
        true,
        false,
        false,
        over.ignoreNulls());
  }

  private static SourceException unsupported(String what) {
    return new SourceException(ErrorKind.UNSUPPORTED, what + " is not available");
  }

  /** LAG with a default is NULL where the value is, though its type may say otherwise. */
  private RelDataType type(RexOver over) {
    boolean isNullable = over.getOperands().stream().anyMatch(each -> each.getType().isNullable());
    boolean isShifted = over.getKind() == SqlKind.LAG || over.getKind() == SqlKind.LEAD;
    return isShifted && isNullable
        ? builder.getTypeFactory().createTypeWithNullability(over.getType(), true)
        : over.getType();
  }

  /** Sums and defaults in the type of the result. */
  private List<RexNode> operands(RexOver over) {
    List<RexNode> operands = new ArrayList<>(over.getOperands());
    for (int i = 0; i < operands.size(); i++) {
      boolean isValue =
          switch (over.getKind()) {
            case SUM, SUM0 -> true;
            case LAG, LEAD -> i != 1;
            default -> false;
          };
      if (isValue) {
        operands.set(i, as(over.getType(), operands.get(i)));
      }
    }
    return operands;
  }

  private RexNode as(RelDataType type, RexNode node) {
    if (node.getType().getSqlTypeName() == type.getSqlTypeName()) {
      return node;
    }
    RelDataTypeFactory types = builder.getTypeFactory();
    boolean nullable = node.getType().isNullable();
    return builder.makeAbstractCast(types.createTypeWithNullability(type, nullable), node, false);
  }

  private ImmutableList<RexFieldCollation> order(RexWindow window) {
    boolean isMeasured =
        !window.isRows() && (isOffset(window.getLowerBound()) || isOffset(window.getUpperBound()));
    if (isMeasured) {
      return window.orderKeys;
    }
    return window.orderKeys.stream()
        .map(key -> new RexFieldCollation(place(key.left), key.right))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isOffset(RexWindowBound bound) {
    return !bound.isUnbounded() && !bound.isCurrentRow();
  }

  /** A whole number that is equal and ordered as the value is; the value itself if it is one. */
  private RexNode place(RexNode value) {
    return switch (ValueKind.of(value.getType())) {
      case BOOLEAN, INT, LONG, DATE -> value;
      default -> builder.makeCall(PLACE, value);
    };
  }
}
