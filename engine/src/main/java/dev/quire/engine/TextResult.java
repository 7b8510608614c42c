package dev.quire.engine;

import dev.quire.chain.Costs;
import dev.quire.chain.StatementContext;
import dev.quire.chain.Verdict;
import dev.quire.spi.DataType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Lines of text as a result. One thread at a time. */
final class TextResult implements Result {
  private final List<ResultColumn> columns;
  private final List<String> lines;
  private final StatementContext statement;
  private int next;

  TextResult(String column, List<String> lines, StatementContext statement) {
    this.columns = List.of(new ResultColumn(column, DataType.VARCHAR, false));
    this.lines = lines;
    this.statement = statement;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    return next < lines.size() ? new Object[] {lines.get(next++)} : null;
  }

  @Override
  public long rows() {
    return next;
  }

  @Override
  public Verdict verdict() {
    return next >= lines.size() ? Verdict.COMPLETE : Verdict.partial("not read to the end");
  }

  @Override
  public Costs costs() {
    return statement.costs();
  }

  @Override
  public Progress progress() {
    return new Progress(costs(), 0, OptionalDouble.empty(), statement.currentWait());
  }

  @Override
  public Optional<ResumePoint> resumePoint() {
    return Optional.empty();
  }

  @Override
  public Optional<String> notResumable() {
    return Optional.of("it shows a plan");
  }

  @Override
  public List<String> warnings() {
    return statement.warnings();
  }

  @Override
  public void cancel() {
    statement.cancel();
  }

  @Override
  public void close() {
    next = Math.max(next, 0);
  }
}
