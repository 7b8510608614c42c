package dev.quire.rest.spec;

/** How an API writes a moment. */
public enum Moment {
  /** {@code 2026-11-24T17:00:00Z} (ISO 8601). */
  ISO,
  /** Seconds since 1970, perhaps with a fraction. */
  EPOCH,
  /** Milliseconds since 1970. */
  EPOCH_MS
}
