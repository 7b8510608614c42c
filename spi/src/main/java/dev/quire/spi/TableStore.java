package dev.quire.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a source keeps the results of statements as tables. Thread-safe. */
public interface TableStore {

  /**
   * Begins a table. Nobody sees it before it is kept.
   *
   * @param columns in the order of the rows' values, with names that differ in more than case
   * @param statement whose result it is
   * @param replace whether a table of that name may be there
   * @throws SourceException INVALID_STATEMENT if there is one, and it shall not be replaced;
   *     UNSUPPORTED for a column that cannot be kept exactly
   */
  Draft create(String name, List<Column> columns, String statement, boolean replace);

  /** Removes a table; false if there is none of that name. */
  boolean drop(String name);

  /** What is kept, by name. */
  List<Kept> kept();

  /**
   * A table that is kept.
   *
   * @param made when the statement had ended
   * @param statement whose result it is
   * @param missing why it is not all of the result; empty if it is
   */
  record Kept(String name, Instant made, String statement, long rows, Optional<String> missing) {}

  /** A table that is being written. One thread at a time. */
  interface Draft extends AutoCloseable {

    /** A row's values, of the classes that {@link DataType.Kind} names. */
    void add(@Nullable Object[] row);

    /**
     * Keeps the rows so far.
     *
     * @param missing why they are not all; empty if they are
     */
    void keep(Optional<String> missing);

    /** Gives up what was not kept. May be repeated. */
    @Override
    void close();
  }
}
