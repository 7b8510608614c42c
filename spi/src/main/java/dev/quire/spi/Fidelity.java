package dev.quire.spi;

/** How well a source does a part of a scan. */
public enum Fidelity {
  /** The source does it as SQL does; no re-check. */
  EXACT,
  /**
   * The source sends a superset (for a limit: at least as many rows as exist or are wanted); the
   * engine re-checks.
   */
  NARROWING,
  /** The source does not do it. */
  NONE
}
