package dev.quire.engine.plan;

import java.math.BigDecimal;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** Puts a limit on a statement from outside, as if its text had ended with it. */
final class RowLimit {
  private RowLimit() {}

  static RelRoot apply(RelRoot root, long rows) {
    RelNode rel = root.rel;
    RexNode limit = rel.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.valueOf(rows));
    if (!(rel instanceof Sort sort)) {
      return root.withRel(LogicalSort.create(rel, RelCollations.EMPTY, null, limit));
    }
    boolean isSmaller =
        sort.fetch != null && RexLiteral.bigDecimalValue(sort.fetch).longValue() <= rows;
    RexNode fetch = isSmaller ? sort.fetch : limit;
    return root.withRel(
        sort.copy(sort.getTraitSet(), sort.getInput(), sort.getCollation(), sort.offset, fetch));
  }
}
