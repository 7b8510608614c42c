package dev.quire.engine;

import dev.quire.spi.RequestReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How one statement is run. Immutable: a {@code with…} method gives a changed copy. */
public final class StatementOptions {
  public static final StatementOptions DEFAULT = new StatementOptions();

  private long maxCalls = Long.MAX_VALUE;
  private Optional<Duration> timeout = Optional.empty();
  private OnExceed onExceed = OnExceed.ERROR;
  private OptionalInt pageSize = OptionalInt.empty();
  private boolean pushdown = true;
  private List<@Nullable Object> parameters = List.of();
  private Consumer<RequestReport> listener = report -> {};
  private Optional<String> schema = Optional.empty();
  private Optional<Cancellation> cancellation = Optional.empty();
  private OptionalLong maxRows = OptionalLong.empty();
  private Optional<ResumePoint> resume = Optional.empty();

  /** What a statement does at the end of its budget or time. */
  public enum OnExceed {
    /** {@link Result#next} throws. */
    ERROR,
    /**
     * The result ends and its verdict is partial; refused where rows so far would be wrong
     * (aggregates, sorts).
     */
    PARTIAL
  }

  private StatementOptions() {}

  /** A copy, changed before anybody else sees it. */
  private StatementOptions with(Consumer<StatementOptions> change) {
    StatementOptions copy = new StatementOptions();
    copy.maxCalls = maxCalls;
    copy.timeout = timeout;
    copy.onExceed = onExceed;
    copy.pageSize = pageSize;
    copy.pushdown = pushdown;
    copy.parameters = parameters;
    copy.listener = listener;
    copy.schema = schema;
    copy.cancellation = cancellation;
    copy.maxRows = maxRows;
    copy.resume = resume;
    change.accept(copy);
    return copy;
  }

  /** The most requests for rows and counts, retries included. */
  public long maxCalls() {
    return maxCalls;
  }

  /** The most time, from the statement's start. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** What happens at the end of calls or time. */
  public OnExceed onExceed() {
    return onExceed;
  }

  /** Rows per page, as a wish. */
  public OptionalInt pageSize() {
    return pageSize;
  }

  /** False makes the engine do everything itself; for comparisons. */
  public boolean pushdown() {
    return pushdown;
  }

  /**
   * Values of the {@code ?} in the text, of the classes that {@link dev.quire.spi.DataType.Kind}
   * names.
   */
  public List<@Nullable Object> parameters() {
    return parameters;
  }

  /** Told of each attempt, in the thread that made it. */
  public Consumer<RequestReport> listener() {
    return listener;
  }

  /**
   * Where a table without a schema is looked for: {@code crm}, or {@code aws.glue}; if empty, the
   * only source, if there is only one.
   */
  public Optional<String> schema() {
    return schema;
  }

  /** Stops the statement from its first moment, also while it is planned. */
  public Optional<Cancellation> cancellation() {
    return cancellation;
  }

  /** The most rows of the result, as if the statement had such a LIMIT. */
  public OptionalLong maxRows() {
    return maxRows;
  }

  /** Where another run of the same statement, with the same options, has stopped. */
  public Optional<ResumePoint> resume() {
    return resume;
  }

  public StatementOptions withMaxCalls(long calls) {
    return with(copy -> copy.maxCalls = calls);
  }

  public StatementOptions withTimeout(Duration limit) {
    return with(copy -> copy.timeout = Optional.of(limit));
  }

  public StatementOptions withOnExceed(OnExceed choice) {
    return with(copy -> copy.onExceed = choice);
  }

  public StatementOptions withPageSize(int rows) {
    return with(copy -> copy.pageSize = OptionalInt.of(rows));
  }

  public StatementOptions withPushdown(boolean wanted) {
    return with(copy -> copy.pushdown = wanted);
  }

  public StatementOptions withParameters(List<@Nullable Object> values) {
    return with(copy -> copy.parameters = values);
  }

  public StatementOptions withListener(Consumer<RequestReport> told) {
    return with(copy -> copy.listener = told);
  }

  public StatementOptions withSchema(String name) {
    return with(copy -> copy.schema = Optional.of(name));
  }

  public StatementOptions withCancellation(Cancellation given) {
    return with(copy -> copy.cancellation = Optional.of(given));
  }

  public StatementOptions withMaxRows(long rows) {
    return with(copy -> copy.maxRows = OptionalLong.of(rows));
  }

  /**
   * Goes on after the last row of another run. {@link Engine#query} throws OUTDATED if that was
   * another statement, and {@link Result#next} if the page where it stopped has changed since.
   */
  public StatementOptions withResume(ResumePoint point) {
    return with(copy -> copy.resume = Optional.of(point));
  }
}
