package dev.quire.engine.exec;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * PERCENT_RANK, CUME_DIST and NTILE by way of ROW_NUMBER, RANK and COUNT, as the standard defines
 * them. The engine behind the port has none of the first two, and makes uneven buckets. For one
 * plan.
 */
final class DerivedWindows extends RexShuttle {
  private final RexBuilder builder;
  private final RelDataType whole;
  private final RelDataType real;

  DerivedWindows(RexBuilder builder) {
    this.builder = builder;
    RelDataTypeFactory types = builder.getTypeFactory();
    this.whole = types.createSqlType(SqlTypeName.BIGINT);
    this.real = types.createSqlType(SqlTypeName.DOUBLE);
  }

  @Override
  public RexNode visitOver(RexOver over) {
    RexWindow window = over.getWindow();
    return switch (over.getKind()) {
      case PERCENT_RANK -> as(over, percentRank(window));
      case CUME_DIST -> as(over, quotient(upToPeers(window), all(window)));
      case NTILE -> as(over, bucket(window, over.getOperands().get(0)));
      default -> over;
    };
  }

  private RexNode as(RexOver over, RexNode derived) {
    return builder.makeAbstractCast(over.getType(), derived, false);
  }

  /** The rows before the row and its peers, of all but one; 0 for a row alone. */
  private RexNode percentRank(RexWindow window) {
    RexNode all = all(window);
    RexNode before = minus(ranked(SqlStdOperatorTable.RANK, window), number(1));
    return builder.makeCall(
        SqlStdOperatorTable.CASE,
        builder.makeCall(SqlStdOperatorTable.EQUALS, all, number(1)),
        builder.makeCast(real, number(0)),
        quotient(before, minus(all, number(1))));
  }

  /** Buckets that differ by one row at most, the greater ones first. */
  private RexNode bucket(RexWindow window, RexNode buckets) {
    RexNode count = builder.makeCast(whole, buckets);
    RexNode before = minus(ranked(SqlStdOperatorTable.ROW_NUMBER, window), number(1));
    RexNode size = call(SqlStdOperatorTable.DIVIDE, all(window), count);
    RexNode greater = call(SqlStdOperatorTable.MOD, all(window), count);
    RexNode greaterSize = call(SqlStdOperatorTable.PLUS, size, number(1));
    RexNode index =
        builder.makeCall(
            SqlStdOperatorTable.CASE,
            builder.makeCall(
                SqlStdOperatorTable.LESS_THAN,
                before,
                call(SqlStdOperatorTable.MULTIPLY, greater, greaterSize)),
            call(SqlStdOperatorTable.DIVIDE, before, greaterSize),
            call(SqlStdOperatorTable.DIVIDE, minus(before, greater), size));
    return call(SqlStdOperatorTable.PLUS, index, number(1));
  }

  private RexNode quotient(RexNode part, RexNode all) {
    return builder.makeCall(
        real,
        SqlStdOperatorTable.DIVIDE,
        List.of(builder.makeCast(real, part), builder.makeCast(real, all)));
  }

  private RexNode minus(RexNode value, RexNode less) {
    return call(SqlStdOperatorTable.MINUS, value, less);
  }

  private RexNode call(SqlOperator operator, RexNode a, RexNode b) {
    return builder.makeCall(whole, operator, List.of(a, b));
  }

  private RexNode number(int value) {
    return builder.makeLiteral(value, whole, false);
  }

  private RexNode ranked(SqlAggFunction function, RexWindow window) {
    boolean isRows = function.getKind() == SqlKind.ROW_NUMBER;
    return over(function, window, window.orderKeys, isRows, RexWindowBounds.CURRENT_ROW);
  }

  private RexNode upToPeers(RexWindow window) {
    return over(
        SqlStdOperatorTable.COUNT, window, window.orderKeys, false, RexWindowBounds.CURRENT_ROW);
  }

  private RexNode all(RexWindow window) {
    return over(
        SqlStdOperatorTable.COUNT,
        window,
        ImmutableList.of(),
        true,
        RexWindowBounds.UNBOUNDED_FOLLOWING);
  }

  private RexNode over(
      SqlAggFunction function,
      RexWindow window,
      ImmutableList<RexFieldCollation> order,
      boolean isRows,
      RexWindowBound end) {
    return builder.makeOver(
        whole,
        function,
        List.of(),
        window.partitionKeys,
        order,
        RexWindowBounds.UNBOUNDED_PRECEDING,
        end,
        RexWindowExclusion.EXCLUDE_NO_OTHER,
        isRows,
        true,
        false,
        false,
        false);
  }
}
