package dev.quire.cli;

import dev.quire.spi.CallContext.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The user's wish to stop, from Ctrl-C or a signal. It reaches whatever runs now: a registered
 * action or, where there is none yet, the working thread's interruption. Thread-safe.
 */
final class Interrupts {
  private final Thread worker = Thread.currentThread();
  private boolean raised;
  private @Nullable Runnable action;

  /** Runs an action when the wish comes; at once if it came already. */
  Registration onInterrupt(Runnable wanted) {
    boolean already;
    synchronized (this) {
      action = wanted;
      already = raised;
    }
    if (already) {
      wanted.run();
    }
    return this::forget;
  }

  private synchronized void forget() {
    action = null;
  }

  void raise() {
    Runnable now;
    synchronized (this) {
      raised = true;
      now = action;
    }
    if (now == null) {
      worker.interrupt();
    } else {
      now.run();
    }
  }

  synchronized boolean raised() {
    return raised;
  }
}
