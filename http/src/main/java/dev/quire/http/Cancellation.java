package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of one exchange: whoever cancels aborts what it is doing at that moment.
 * Thread-safe.
 */
final class Cancellation {
  private @Nullable String reason;
  private @Nullable Runnable current;

  /** Cancels; a repetition does nothing more. */
  synchronized void cancel(String why) {
    if (reason == null) {
      reason = why;
    }
    if (current != null) {
      current.run();
    }
  }

  synchronized boolean isCancelled() {
    return reason != null;
  }

  /** The fault to throw once it is cancelled, or once the thread was interrupted. */
  synchronized SourceException fault() {
    return new SourceException(
        ErrorKind.CANCELLED, reason == null ? "interrupted during a request" : reason);
  }

  /**
   * Names what aborts the work that begins now, until {@link #end}.
   *
   * @throws SourceException CANCELLED if it is too late
   */
  synchronized void begin(Runnable abort) {
    if (reason != null || Thread.currentThread().isInterrupted()) {
      throw fault();
    }
    current = abort;
  }

  synchronized void end() {
    current = null;
  }

  /** Something that waits and can be interrupted. */
  interface Blocking<V> {
    V run() throws InterruptedException;
  }

  /** Waits; a cancellation wakes the thread. */
  void sleep(TimeSource time, Duration duration) {
    block(
        () -> {
          time.sleep(duration);
          return duration;
        });
  }

  /**
   * Runs something that waits; a cancellation or an interrupt of the thread ends it. Returns as
   * usual if it was done before, so that what was acquired is never lost; the next wait or request
   * fails then.
   *
   * @throws SourceException CANCELLED; an interrupt that came from outside stays set
   */
  <V> V block(Blocking<V> blocking) {
    begin(Thread.currentThread()::interrupt);
    try {
      V result = blocking.run();
      end();
      clearOwnInterrupt();
      return result;
    } catch (InterruptedException e) {
      end();
      if (!clearOwnInterrupt()) {
        Thread.currentThread().interrupt();
      }
      throw fault();
    } finally {
      end();
    }
  }

  /** Takes back the interrupt with which a cancellation woke this thread, if one did. */
  private boolean clearOwnInterrupt() {
    if (isCancelled()) {
      Thread.interrupted();
      return true;
    }
    return false;
  }
}
