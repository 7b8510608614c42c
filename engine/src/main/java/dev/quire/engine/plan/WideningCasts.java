package dev.quire.engine.plan;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Takes away casts of a text to a longer text where texts are compared: they change nothing, and
 * would hide the column from sources and from joins by key.
 */
final class TextCasts extends RexShuttle {
  private TextCasts() {}

  static RelNode removeFrom(RelNode root) {
    TextCasts casts = new TextCasts();
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
    List<RexNode> operands = changed.getOperands().stream().map(TextCasts::withoutCast).toList();
    return operands.equals(changed.getOperands())
        ? changed
        : changed.clone(changed.getType(), operands);
  }

  private static RexNode withoutCast(RexNode node) {
    if (node instanceof RexCall cast && cast.getKind() == SqlKind.CAST) {
      RexNode operand = cast.getOperands().get(0);
      int from = operand.getType().getPrecision();
      int to = cast.getType().getPrecision();
      boolean longer = to < 0 || (from >= 0 && to >= from);
      if (longer
          && operand.getType().getSqlTypeName() == SqlTypeName.VARCHAR
          && cast.getType().getSqlTypeName() == SqlTypeName.VARCHAR) {
        return operand;
      }
    }
    return node;
  }
}
