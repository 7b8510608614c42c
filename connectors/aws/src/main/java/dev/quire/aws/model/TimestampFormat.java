package dev.quire.aws.model;

/** How a moment is written. */
public enum TimestampFormat {
  /** {@code 2026-11-01T12:00:00Z} */
  ISO8601,
  /** Seconds since 1970, which may have a fraction. */
  UNIX,
  /** {@code Sun, 01 Nov 2026 12:00:00 GMT} */
  RFC822
}
