package dev.quire.engine.exec;

import dev.quire.chain.StatementContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Whether one execution may go on. Thread-safe. */
final class Run {
  private static final int ROWS_PER_CHECK = 256;

  private final StatementContext statement;
  private final Positions positions;
  private final Queue<MemoryGuard.Account> accounts = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private int ticks;

  Run(StatementContext statement, Positions positions) {
    this.statement = statement;
    this.positions = positions;
  }

  /** Where its operators stand. For the thread that reads the rows. */
  Positions positions() {
    return positions;
  }

  /** Ends it: every later {@link #check} throws, and what operators hold is freed. */
  void close() {
    closed = true;
    accounts.forEach(MemoryGuard.Account::close);
  }

  /** Frees an account when the execution is closed, at the latest. */
  void onClose(MemoryGuard.Account account) {
    accounts.add(account);
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
