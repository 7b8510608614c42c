package dev.quire.engine.plan;

import dev.quire.spi.SourceException;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Replaces every chain of a plan by a negotiated scan, and joins by bind joins. For one statement.
 */
final class ScanPlacer {
  private final ScanPlanner scans;
  private final BindJoins bindJoins;
  private final IdentityHashMap<RelNode, RelNode> placed = new IdentityHashMap<>();

  ScanPlacer(ScanPlanner scans) {
    this.scans = scans;
    this.bindJoins = new BindJoins(scans, this::place);
  }

  /**
   * Plans a part; the same part is planned once, however often it is asked for.
   *
   * @throws SourceException INVALID_STATEMENT where a table cannot be read without keys
   */
  RelNode place(RelNode node) {
    RelNode known = placed.get(node);
    if (known == null) {
      known = placeAnew(node);
      placed.put(node, known);
    }
    return known;
  }

  private RelNode placeAnew(RelNode node) {
    Chain chain = Chain.of(node);
    if (chain != null) {
      return scans.plan(chain);
    }
    if (node instanceof Join join) {
      RelNode bound = bindJoins.bind(join);
      if (bound != null) {
        return bound;
      }
    }
    List<RelNode> inputs = node.getInputs().stream().map(this::place).toList();
    return merged(node.copy(node.getTraitSet(), inputs));
  }

  /** A projection over one that only picks columns becomes one. */
  private static RelNode merged(RelNode node) {
    if (node instanceof Project outer
        && outer.getInput() instanceof Project inner
        && !outer.containsOver()
        && inner.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
      List<RexNode> picked = RelOptUtil.pushPastProject(outer.getProjects(), inner);
      return outer.copy(outer.getTraitSet(), inner.getInput(), picked, outer.getRowType());
    }
    return node;
  }
}
