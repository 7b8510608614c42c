package dev.quire.sample;

/**
 * A navigation property. Immutable.
 *
 * @param target the entity set it leads to
 * @param collection whether it leads to many rows
 * @param lookup the column with the key of the single row; empty for a collection
 * @param partner the navigation property that leads back; empty for none
 * @param rows the rows that it leads to, ascending
 */
record Navigation(
    String name,
    String target,
    boolean collection,
    String lookup,
    String partner,
    RelatedRows rows) {

  /** Row numbers of the target that belong to a row. */
  interface RelatedRows {
    long[] of(long row);
  }
}
