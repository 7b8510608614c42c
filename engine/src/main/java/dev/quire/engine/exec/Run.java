package dev.quire.engine.exec;

import dev.quire.chain.StatementContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;

/** Whether one execution may go on. Thread-safe. */
final class Run {
  private static final int ROWS_PER_CHECK = 256;

  private final StatementContext statement;
  private volatile boolean closed;
  private int ticks;

  Run(StatementContext statement) {
    this.statement = statement;
  }

  /** Ends it: every later {@link #check} throws. */
  void close() {
    closed = true;
  }

  /**
   * Passes while the execution may go on.
   *
   * @throws SourceException CANCELLED or DEADLINE_EXCEEDED
   */
  void check() {
    if (closed) {
      throw new SourceException(ErrorKind.CANCELLED, "the result was closed");
    }
    statement.checkRunning();
  }

  /** As {@link #check}, once in so many calls; for loops over rows without requests. */
  void tick() {
    if (++ticks % ROWS_PER_CHECK == 0) {
      check();
    }
  }
}
