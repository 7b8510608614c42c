package dev.quire.engine;

import dev.quire.chain.BudgetState;
import dev.quire.chain.Costs;
import dev.quire.chain.StatementContext;
import dev.quire.chain.Usage;
import dev.quire.chain.Verdict;
import dev.quire.engine.exec.ExecutionContext;
import dev.quire.engine.exec.Executor;
import dev.quire.engine.exec.PlanPosition;
import dev.quire.engine.exec.Positions;
import dev.quire.engine.exec.RowCursor;
import dev.quire.engine.plan.Plan;
import dev.quire.engine.plan.Plans;
import dev.quire.engine.plan.Refusals;
import dev.quire.engine.plan.Resumption;
import dev.quire.engine.sys.Outcome;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running statement. Where a source declines before the first row what it had accepted, the
 * statement is planned and started again without that.
 */
final class StatementResult implements Result {
  private final QuireEngine.Replanning replanning;
  private final ScanProgress progress = new ScanProgress();
  private final ExecutionContext execution;
  private final Manner manner;
  private final Ending onEnd;
  private final List<ResultColumn> columns;
  private Refusals refused;
  private Plan plan;
  private Positions positions;
  private @Nullable String fingerprint;
  private RowCursor cursor;
  private long rows;
  private boolean ended;
  private @Nullable SourceException failure;
  private volatile Verdict verdict = Verdict.partial("not read to the end");

  /** Told once how a statement ended. */
  interface Ending {
    void ended(Outcome outcome, Optional<String> reason, long rows);
  }

  /**
   * @param rowBudget the most rows; when there are more, the budget is used up
   * @param resume where to begin; empty for the first row
   * @param byKey whether it goes on by key where that place is no longer good
   */
  record Manner(long rowBudget, Optional<ResumePoint> resume, boolean byKey) {}

  StatementResult(
      Plan plan,
      QuireEngine.Replanning replanning,
      ExecutionContext execution,
      Manner manner,
      Ending onEnd) {
    this.plan = plan;
    this.replanning = replanning;
    this.execution = execution.withListener(progress);
    this.manner = manner;
    this.refused = manner.resume().map(ResumePoint::refused).orElse(Refusals.NONE);
    this.onEnd = onEnd;
    this.columns = plan.columns().stream().map(ResultColumn::of).toList();
    manner.resume().ifPresent(this::requireSame);
    this.positions =
        new Positions(
            manner.resume().map(ResumePoint::position).orElse(PlanPosition.START), manner.byKey());
    this.cursor = open();
  }

  private void requireSame(ResumePoint point) {
    Optional<String> obstacle = plan.obstacleToResume();
    if (obstacle.isPresent()) {
      throw new SourceException(ErrorKind.UNSUPPORTED, "no resume: " + obstacle.get());
    }
    if (!point.plan().equals(fingerprint())) {
      throw new SourceException(
              ErrorKind.OUTDATED,
              "the resume point is of another statement, of other parameters, options or sources,"
                  + " or the table has changed since")
          .withHint("Resume the statement exactly as it was first run, or read it from its start.");
    }
  }

  private String fingerprint() {
    String known = fingerprint;
    if (known == null) {
      known = Resumption.fingerprint(plan, statement());
      fingerprint = known;
    }
    return known;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return null;
    }
    while (true) {
      try {
        @Nullable Object @Nullable [] row = cursor.next();
        if (row == null) {
          end(Verdict.COMPLETE, Outcome.COMPLETE);
        } else if (rows == manner.rowBudget()) {
          throw statement().rowsExceeded(manner.rowBudget());
        } else {
          rows++;
        }
        return row;
      } catch (SourceException e) {
        if (!restarted(e)) {
          return partial(e);
        }
      } catch (RuntimeException e) {
        SourceException fault =
            new SourceException(ErrorKind.INTERNAL, "a fault of Quire's own: " + e, e);
        end(Verdict.partial(fault.problem()), Outcome.FAILED);
        failure = fault;
        throw fault;
      }
    }
  }

  /** Starts again without what a source has refused; false if that is not what happened. */
  private boolean restarted(SourceException fault) {
    if (fault.kind() != ErrorKind.PUSHDOWN_REFUSED || rows > 0 || manner.resume().isPresent()) {
      return false;
    }
    Optional<String> place = Plans.placeOf(plan.root(), fault.place().orElse(""));
    Optional<Refusals> more =
        place.flatMap(each -> refused.with(each, Plans.isGrouped(plan.root(), each)));
    if (place.isEmpty() || more.isEmpty()) {
      return false;
    }
    refused = more.get();
    execution
        .statement()
        .warn(place.get() + ": " + fault.problem() + "; done by the engine instead");
    cursor.close();
    plan = replanning.without(refused);
    fingerprint = null;
    positions = new Positions(PlanPosition.START);
    cursor = open();
    return true;
  }

  private RowCursor open() {
    progress.start(plan);
    return plan.simple().isPresent()
        ? Executor.open(plan.simple().get(), execution, positions)
        : Executor.open(plan.root(), execution, positions);
  }

  private @Nullable Object @Nullable [] partial(SourceException fault) {
    boolean wanted = statement().endsPartial(fault);
    boolean enough = wanted && (rows > 0 || plan.isStreaming());
    String reason = reason(fault) + (enough ? left(fault) : "");
    end(Verdict.partial(reason), enough ? Outcome.PARTIAL : outcome(fault));
    if (enough) {
      return null;
    }
    SourceException thrown = wanted ? withoutPart(fault) : fault;
    failure = thrown;
    throw thrown;
  }

  /** The budget of rows alone is not spent at a place. */
  private String left(SourceException fault) {
    if (fault.place().isPresent()) {
      return progress.left();
    }
    return fault.kind() == ErrorKind.BUDGET_EXCEEDED ? progress.leftBeyondLimit() : "";
  }

  private static SourceException withoutPart(SourceException fault) {
    SourceException whole =
        new SourceException(
            fault.kind(),
            fault.problem()
                + "; there is no partial result, because the statement sorts or groups and must"
                + " read all rows before it gives the first",
            fault);
    SourceException placed = fault.place().map(whole::withPlace).orElse(whole);
    return fault.hint().map(placed::withHint).orElse(placed);
  }

  /** What became of a statement that threw this. */
  static Outcome outcome(Throwable fault) {
    return fault instanceof SourceException known && known.kind() == ErrorKind.CANCELLED
        ? Outcome.CANCELLED
        : Outcome.FAILED;
  }

  /** Where and what, without what to do next. */
  static String reason(Throwable fault) {
    return fault instanceof SourceException known
        ? known.place().map(place -> place + ": ").orElse("") + known.problem()
        : fault.toString();
  }

  private void end(Verdict how, Outcome outcome) {
    ended = true;
    verdict = how;
    cursor.close();
    onEnd.ended(outcome, how.reason(), rows);
  }

  private StatementContext statement() {
    return execution.statement();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Verdict verdict() {
    return verdict;
  }

  @Override
  public Costs costs() {
    return statement().costs();
  }

  @Override
  public Usage usage() {
    Usage usage = statement().usage();
    return new Usage(usage.sources(), usage.budgets().stream().map(this::withRows).toList());
  }

  private BudgetState withRows(BudgetState budget) {
    boolean ofResult = budget.isStatements() && budget.unit().equals("rows");
    return ofResult ? new BudgetState(budget.owner(), budget.unit(), budget.limit(), rows) : budget;
  }

  @Override
  public Progress progress() {
    return new Progress(costs(), progress.rowsRead(), progress.share(), statement().currentWait());
  }

  @Override
  public Optional<ResumePoint> resumePoint() {
    if (notResumable().isPresent()) {
      return Optional.empty();
    }
    long before = manner.resume().map(ResumePoint::rows).orElse(0L);
    return Optional.of(
        new ResumePoint(fingerprint(), execution.start(), before + rows, refused, positions.now()));
  }

  @Override
  public Optional<String> notResumable() {
    return plan.obstacleToResume();
  }

  @Override
  public List<String> warnings() {
    return statement().warnings();
  }

  @Override
  public List<String> notes() {
    return statement().notes();
  }

  @Override
  public void cancel() {
    statement().cancel();
  }

  @Override
  public void close() {
    if (!ended) {
      end(verdict, Outcome.CLOSED);
      failure = new SourceException(ErrorKind.CANCELLED, "the result was closed before its end");
    }
  }
}
