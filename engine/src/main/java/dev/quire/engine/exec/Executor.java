package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.engine.rel.SimpleScan;
import dev.quire.spi.SourceException;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** Runs plans. Stateless and thread-safe. */
public final class Executor {
  private Executor() {}

  /**
   * Compiles a plan and opens it. Sends nothing before the first row is asked for.
   *
   * @throws SourceException UNSUPPORTED naming the function or operator that cannot be run
   */
  public static RowCursor open(RelNode root, ExecutionContext context) {
    return open(root, context, new Positions(PlanPosition.START));
  }

  /**
   * As {@link #open(RelNode, ExecutionContext)}, from a position on.
   *
   * @param positions where to begin, and where the position can be asked for from then on
   */
  public static RowCursor open(RelNode root, ExecutionContext context, Positions positions) {
    Run run = new Run(context.statement(), positions);
    return open(new PlanCompiler(context, run).compile(root), run);
  }

  /** As {@link #open(RelNode, ExecutionContext, Positions)}, for a plan without a tree. */
  public static RowCursor open(SimpleScan plan, ExecutionContext context, Positions positions) {
    Run run = new Run(context.statement(), positions);
    return open(ScanOperators.of(plan, context, run), run);
  }

  private static RowCursor open(Operator plan, Run run) {
    run.positions().requireFitting();
    return new RootCursor(plan.open(Demand.ALL), run);
  }

  /** Ends the execution with itself. */
  private static final class RootCursor implements RowCursor {
    private final RowCursor plan;
    private final Run run;

    RootCursor(RowCursor plan, Run run) {
      this.plan = plan;
      this.run = run;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      run.tick();
      @Nullable Object[] row = plan.next();
      run.positions().settle();
      return row;
    }

    @Override
    public void close() {
      run.close();
      plan.close();
    }
  }
}
