package dev.quire.engine.plan;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Takes away casts of a text to a longer text, and of a whole number to a wider one, where values
 * are compared: they change nothing, and would hide the column from sources and from joins by key.
 */
final class WideningCasts extends RexShuttle {
  private WideningCasts() {}

  static RelNode removeFrom(RelNode root) {
    WideningCasts casts = new WideningCasts();
    return root.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(casts);
          }
        });
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexNode visited = super.visitSubQuery(subQuery);
    return visited instanceof RexSubQuery inner ? inner.clone(removeFrom(inner.rel)) : visited;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall changed) || !SqlKind.COMPARISON.contains(call.getKind())) {
      return visited;
    }
    List<RexNode> operands =
        changed.getOperands().stream().map(WideningCasts::withoutCast).toList();
    return operands.equals(changed.getOperands())
        ? changed
        : changed.clone(changed.getType(), operands);
  }

  private static RexNode withoutCast(RexNode node) {
    if (node instanceof RexCall cast && cast.getKind() == SqlKind.CAST) {
      RexNode operand = cast.getOperands().get(0);
      RelDataType from = operand.getType();
      RelDataType to = cast.getType();
      if (isLongerText(from, to) || isWiderNumber(from, to)) {
        return operand;
      }
    }
    return node;
  }

  private static boolean isLongerText(RelDataType from, RelDataType to) {
    boolean longer =
        to.getPrecision() < 0
            || (from.getPrecision() >= 0 && to.getPrecision() >= from.getPrecision());
    return longer
        && from.getSqlTypeName() == SqlTypeName.VARCHAR
        && to.getSqlTypeName() == SqlTypeName.VARCHAR;
  }

  private static boolean isWiderNumber(RelDataType from, RelDataType to) {
    return SqlTypeName.INT_TYPES.contains(from.getSqlTypeName())
        && SqlTypeName.EXACT_TYPES.contains(to.getSqlTypeName())
        && to.getPrecision() - to.getScale() >= from.getPrecision();
  }
}
