package dev.quire.engine.plan;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;

/** The fixed sequence of rewrites from a converted statement to a plan. For one statement. */
final class Pipeline {
  private final FrontEnd frontEnd;
  private final PlanOptions options;

  Pipeline(FrontEnd frontEnd, PlanOptions options) {
    this.frontEnd = frontEnd;
    this.options = options;
  }

  RelNode run(RelRoot root) {
    RelNode joined = Rewrites.withoutSubQueries(WideningCasts.removeFrom(root.project()));
    RelNode filtered = Rewrites.filtersDown(joined);
    RelNode trimmed = Rewrites.projectsMerged(frontEnd.trim(filtered));
    RelNode hinted = LimitHints.apply(trimmed);
    ConstantFolder constants =
        new ConstantFolder(frontEnd.cluster().getRexBuilder(), options.now());
    return new ScanPlacer(new ScanPlanner(options, constants)).place(hinted);
  }
}
