package dev.quire.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;

/** The fixed sequence of rewrites from a converted statement to a plan. For one statement. */
final class Pipeline {
  private final FrontEnd frontEnd;
  private final PlanOptions options;
  private List<String> notes = List.of();

  Pipeline(FrontEnd frontEnd, PlanOptions options) {
    this.frontEnd = frontEnd;
    this.options = options;
  }

  RelNode run(RelRoot root) {
    RelNode joined = Rewrites.withoutSubQueries(WideningCasts.removeFrom(root.project()));
    RelNode filtered = Rewrites.filtersDown(joined);
    RelNode trimmed = Rewrites.projectsMerged(frontEnd.trim(filtered));
    ConstantFolder constants =
        new ConstantFolder(frontEnd.cluster().getRexBuilder(), options.now());
    ScanPlanner scans = new ScanPlanner(options, constants);
    CollectionJoins collections = new CollectionJoins(scans);
    NavigationJoins navigations = new NavigationJoins(scans);
    RelNode followed = trimmed.accept(collections).accept(navigations);
    List<String> all = new ArrayList<>(collections.notes());
    all.addAll(navigations.notes());
    notes = List.copyOf(all);
    return new ScanPlacer(scans).place(LimitHints.apply(followed));
  }

  /** What was chosen, and why, for EXPLAIN; after {@link #run}. */
  List<String> notes() {
    return notes;
  }
}
