package dev.quire.engine.exec;

import dev.quire.chain.StatementContext;
import dev.quire.engine.pages.PageIndexes;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a plan is lent.
 *
 * @param statement budget, deadline, cancellation and costs
 * @param workers run the fetch that is one ahead, chains side by side and the look-ups of bind
 *     joins, which wait for such fetches: so it must start a thread for every task ({@link
 *     #newWorkers})
 * @param memory shared by all statements
 * @param start when the statement started: the value of CURRENT_TIMESTAMP
 * @param parameters values of the {@code ?} in the statement
 * @param listener told of the places where the execution could be resumed
 * @param parallel how many chains of a scan run at a time
 * @param pages where starts of pages are kept for later statements
 */
public record ExecutionContext(
    StatementContext statement,
    Executor workers,
    MemoryGuard memory,
    Instant start,
    List<@Nullable Object> parameters,
    ProgressListener listener,
    Parallel parallel,
    PageIndexes pages) {

  /** A context without parameters that nobody listens to. */
  public static ExecutionContext of(
      StatementContext statement, Executor workers, MemoryGuard memory, Instant start) {
    return new ExecutionContext(
        statement,
        workers,
        memory,
        start,
        List.of(),
        ProgressListener.NONE,
        Parallel.DEFAULT,
        PageIndexes.NONE);
  }

  public ExecutionContext withParameters(List<@Nullable Object> values) {
    return new ExecutionContext(
        statement, workers, memory, start, values, listener, parallel, pages);
  }

  public ExecutionContext withListener(ProgressListener told) {
    return new ExecutionContext(
        statement, workers, memory, start, parameters, told, parallel, pages);
  }

  public ExecutionContext withParallel(Parallel wanted) {
    return new ExecutionContext(
        statement, workers, memory, start, parameters, listener, wanted, pages);
  }

  public ExecutionContext withPages(PageIndexes kept) {
    return new ExecutionContext(
        statement, workers, memory, start, parameters, listener, parallel, kept);
  }

  /** Daemon threads, as many as there are tasks; idle ones end after a minute. */
  public static ExecutorService newWorkers() {
    AtomicInteger count = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "quire-worker-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
