package dev.quire.rest;

import dev.quire.spi.CallContext;
import dev.quire.spi.RequestReport;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets a statement that is over, cancelled or out of budget give back what it opened: a call or two
 * that are reported but wait for nothing. Thread-safe.
 */
final class LastCalls implements CallContext {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final CallContext statement;
  private final Instant deadline;

  LastCalls(CallContext statement, TimeSource time) {
    this.statement = statement;
    this.deadline = time.now().plus(LONGEST);
  }

  @Override
  public void admit(Purpose purpose) {}

  @Override
  public Optional<Instant> deadline() {
    return Optional.of(deadline);
  }

  @Override
  public Registration onCancel(Runnable abort) {
    return () -> {};
  }

  @Override
  public void record(RequestReport report) {
    statement.record(report);
  }

  @Override
  public void warn(String message) {
    statement.warn(message);
  }
}
