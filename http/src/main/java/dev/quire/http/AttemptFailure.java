package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Why an attempt failed and whether another may help. */
final class AttemptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Answers of 500 and above that no repetition changes. */
  private static final Set<Integer> FINAL = Set.of(501, 505, 506, 510, 511);

  private final transient SourceException fault;
  private final int status;
  private final transient Optional<Duration> retryAfter;
  private final boolean stale;

  private AttemptFailure(
      SourceException fault, int status, Optional<Duration> retryAfter, boolean stale) {
    super(fault.getMessage(), fault, false, false);
    this.fault = fault;
    this.status = status;
    this.retryAfter = retryAfter;
    this.stale = stale;
  }

  /** No whole answer came, or its reader refused it. */
  static AttemptFailure of(SourceException fault) {
    return new AttemptFailure(fault, 0, Optional.empty(), false);
  }

  /** A kept connection was closed by the other side. */
  static AttemptFailure stale(SourceException fault) {
    return new AttemptFailure(fault, 0, Optional.empty(), true);
  }

  static AttemptFailure answered(SourceException fault, int status, Optional<Duration> retryAfter) {
    return new AttemptFailure(fault, status, retryAfter, false);
  }

  SourceException fault() {
    return fault;
  }

  /** Whether the service does not accept the credentials, by its status or by its own code. */
  boolean isUnauthorized() {
    return status == 401 || (status > 0 && fault.kind() == ErrorKind.AUTHENTICATION);
  }

  boolean isStale() {
    return stale;
  }

  boolean isThrottled() {
    return fault.kind() == ErrorKind.THROTTLED;
  }

  boolean mayRetry() {
    return fault.kind().isTransient() && !FINAL.contains(status);
  }

  /** The service's own word on when to come back. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
