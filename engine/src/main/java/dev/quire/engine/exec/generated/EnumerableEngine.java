package dev.quire.engine.exec.generated;

import dev.quire.engine.exec.BlockingEngine;
import dev.quire.engine.exec.RowCursor;
import dev.quire.engine.exec.RowInputRel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's enumerable convention as a {@link BlockingEngine}: projections with windows,
 * aggregates, sorts, and UNNEST. Keeps its rows in memory. Thread-safe.
 */
public final class EnumerableEngine implements BlockingEngine {

  @Override
  public Optional<Prepared> prepare(RelNode fragment) {
    if (!(fragment.getCluster().getTypeFactory() instanceof JavaTypeFactory types)) {
      return Optional.empty();
    }
    try {
      EnumerableRel plan = plan(fragment, types);
      Bindable<?> code =
          EnumerableInterpretable.toBindable(
              new HashMap<>(), null, plan, EnumerableRel.Prefer.ARRAY);
      return Optional.of(inputs -> open(code, fragment, inputs));
    } catch (RuntimeException | AssertionError e) {
      return Optional.empty();
    }
  }

  private static EnumerableRel plan(RelNode fragment, JavaTypeFactory types) {
    VolcanoPlanner planner = new VolcanoPlanner();
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRule(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);
    planner.addRule(CoreRules.PROJECT_TO_CALC);
    planner.addRule(EnumerableRules.ENUMERABLE_CALC_RULE);
    planner.addRule(EnumerableRules.ENUMERABLE_WINDOW_RULE);
    planner.addRule(CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES);
    planner.addRule(EnumerableRules.ENUMERABLE_AGGREGATE_RULE);
    planner.addRule(EnumerableRules.ENUMERABLE_SORT_RULE);
    planner.addRule(EnumerableRules.ENUMERABLE_UNCOLLECT_RULE);
    RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
    RelNode root = moved(fragment, cluster);
    planner.setRoot(
        planner.changeTraits(root, root.getTraitSet().replace(EnumerableConvention.INSTANCE)));
    return (EnumerableRel) planner.findBestExp();
  }

  /** The same nodes with another planner. */
  private static RelNode moved(RelNode node, RelOptCluster cluster) {
    if (node instanceof RowInputRel leaf) {
      return new InputRel(cluster, leaf.getRowType(), leaf.index());
    }
    RelNode input = moved(node.getInput(0), cluster);
    if (node instanceof Project project) {
      return LogicalProject.create(
          input, List.of(), project.getProjects(), project.getRowType(), Set.of());
    }
    if (node instanceof Aggregate aggregate) {
      return LogicalAggregate.create(
          input,
          List.of(),
          aggregate.getGroupSet(),
          aggregate.getGroupSets(),
          aggregate.getAggCallList());
    }
    if (node instanceof Sort sort) {
      return LogicalSort.create(input, sort.getCollation(), sort.offset, sort.fetch);
    }
    if (node instanceof Uncollect uncollect) {
      return Uncollect.create(cluster.traitSet(), input, uncollect.withOrdinality, List.of());
    }
    throw new IllegalArgumentException(node.getRelTypeName());
  }

  private static RowCursor open(Bindable<?> code, RelNode fragment, List<RowCursor> inputs) {
    List<RelDataType> types = InputTypes.of(fragment, inputs.size());
    List<Enumerable<@Nullable Object>> encoded = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      encoded.add(new EncodedRows(inputs.get(i), types.get(i)));
    }
    Enumerable<?> rows = code.bind(new InputContext(encoded, new Object[0]));
    return new DecodedCursor(rows, fragment.getRowType(), inputs);
  }
}
