package dev.quire.chain;

import dev.quire.spi.CallContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What to run at a cancellation. One that comes after it runs at once; one that comes at the same
 * moment may run twice. Thread-safe.
 */
final class Aborts {
  private final List<Runnable> aborts = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;

  boolean isCancelled() {
    return cancelled;
  }

  CallContext.Registration add(Runnable abort) {
    aborts.add(abort);
    if (cancelled) {
      abort.run();
    }
    return () -> aborts.remove(abort);
  }

  /** Runs all of them, even when one fails, and then throws what the first failure was. */
  void cancel() {
    cancelled = true;
    RuntimeException first = null;
    for (Runnable abort : aborts) {
      try {
        abort.run();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
