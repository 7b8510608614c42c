package dev.quire.engine.rel;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Join;

/**
 * A join that is decided while it runs: reads its input until that ends or has too many keys. If it
 * ended, the matching rows of the other side are looked up by key; else the other side is read
 * whole. Immutable.
 */
public final class AdaptiveJoinRel extends SingleRel {
  private final Ways ways;

  /**
   * The two ways to go on, both over the same leaf and with the same rows.
   *
   * @param leaf stands for the input
   * @param keyed the matching rows are looked up
   * @param lookup the bind join in {@code keyed}
   * @param whole the other side is read whole
   * @param mostKeys distinct keys up to which {@code keyed} is taken
   */
  public record Ways(DriverRel leaf, RelNode keyed, BindJoinRel lookup, Join whole, int mostKeys) {}

  /**
   * @param input the side that is read first
   */
  public AdaptiveJoinRel(RelNode input, Ways ways) {
    super(input.getCluster(), input.getTraitSet(), input);
    this.rowType = ways.whole().getRowType();
    this.ways = ways;
  }

  public Ways ways() {
    return ways;
  }

  /** The side that is looked up or read whole, as it is read whole. */
  public RelNode other() {
    return ways.whole().getLeft() == ways.leaf() ? ways.whole().getRight() : ways.whole().getLeft();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new AdaptiveJoinRel(inputs.get(0), ways);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("keyed", ways.lookup())
        .item("whole", ways.whole())
        .item("mostKeys", ways.mostKeys());
  }
}
