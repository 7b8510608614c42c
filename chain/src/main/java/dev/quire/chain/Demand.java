package dev.quire.chain;

/**
 * How many rows of a chain its reader will take, so that no page is asked for that nobody needs.
 *
 * @param rows the most rows that can be needed; {@link Long#MAX_VALUE} for all
 * @param certain true if that many rows will be taken; false if the reader may stop sooner, and
 *     then no page is fetched before it is asked for
 */
public record Demand(long rows, boolean certain) {
  /** Every row will be read. */
  public static final Demand ALL = new Demand(Long.MAX_VALUE, true);

  /** The reader may stop at any row. */
  public static final Demand UNCERTAIN = new Demand(Long.MAX_VALUE, false);

  /** Exactly the first {@code rows} rows will be read. */
  public static Demand first(long rows) {
    return new Demand(rows, true);
  }

  /** Whether every page will be read, whatever the number of rows in it. */
  public boolean isAll() {
    return certain && rows == Long.MAX_VALUE;
  }

  /** Whether the page after {@code delivered} rows should be fetched before it is asked for. */
  boolean wantsAhead(long delivered) {
    return certain && delivered < rows;
  }
}
