package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * A part of a plan that reads one table and does nothing else: conditions, then a projection, then
 * at most one aggregate or one sort (with its limit). Immutable.
 *
 * @param top the part's uppermost node
 * @param conditions over the table's columns
 * @param projection over the table's columns
 * @param projected the node that gives the projection, below aggregate and sort
 */
record Chain(
    RelNode top,
    TableScan scan,
    List<RexNode> conditions,
    List<RexNode> projection,
    RelNode projected,
    @Nullable Aggregate aggregate,
    @Nullable Sort sort) {

  Chain {
    conditions = List.copyOf(conditions);
    projection = List.copyOf(projection);
  }

  ScanTarget target() {
    return Objects.requireNonNull(scan.getTable().unwrap(SourceTable.class)).target();
  }

  /** The table's column that a place of the projection is; empty if it is computed. */
  Optional<String> column(int place) {
    return projection.get(place) instanceof RexInputRef ref
        ? Optional.of(scan.getRowType().getFieldNames().get(ref.getIndex()))
        : Optional.empty();
  }

  /**
   * A scan of another table of the source at the same place.
   *
   * @param row the table's columns
   */
  LogicalTableScan scanOf(Table table, RelDataType row) {
    RelOptTable known = scan.getTable();
    return LogicalTableScan.create(
        scan.getCluster(),
        RelOptTableImpl.create(
            known.getRelOptSchema(),
            row,
            known.getQualifiedName(),
            new SourceTable(new ScanTarget(target().place(), table)),
            Expressions.constant(0)),
        List.of());
  }

  Chain withConditions(List<RexNode> changed) {
    return new Chain(top, scan, changed, projection, projected, aggregate, sort);
  }

  /** Without a projection where only rows are counted. */
  Chain withoutUnread() {
    boolean counts =
        aggregate != null
            && aggregate.getGroupSet().isEmpty()
            && aggregate.getAggCallList().stream()
                .allMatch(call -> call.getArgList().isEmpty() && !call.hasFilter());
    return counts ? new Chain(top, scan, conditions, List.of(), projected, aggregate, sort) : this;
  }

  /** The chain that ends in a node, or null if the node is more than that. */
  static @Nullable Chain of(RelNode node) {
    if (node instanceof TableScan scan) {
      RexBuilder builder = node.getCluster().getRexBuilder();
      List<RexNode> all = new ArrayList<>();
      for (int i = 0; i < scan.getRowType().getFieldCount(); i++) {
        all.add(builder.makeInputRef(scan, i));
      }
      return new Chain(node, scan, List.of(), all, node, null, null);
    }
    Chain below = node.getInputs().size() == 1 ? of(node.getInput(0)) : null;
    return below == null ? null : below.with(node);
  }

  private @Nullable Chain with(RelNode node) {
    boolean plain = aggregate == null && sort == null;
    if (node instanceof Filter filter && plain && isSimple(filter.getCondition())) {
      List<RexNode> all = new ArrayList<>(conditions);
      RelOptUtil.conjunctions(filter.getCondition()).forEach(each -> all.add(overScan(each)));
      return new Chain(node, scan, all, projection, node, null, null);
    }
    if (node instanceof Project project
        && plain
        && project.getProjects().stream().allMatch(Chain::isSimple)) {
      List<RexNode> composed = project.getProjects().stream().map(this::overScan).toList();
      return new Chain(node, scan, conditions, composed, node, null, null);
    }
    if (node instanceof Aggregate above && plain) {
      return new Chain(node, scan, conditions, projection, projected, above, null);
    }
    if (node instanceof Sort above && plain) {
      return new Chain(node, scan, conditions, projection, projected, null, above);
    }
    return null;
  }

  private static boolean isSimple(RexNode node) {
    return !RexOver.containsOver(node) && RexUtil.isDeterministic(node);
  }

  private RexNode overScan(RexNode node) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return projection.get(ref.getIndex());
          }
        });
  }
}
