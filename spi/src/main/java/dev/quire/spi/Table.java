package dev.quire.spi;

import java.util.List;
import java.util.Optional;

/** A remote collection seen as rows. Immutable and thread-safe. */
public interface Table {

  TableSchema schema();

  /**
   * The schema for people: with what the service says of the table and its columns where only a
   * request of its own can tell. May make one request, of purpose METADATA; what is refused is left
   * out, with a warning. Never asked for on the way to rows.
   */
  default TableSchema described(CallContext context) {
    return schema();
  }

  /**
   * The same table with one more hidden column, which its schema does not list because there would
   * be very many: a property of the row that a row refers to, {@code "primarycontactid.fullname"}.
   * A scan may name such a column whether or not the table was asked for it here.
   *
   * @param name in any case
   * @return empty if there is no such column
   */
  default Optional<Table> withColumn(String name) {
    return Optional.empty();
  }

  /**
   * Says of each wanted part whether the source does it EXACT (no re-check), NARROWING (it sends a
   * superset, the engine re-checks) or not at all. Pure: no network.
   */
  Pushdown pushDown(ScanRequest wanted);

  /**
   * Independent parts of an accepted scan, each with its own page chain, which are read in any
   * order and side by side. Together they have each row of the scan exactly once, rows that arrive
   * while they are read included as far as one chain would include them: ranges are half open
   * ({@code >=} and {@code <}), the outermost ones open to their side, and rows without the
   * column's value have a part of their own. A part says its bounds as filters, if the source does
   * those EXACT, or as hints. One part when the API cannot be split, and when {@link
   * ScanRequest#isDivisible} says no.
   *
   * <p>May make a few requests when more than one part is wanted, so it does only where they pay:
   * never for a table of few pages. With one wanted it makes none.
   *
   * @param wanted how many parts the engine could use, at least 1. More only where each part is a
   *     request of its own anyway: a region, one value of an IN
   */
  default List<Split> splits(ScanRequest accepted, int wanted, CallContext context) {
    return List.of(Split.whole(schema().name(), accepted));
  }

  /** Makes no request until the first fetch. */
  PageFetcher open(Split split, CallContext context);

  /**
   * Whether a continuation is still good some minutes after it was given, to another chain too: its
   * form shows it (a number of rows, the last row's key) or the service documents it. Later
   * statements may then begin in the middle.
   */
  default boolean continuationsLast() {
    return false;
  }

  /**
   * How many rows an accepted scan will give, where the source can tell more cheaply than by
   * reading them. May make one request, of purpose COUNT.
   */
  default Optional<RowEstimate> estimateRows(ScanRequest accepted, CallContext context) {
    return Optional.empty();
  }

  /**
   * The rows of this table that have, in the collection of a navigation property, a row for which
   * all conditions hold, where the source itself can tell that exactly as SQL does: a table with
   * this one's name and columns. Pure.
   *
   * @param collection the last part of the name of the collection's table
   * @param conditions over that table's columns; none if any row will do
   */
  default Optional<Table> having(String collection, List<Expression> conditions) {
    return Optional.empty();
  }

  /**
   * The table as it stands in a file in which the connector's users describe theirs, for who wants
   * to write one; empty where tables describe themselves.
   */
  default Optional<String> asSpec() {
    return Optional.empty();
  }
}
