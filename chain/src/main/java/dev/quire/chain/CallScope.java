package dev.quire.chain;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.Pause;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of a statement that can be cancelled alone, for example one page chain; everything else is
 * the statement's. Thread-safe.
 */
public final class CallScope implements CallContext, AutoCloseable {
  private final CallContext parent;
  private final Aborts aborts = new Aborts();
  private final Registration registration;
  private final Optional<TableName> table;
  private final ThreadLocal<Long> page = ThreadLocal.withInitial(() -> 1L);

  public CallScope(CallContext parent) {
    this(parent, Optional.empty());
  }

  /**
   * @param table whose pages are fetched in this scope
   */
  CallScope(CallContext parent, Optional<TableName> table) {
    this.parent = parent;
    this.table = table;
    this.registration = parent.onCancel(this::cancel);
  }

  @Override
  public void admit(Purpose purpose) {
    checkOpen();
    parent.admit(purpose);
  }

  @Override
  public Optional<Pause> admit(Purpose purpose, String source) {
    checkOpen();
    return parent.admit(purpose, source);
  }

  private void checkOpen() {
    if (aborts.isCancelled()) {
      throw new SourceException(ErrorKind.CANCELLED, "the scan was closed");
    }
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
    boolean ofRows = report.purpose() == Purpose.DATA || report.purpose() == Purpose.COUNT;
    parent.record(ofRows && table.isPresent() ? report.forPage(table.get(), page.get()) : report);
  }

  /** Fetches in this thread, which is the page of that number, counted from 1. */
  Page ofPage(long number, Supplier<Page> fetch) {
    long before = page.get();
    page.set(number);
    try {
      return fetch.get();
    } finally {
      page.set(before);
    }
  }

  @Override
  public void waiting(Duration expected, String reason) {
    parent.waiting(expected, reason);
  }

  @Override
  public boolean isStrict() {
    return parent.isStrict();
  }

  @Override
  public void pageRead(String place, long rows) {
    parent.pageRead(place, rows);
  }

  @Override
  public boolean mayOverlap(String place) {
    return parent.mayOverlap(place);
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
