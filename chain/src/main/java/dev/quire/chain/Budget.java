package dev.quire.chain;

import java.time.Duration;
import java.util.Optional;

/**
 * The most that one statement may spend, in all or on one source. Immutable.
 *
 * @param calls requests for rows and counts, retries included
 * @param bytes of those requests' bodies as they come over the wire; no request is sent once they
 *     have come
 * @param rows read from the source; no page is asked for once they have come
 * @param time in all: from the statement's start; on one source: that its requests took
 */
public record Budget(long calls, long bytes, long rows, Optional<Duration> time) {
  /** No bound. */
  public static final Budget NONE =
      new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Optional.empty());

  public Budget withCalls(long most) {
    return new Budget(most, bytes, rows, time);
  }

  public Budget withBytes(long most) {
    return new Budget(calls, most, rows, time);
  }

  public Budget withRows(long most) {
    return new Budget(calls, bytes, most, time);
  }

  public Budget withTime(Optional<Duration> most) {
    return new Budget(calls, bytes, rows, most);
  }
}
