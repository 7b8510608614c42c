package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ExpressionCompiler;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A join's condition: keys that must be equal, each from a row of one side, and what is left to
 * check on both rows together. Immutable.
 *
 * @param residual over the left row's columns, then the right's; null if there is none
 */
record JoinCondition(
    List<Evaluator> leftKeys, List<Evaluator> rightKeys, @Nullable Evaluator residual) {

  static JoinCondition of(Join join, ExpressionCompiler compiler) {
    int split = join.getLeft().getRowType().getFieldCount();
    int width = split + join.getRight().getRowType().getFieldCount();
    List<Evaluator> leftKeys = new ArrayList<>();
    List<Evaluator> rightKeys = new ArrayList<>();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode part : RelOptUtil.conjunctions(join.getCondition())) {
      RexNode[] sides = sides(part, ImmutableBitSet.range(split), width);
      if (sides == null) {
        rest.add(part);
      } else {
        leftKeys.add(compiler.compile(sides[0]));
        rightKeys.add(compiler.compile(RexUtil.shift(sides[1], -split)));
      }
    }
    RexNode residual = RexUtil.composeConjunction(join.getCluster().getRexBuilder(), rest);
    return new JoinCondition(
        leftKeys, rightKeys, residual.isAlwaysTrue() ? null : compiler.compile(residual));
  }

  /** The left and the right expression of an equality between the two sides; null for others. */
  private static RexNode @Nullable [] sides(RexNode part, ImmutableBitSet left, int width) {
    if (part.getKind() != SqlKind.EQUALS) {
      return null;
    }
    RexNode a = ((RexCall) part).getOperands().get(0);
    RexNode b = ((RexCall) part).getOperands().get(1);
    ImmutableBitSet right = ImmutableBitSet.range(left.cardinality(), width);
    if (isOf(a, left) && isOf(b, right)) {
      return new RexNode[] {a, b};
    }
    return isOf(a, right) && isOf(b, left) ? new RexNode[] {b, a} : null;
  }

  private static boolean isOf(RexNode node, ImmutableBitSet columns) {
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(node);
    return !used.isEmpty() && columns.contains(used);
  }
}
