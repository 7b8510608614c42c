package dev.quire.engine;

import dev.quire.spi.RequestReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one statement is run. Immutable.
 *
 * @param maxCalls the most requests for rows and counts, retries included
 * @param timeout from the statement's start
 * @param onExceed what happens when one of the two is reached
 * @param pageSize rows per page, as a wish
 * @param pushdown false makes the engine do everything itself; for comparisons
 * @param parameters values of the {@code ?} in the text, of the classes that {@link
 *     dev.quire.spi.DataType.Kind} names
 * @param listener told of each attempt, in the thread that made it
 * @param schema where a table without a schema is looked for: {@code crm}, or {@code aws.glue}; if
 *     empty, the only source, if there is only one
 * @param cancellation stops the statement from its first moment, also while it is planned
 * @param maxRows the most rows of the result, as if the statement had such a LIMIT
 */
public record StatementOptions(
    long maxCalls,
    Optional<Duration> timeout,
    OnExceed onExceed,
    OptionalInt pageSize,
    boolean pushdown,
    List<@Nullable Object> parameters,
    Consumer<RequestReport> listener,
    Optional<String> schema,
    Optional<Cancellation> cancellation,
    OptionalLong maxRows) {

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

  public static final StatementOptions DEFAULT =
      new StatementOptions(
          Long.MAX_VALUE,
          Optional.empty(),
          OnExceed.ERROR,
          OptionalInt.empty(),
          true,
          List.of(),
          report -> {},
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty());

  public StatementOptions withMaxCalls(long calls) {
    return new StatementOptions(
        calls,
        timeout,
        onExceed,
        pageSize,
        pushdown,
        parameters,
        listener,
        schema,
        cancellation,
        maxRows);
  }

  public StatementOptions withTimeout(Duration limit) {
    return new StatementOptions(
        maxCalls,
        Optional.of(limit),
        onExceed,
        pageSize,
        pushdown,
        parameters,
        listener,
        schema,
        cancellation,
        maxRows);
  }

  public StatementOptions withOnExceed(OnExceed choice) {
    return new StatementOptions(
        maxCalls,
        timeout,
        choice,
        pageSize,
        pushdown,
        parameters,
        listener,
        schema,
        cancellation,
        maxRows);
  }

  public StatementOptions withPageSize(int rows) {
    return new StatementOptions(
        maxCalls,
        timeout,
        onExceed,
        OptionalInt.of(rows),
        pushdown,
        parameters,
        listener,
        schema,
        cancellation,
        maxRows);
  }

  public StatementOptions withPushdown(boolean wanted) {
    return new StatementOptions(
        maxCalls,
        timeout,
        onExceed,
        pageSize,
        wanted,
        parameters,
        listener,
        schema,
        cancellation,
        maxRows);
  }

  public StatementOptions withParameters(List<@Nullable Object> values) {
    return new StatementOptions(
        maxCalls,
        timeout,
        onExceed,
        pageSize,
        pushdown,
        values,
        listener,
        schema,
        cancellation,
        maxRows);
  }

  public StatementOptions withListener(Consumer<RequestReport> told) {
    return new StatementOptions(
        maxCalls,
        timeout,
        onExceed,
        pageSize,
        pushdown,
        parameters,
        told,
        schema,
        cancellation,
        maxRows);
  }

  public StatementOptions withSchema(String name) {
    return new StatementOptions(
        maxCalls,
        timeout,
        onExceed,
        pageSize,
        pushdown,
        parameters,
        listener,
        Optional.of(name),
        cancellation,
        maxRows);
  }

  public StatementOptions withCancellation(Cancellation given) {
    return new StatementOptions(
        maxCalls,
        timeout,
        onExceed,
        pageSize,
        pushdown,
        parameters,
        listener,
        schema,
        Optional.of(given),
        maxRows);
  }

  public StatementOptions withMaxRows(long rows) {
    return new StatementOptions(
        maxCalls,
        timeout,
        onExceed,
        pageSize,
        pushdown,
        parameters,
        listener,
        schema,
        cancellation,
        OptionalLong.of(rows));
  }
}
