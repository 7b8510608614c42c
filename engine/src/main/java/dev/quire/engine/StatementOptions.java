package dev.quire.engine;

import dev.quire.chain.OnExceed;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
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
  private long maxBytes = Long.MAX_VALUE;
  private long rowBudget = Long.MAX_VALUE;
  private boolean strict;
  private Optional<Duration> deadline = Optional.empty();
  private Optional<OnExceed> onExceed = Optional.empty();
  private OptionalInt pageSize = OptionalInt.empty();
  private boolean pushdown = true;
  private List<@Nullable Object> parameters = List.of();
  private Consumer<RequestReport> listener = report -> {};
  private Optional<String> schema = Optional.empty();
  private Optional<Cancellation> cancellation = Optional.empty();
  private OptionalLong maxRows = OptionalLong.empty();
  private Optional<ResumePoint> resume = Optional.empty();
  private boolean byKey;
  private OptionalInt parallel = OptionalInt.empty();

  private StatementOptions() {}

  /** A copy, changed before anybody else sees it. */
  private StatementOptions with(Consumer<StatementOptions> change) {
    StatementOptions copy = new StatementOptions();
    copy.maxCalls = maxCalls;
    copy.timeout = timeout;
    copy.maxBytes = maxBytes;
    copy.rowBudget = rowBudget;
    copy.strict = strict;
    copy.deadline = deadline;
    copy.onExceed = onExceed;
    copy.pageSize = pageSize;
    copy.pushdown = pushdown;
    copy.parameters = parameters;
    copy.listener = listener;
    copy.schema = schema;
    copy.cancellation = cancellation;
    copy.maxRows = maxRows;
    copy.resume = resume;
    copy.byKey = byKey;
    copy.parallel = parallel;
    change.accept(copy);
    return copy;
  }

  /** The most requests for rows and counts, retries included. */
  public long maxCalls() {
    return maxCalls;
  }

  /** No request for rows is made once so many bytes of them have come. */
  public long maxBytes() {
    return maxBytes;
  }

  /**
   * The most rows of the result. A statement that would give more is at the end of its budget, so
   * that it never looks complete; for a LIMIT see {@link #maxRows}.
   */
  public long rowBudget() {
    return rowBudget;
  }

  /**
   * Whether a table that was read whole is compared with the service's count, which may cost one
   * request, and a difference is an error; else it is a warning, where the pages told the count.
   */
  public boolean strict() {
    return strict;
  }

  /**
   * The time, from the statement's start, after which no page is begun: the statement ends with the
   * rows of the pages that it has, and is partial, whatever {@link #onExceed} says.
   */
  public Optional<Duration> deadline() {
    return deadline;
  }

  /** The most time, from the statement's start; at its end the statement stops wherever it is. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** What happens at the end of a budget or of the time; empty for what the configuration says. */
  public Optional<OnExceed> onExceed() {
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

  /** Whether a resume may go on by key, see {@link #withByKey}. */
  public boolean byKey() {
    return byKey;
  }

  /**
   * How many page chains of one scan run at a time. If empty, parts that a table has anyway, such
   * as regions, are read side by side, and no table is asked to divide a scan.
   */
  public OptionalInt parallel() {
    return parallel;
  }

  public StatementOptions withMaxCalls(long calls) {
    return with(copy -> copy.maxCalls = calls);
  }

  public StatementOptions withMaxBytes(long bytes) {
    return with(copy -> copy.maxBytes = bytes);
  }

  public StatementOptions withStrict(boolean wanted) {
    return with(copy -> copy.strict = wanted);
  }

  public StatementOptions withRowBudget(long rows) {
    return with(copy -> copy.rowBudget = rows);
  }

  public StatementOptions withDeadline(Duration limit) {
    return with(copy -> copy.deadline = Optional.of(limit));
  }

  public StatementOptions withTimeout(Duration limit) {
    return with(copy -> copy.timeout = Optional.of(limit));
  }

  public StatementOptions withOnExceed(OnExceed choice) {
    return with(copy -> copy.onExceed = Optional.of(choice));
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

  /**
   * Where the service no longer takes the place of {@link #withResume}, a scan that the service
   * sorts by the table's key goes on behind the key of its last row, with a warning.
   */
  public StatementOptions withByKey(boolean wanted) {
    return with(copy -> copy.byKey = wanted);
  }

  /**
   * Divides scans of whole tables into parts where the service allows that, and reads so many at a
   * time; finding the parts may take a few requests. 1 reads one page after the other.
   */
  public StatementOptions withParallel(int chains) {
    if (chains < 1) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "parallel must be a number from 1, not " + chains);
    }
    return with(copy -> copy.parallel = OptionalInt.of(chains));
  }
}
