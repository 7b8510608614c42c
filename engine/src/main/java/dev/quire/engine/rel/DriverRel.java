package dev.quire.engine.rel;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;

/** A leaf in the ways of an {@link AdaptiveJoinRel}: the rows of its input. Immutable. */
public final class DriverRel extends AbstractRelNode {

  public DriverRel(RelOptCluster cluster, RelTraitSet traits, RelDataType rowType) {
    super(cluster, traits);
    this.rowType = rowType;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return this;
  }
}
