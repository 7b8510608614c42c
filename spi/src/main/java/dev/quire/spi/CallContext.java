package dev.quire.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a statement lends to whoever makes requests for it: its budget, its deadline, its
 * cancellation, and the place where costs are written down. Thread-safe. The budget may be shared
 * by many workers.
 */
public interface CallContext {

  /**
   * Asked before each attempt. Counts it.
   *
   * @throws SourceException BUDGET_EXCEEDED, DEADLINE_EXCEEDED or CANCELLED, and then nothing may
   *     be sent
   */
  void admit(Purpose purpose);

  /**
   * As {@link #admit(Purpose)}, where it is known whom the request goes to.
   *
   * @param source whose budgets and rate count, too
   * @return empty when the request may be sent, and is counted; else nothing is counted, and the
   *     caller asks again after the pause
   */
  default Optional<Pause> admit(Purpose purpose, String source) {
    admit(purpose);
    return Optional.empty();
  }

  /** When to give up. */
  Optional<Instant> deadline();

  /**
   * Registers what aborts the request in flight or the wait before it. Runs at once, in the
   * caller's thread, if the statement is cancelled already; else in the cancelling thread.
   */
  Registration onCancel(Runnable abort);

  /** Notes one attempt, whatever came of it. */
  void record(RequestReport report);

  /**
   * Notes that a wait before a request begins, for whoever watches the statement.
   *
   * @param expected how long it will be
   * @param reason in a few words: {@code throttled}
   */
  default void waiting(Duration expected, String reason) {}

  /** Whether a scan that was read whole is compared with a count, and fails where they differ. */
  default boolean isStrict() {
    return false;
  }

  /**
   * Notes that rows of a page were handed on.
   *
   * @param place the table as the user names it: {@code crm.accounts}
   */
  default void pageRead(String place, long rows) {}

  /**
   * Whether a page may be asked for while the one before it is still read. Not where a budget
   * counts what pages bring: only a page that was read whole tells whether another may follow.
   *
   * @param place the table as the user names it: {@code crm.accounts}
   */
  default boolean mayOverlap(String place) {
    return true;
  }

  /**
   * Notes something that the user should know although the result is right. Repetitions are
   * dropped.
   */
  void warn(String message);

  /** Why a request is made. */
  enum Purpose {
    /** a page of rows */
    DATA,
    /** what the tables are */
    METADATA,
    /** how many rows there are */
    COUNT,
    /** credentials */
    TOKEN
  }

  /** Ends the interest in a cancellation. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
