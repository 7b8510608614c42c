package dev.quire.engine.rel;

import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A leaf: one scan of a remote table with what the source accepted. Its rows have the columns of
 * {@link #request} in order, or the accepted aggregation's. Immutable.
 */
public final class ScanRel extends AbstractRelNode {
  private final ScanTarget target;
  private final Pushdown pushdown;
  private final ScanRequest request;

  /**
   * @param pushdown the source's answer, for EXPLAIN
   * @param request what will be opened: the accepted scan, its columns narrowed
   */
  public ScanRel(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelDataType rowType,
      ScanTarget target,
      Pushdown pushdown,
      ScanRequest request) {
    super(cluster, traits);
    this.rowType = rowType;
    this.target = target;
    this.pushdown = pushdown;
    this.request = request;
  }

  public ScanTarget target() {
    return target;
  }

  public Pushdown pushdown() {
    return pushdown;
  }

  public ScanRequest request() {
    return request;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return this;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("table", target.place()).item("request", request);
  }
}
