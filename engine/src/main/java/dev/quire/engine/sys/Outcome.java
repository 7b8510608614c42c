package dev.quire.engine.sys;

/** How a statement stands. */
public enum Outcome {
  /** Not at its end. */
  RUNNING,
  /** Every row was handed out. */
  COMPLETE,
  /** Calls or time were used up, and the rows so far were asked for. */
  PARTIAL,
  /** An error ended it. */
  FAILED,
  /** The user stopped it. */
  CANCELLED,
  /** Its reader went away before the end. */
  CLOSED
}
