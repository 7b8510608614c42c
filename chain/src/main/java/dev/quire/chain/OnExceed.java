package dev.quire.chain;

/** What a statement does when a budget is used up or its time is over. */
public enum OnExceed {
  /** It fails. */
  ERROR,
  /**
   * It ends with the rows so far, and its verdict is partial; refused where rows so far would be
   * wrong (aggregates, sorts).
   */
  PARTIAL,
  /** It waits where the budget comes back, as one of a day does; else it fails. */
  WAIT
}
