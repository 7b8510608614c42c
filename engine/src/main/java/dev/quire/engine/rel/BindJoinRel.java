package dev.quire.engine.rel;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * A join that reads its input, and looks the matching rows up in a remote table: the distinct keys
 * of the input, in batches, become a filter of a scan. Rows are the input's columns, then the
 * lookup's (for INNER and LEFT), or the input's alone (SEMI, ANTI). Immutable.
 */
public final class BindJoinRel extends SingleRel {
  private final ScanRel lookup;
  private final JoinRelType joinType;
  private final int inputKey;
  private final String lookupColumn;
  private final RexNode condition;
  private final int batchSize;

  /**
   * @param lookup the scan without the key filter; its columns hold {@code lookupColumn}
   * @param joinType INNER, LEFT, SEMI or ANTI
   * @param inputKey index of the key in the input's rows
   * @param lookupColumn the table's column that the key must equal
   * @param condition the whole join condition over input and lookup columns, the key's equality
   *     included; always checked again
   * @param batchSize keys per scan; 1 means an equality filter, more an IN
   */
  public BindJoinRel(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelDataType rowType,
      RelNode input,
      ScanRel lookup,
      JoinRelType joinType,
      int inputKey,
      String lookupColumn,
      RexNode condition,
      int batchSize) {
    super(cluster, traits, input);
    this.rowType = rowType;
    this.lookup = lookup;
    this.joinType = joinType;
    this.inputKey = inputKey;
    this.lookupColumn = lookupColumn;
    this.condition = condition;
    this.batchSize = batchSize;
  }

  public ScanRel lookup() {
    return lookup;
  }

  public JoinRelType joinType() {
    return joinType;
  }

  public int inputKey() {
    return inputKey;
  }

  public String lookupColumn() {
    return lookupColumn;
  }

  public RexNode condition() {
    return condition;
  }

  public int batchSize() {
    return batchSize;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new BindJoinRel(
        getCluster(),
        traits,
        rowType,
        inputs.get(0),
        lookup,
        joinType,
        inputKey,
        lookupColumn,
        condition,
        batchSize);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("lookup", lookup.target().place())
        .item("key", lookupColumn)
        .item("joinType", joinType.lowerName)
        .item("condition", condition)
        .item("batch", batchSize);
  }
}
