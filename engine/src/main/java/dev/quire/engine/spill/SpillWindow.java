package dev.quire.engine.spill;

import java.util.List;

/**
 * A window function over values of a table.
 *
 * @param columns its operands
 * @param partition columns whose values are equal in one partition, or NULL
 * @param order columns that order the partition, ascending, byte by byte; none is NULL
 */
public record SpillWindow(
    Function function,
    List<Integer> columns,
    List<Integer> partition,
    List<Integer> order,
    Frame frame) {

  /** What is computed. */
  public enum Function {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    /** of rows, or of values that are not NULL */
    COUNT,
    /** of a column of numbers */
    SUM,
    /** the first operand where the second, a key, is least */
    MIN,
    /** the first operand where the second, a key, is greatest */
    MAX,
    FIRST_VALUE,
    LAST_VALUE,
    /**
     * the first operand so many rows before or after as the frame's start says; the second, if
     * there is one, where there is no such row
     */
    SHIFTED
  }

  /**
   * The rows of the partition that are looked at.
   *
   * @param rows whether bounds count rows, else peers
   */
  public record Frame(boolean rows, Bound from, Bound to) {
    /** All rows up to the peers of the current one. */
    public static final Frame USUAL = new Frame(false, Bound.FIRST, Bound.CURRENT);
  }

  /**
   * An end of a frame.
   *
   * @param offset rows before (negative) or after the current one; the least and the greatest
   *     number for no bound
   */
  public record Bound(long offset) {
    public static final Bound FIRST = new Bound(Long.MIN_VALUE);
    public static final Bound CURRENT = new Bound(0);
    public static final Bound LAST = new Bound(Long.MAX_VALUE);
  }

  public SpillWindow {
    columns = List.copyOf(columns);
    partition = List.copyOf(partition);
    order = List.copyOf(order);
  }
}
