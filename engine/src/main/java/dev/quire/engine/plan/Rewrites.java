package dev.quire.engine.plan;

import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterCorrelateRule;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.SemiJoinRule;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * Calcite's rules, in fixed lists that run to their end; no plan is searched by cost. Each rule is
 * made from its own configuration, because the class that lists them all takes long to load.
 */
final class Rewrites {
  private static final RelBuilderFactory BUILDERS = RelBuilder.proto(Contexts.of(FrontEnd.PLAIN));

  private Rewrites() {}

  /** Sub-queries become joins, and correlated joins plain ones where that can be done. */
  static RelNode withoutSubQueries(RelNode root) {
    if (!hasSubQuery(root)) {
      return root;
    }
    RelNode joined =
        run(
            root,
            List.of(
                SubQueryRemoveRule.Config.FILTER.withRelBuilderFactory(BUILDERS).toRule(),
                SubQueryRemoveRule.Config.PROJECT.withRelBuilderFactory(BUILDERS).toRule(),
                SubQueryRemoveRule.Config.JOIN.withRelBuilderFactory(BUILDERS).toRule()));
    return RelDecorrelator.decorrelateQuery(joined, BUILDERS.create(root.getCluster(), null));
  }

  private static boolean hasSubQuery(RelNode root) {
    boolean[] found = {false};
    RexShuttle finder =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            found[0] = true;
            return subQuery;
          }
        };
    root.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            other.accept(finder);
            return found[0] ? other : super.visit(other);
          }
        });
    return found[0];
  }

  /** Conditions go as far down as they can; joins that only test for a match become semi-joins. */
  static RelNode filtersDown(RelNode root) {
    return run(
        root,
        List.of(
            FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT
                .withRelBuilderFactory(BUILDERS)
                .toRule(),
            FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT
                .withRelBuilderFactory(BUILDERS)
                .toRule(),
            FilterProjectTransposeRule.Config.DEFAULT.withRelBuilderFactory(BUILDERS).toRule(),
            FilterMergeRule.Config.DEFAULT.withRelBuilderFactory(BUILDERS).toRule(),
            FilterAggregateTransposeRule.Config.DEFAULT.withRelBuilderFactory(BUILDERS).toRule(),
            FilterSetOpTransposeRule.Config.DEFAULT.withRelBuilderFactory(BUILDERS).toRule(),
            FilterCorrelateRule.Config.DEFAULT.withRelBuilderFactory(BUILDERS).toRule(),
            SemiJoinRule.ProjectToSemiJoinRule.ProjectToSemiJoinRuleConfig.DEFAULT
                .withRelBuilderFactory(BUILDERS)
                .toRule()));
  }

  /** Projections merge, and those that change nothing go; to be run after trimming. */
  static RelNode projectsMerged(RelNode root) {
    return run(
        root,
        List.of(
            ProjectMergeRule.Config.DEFAULT.withRelBuilderFactory(BUILDERS).toRule(),
            ProjectRemoveRule.Config.DEFAULT.withRelBuilderFactory(BUILDERS).toRule(),
            SemiJoinRule.ProjectToSemiJoinRule.ProjectToSemiJoinRuleConfig.DEFAULT
                .withRelBuilderFactory(BUILDERS)
                .toRule()));
  }

  private static RelNode run(RelNode root, List<RelOptRule> rules) {
    HepProgramBuilder program = HepProgram.builder();
    program.addRuleCollection(rules);
    RelOptPlanner planner = new HepPlanner(program.build());
    planner.setExecutor(FrontEnd.NO_FOLDING);
    planner.setRoot(root);
    return planner.findBestExp();
  }
}
