package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Pause;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A statement that counts and can be cancelled. Thread-safe. */
final class FakeCall implements CallContext {
  final List<Purpose> admitted = new CopyOnWriteArrayList<>();
  final List<String> waits = new CopyOnWriteArrayList<>();
  final List<RequestReport> reports = new CopyOnWriteArrayList<>();
  final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<Runnable> aborts = new ArrayList<>();
  private final Optional<Instant> deadline;
  private boolean cancelled;
  final Deque<Pause> pauses = new ConcurrentLinkedDeque<>();
  volatile int budget = Integer.MAX_VALUE;

  FakeCall() {
    this(Optional.empty());
  }

  FakeCall(Optional<Instant> deadline) {
    this.deadline = deadline;
  }

  @Override
  public void admit(Purpose purpose) {
    if (admitted.size() >= budget) {
      throw new SourceException(ErrorKind.BUDGET_EXCEEDED, "no more calls");
    }
    admitted.add(purpose);
  }

  @Override
  public Optional<Pause> admit(Purpose purpose, String source) {
    Optional<Pause> pause = Optional.ofNullable(pauses.poll());
    if (pause.isEmpty()) {
      admit(purpose);
    }
    return pause;
  }

  @Override
  public Optional<Instant> deadline() {
    return deadline;
  }

  @Override
  public synchronized Registration onCancel(Runnable abort) {
    aborts.add(abort);
    if (cancelled) {
      abort.run();
    }
    return () -> {
      synchronized (this) {
        aborts.remove(abort);
      }
    };
  }

  synchronized void cancel() {
    cancelled = true;
    aborts.forEach(Runnable::run);
  }

  @Override
  public void record(RequestReport report) {
    reports.add(report);
  }

  @Override
  public void waiting(Duration expected, String reason) {
    waits.add(expected.toMillis() + " ms: " + reason);
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  /** Everything that was reported, as text. */
  String told() {
    return reports.toString();
  }
}
