package dev.quire.engine.exec;

import dev.quire.chain.Demand;

/** A compiled node of a plan. Immutable; each {@link #open} is a run of its own. */
@FunctionalInterface
interface Operator {

  /**
   * Opens a run. Sends nothing before the first row is asked for.
   *
   * @param demand how many rows will be taken
   */
  RowCursor open(Demand demand);

  /** The demand of a consumer that may leave rows out: all or nobody knows. */
  static Demand throughFilter(Demand demand) {
    return demand.isAll() ? Demand.ALL : Demand.UNCERTAIN;
  }

  /** What is left of a demand after some rows. */
  static Demand after(Demand demand, long delivered) {
    return demand.rows() == Long.MAX_VALUE
        ? demand
        : new Demand(Math.max(0, demand.rows() - delivered), demand.certain());
  }
}
