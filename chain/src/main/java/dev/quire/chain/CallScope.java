package dev.quire.chain;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of a statement that can be cancelled alone, for example one page chain; everything else is
 * the statement's. Thread-safe.
 */
public final class CallScope implements CallContext, AutoCloseable {
  private final CallContext parent;
  private final Aborts aborts = new Aborts();
  private final Registration registration;

  public CallScope(CallContext parent) {
    this.parent = parent;
    this.registration = parent.onCancel(this::cancel);
  }

  @Override
  public void admit(Purpose purpose) {
    if (aborts.isCancelled()) {
      throw new SourceException(ErrorKind.CANCELLED, "the scan was closed");
    }
    parent.admit(purpose);
  }

  @Override
  public Optional<Instant> deadline() {
    return parent.deadline();
  }

  @Override
  public Registration onCancel(Runnable abort) {
    return aborts.add(abort);
  }

  @Override
  public void record(RequestReport report) {
    parent.record(report);
  }

  @Override
  public void waiting(Duration expected, String reason) {
    parent.waiting(expected, reason);
  }

  @Override
  public void warn(String message) {
    parent.warn(message);
  }

  /** Aborts what is in flight in this scope; later requests are refused. */
  public void cancel() {
    aborts.cancel();
  }

  /** Cancels, and lets go of the statement. */
  @Override
  public void close() {
    registration.close();
    cancel();
  }
}
