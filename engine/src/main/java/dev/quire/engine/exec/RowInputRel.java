package dev.quire.engine.exec;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A leaf of a plan's fragment: rows that are handed in when the fragment runs. Immutable. */
public final class RowInputRel extends AbstractRelNode {
  private final int index;

  /**
   * @param index which of the inputs, from 0
   */
  public RowInputRel(RelOptCluster cluster, RelTraitSet traits, RelDataType type, int index) {
    super(cluster, traits);
    this.rowType = type;
    this.index = index;
  }

  public int index() {
    return index;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return this;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("input", index);
  }
}
