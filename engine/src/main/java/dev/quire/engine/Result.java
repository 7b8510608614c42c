package dev.quire.engine;

import dev.quire.chain.Costs;
import dev.quire.chain.Usage;
import dev.quire.chain.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running statement. One thread at a time, except {@link #cancel}, which may come
 * from any.
 */
public interface Result extends AutoCloseable {

  List<ResultColumn> columns();

  /**
   * The next row, its values of the classes that {@link dev.quire.spi.DataType.Kind} names; null at
   * the end. The first call sends the first request.
   *
   * @throws dev.quire.spi.SourceException whatever ended the statement before its end; a result
   *     that threw is not complete, and throws again when asked again
   */
  @Nullable Object @Nullable [] next();

  /** Rows handed out so far. */
  long rows();

  /** Whether the rows handed out are all; before the end, partial for that reason. */
  Verdict verdict();

  Costs costs();

  /** What was spent on each source and table, and how the budgets stand. */
  default Usage usage() {
    return Usage.NONE;
  }

  /** How far the statement is. May be asked from any thread. */
  Progress progress();

  /**
   * Where the statement stands after the rows handed out so far, also after it failed or was
   * closed: another run with {@link StatementOptions#withResume} gives the rows after those. Empty
   * where {@link #notResumable} says why.
   */
  Optional<ResumePoint> resumePoint();

  /** Why no other run of the statement can go on where this one stops; empty if one can. */
  Optional<String> notResumable();

  /** What the user should know although the rows are right. */
  List<String> warnings();

  /** What is good to know of how the rows were read, and no cause for worry. */
  default List<String> notes() {
    return List.of();
  }

  /** Aborts the request in flight; {@link #next} throws CANCELLED. */
  void cancel();

  /** Stops the statement: no further request. May be repeated. */
  @Override
  void close();
}
