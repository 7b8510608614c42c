package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.chain.ScanPosition;
import dev.quire.engine.exec.eval.Conditions;
import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.engine.rel.SimpleScan;
import dev.quire.spi.ScanRequest;

/** Operators of a scan and of what may stand above it without a tree of nodes. */
final class ScanOperators {
  private ScanOperators() {}

  /** In the order in which {@link PlanCompiler} makes them of such a plan's tree. */
  static Operator of(SimpleScan plan, ExecutionContext context, Run run) {
    Operator rows = scan(plan.target(), plan.request(), context, run);
    if (!plan.residual().isEmpty()) {
      rows = filter(rows, Conditions.of(plan.residual(), plan.request().columns()));
    }
    if (!plan.isWhole()) {
      rows =
          project(
              rows,
              plan.projection().stream().map(Evaluator.Column::new).toArray(Evaluator[]::new));
    }
    return plan.offset() == 0 && plan.limit().isEmpty()
        ? rows
        : limit(rows, plan.offset(), plan.limit().orElse(Long.MAX_VALUE), run);
  }

  static Operator scan(ScanTarget target, ScanRequest request, ExecutionContext context, Run run) {
    Positions.Place<ScanPosition> place = run.positions().scan();
    return demand -> new ScanCursor(target, request, demand, context, run).at(place);
  }

  static Operator filter(Operator input, Evaluator condition) {
    return demand -> new FilterCursor(input.open(Operator.throughFilter(demand)), condition);
  }

  static Operator project(Operator input, Evaluator[] columns) {
    return demand -> new ProjectCursor(input.open(demand), columns);
  }

  static Operator limit(Operator input, long offset, long limit, Run run) {
    Positions.Place<Long> place = run.positions().limit();
    return demand -> {
      long give = Math.min(limit, demand.rows());
      Demand wanted = new Demand(sum(give, offset), demand.certain());
      RowCursor rows = input.open(Operator.after(wanted, place.start()));
      return new LimitCursor(rows, offset, sum(limit, offset), place);
    };
  }

  private static long sum(long rows, long offset) {
    return rows > Long.MAX_VALUE - offset ? Long.MAX_VALUE : rows + offset;
  }
}
