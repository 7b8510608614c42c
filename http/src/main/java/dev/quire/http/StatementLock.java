package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one statement at a time do what all of them need, a token for example. Who waits can be
 * cancelled and waits no longer than its own deadline. Thread-safe.
 */
public final class StatementLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final TimeSource time;

  public StatementLock(TimeSource time) {
    this.time = time;
  }

  /**
   * Does the work when nobody else does.
   *
   * @param what the work, for messages: {@code reading $metadata}
   * @throws dev.quire.spi.SourceException CANCELLED or DEADLINE_EXCEEDED while waiting
   */
  public <V> V hold(CallContext context, String what, Supplier<V> work) {
    Deadline deadline = new Deadline(time, context.deadline());
    Cancellation cancellation = new Cancellation();
    boolean mine;
    try (CallContext.Registration registration =
        context.onCancel(() -> cancellation.cancel("the statement was cancelled"))) {
      mine =
          cancellation.block(() -> lock.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
    }
    if (!mine) {
      throw deadline.fault("another statement is still " + what);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
