package dev.quire.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to stop statements that are not known yet, such as the one that is being planned. It stops
 * all that were started with it, and those that will be. Thread-safe.
 */
public final class Cancellation {
  private final List<Runnable> stops = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;

  /** Aborts what is in flight; may be repeated. */
  public void cancel() {
    cancelled = true;
    stops.forEach(Runnable::run);
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /** Runs at once if it is cancelled already. */
  void onCancel(Runnable stop) {
    stops.add(stop);
    if (cancelled) {
      stop.run();
    }
  }
}
