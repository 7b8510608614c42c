package dev.quire.spi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One configured remote API: a SQL schema. Thread-safe. Whatever it reads to know its tables
 * ({@code $metadata}, for example) it reads once, at the first question, through the context of
 * whoever asked.
 */
public interface Source extends AutoCloseable {

  String name();

  /** The schemas below this one, for example AWS services; empty for most. */
  default List<String> namespaces() {
    return List.of();
  }

  /**
   * The tables of a namespace, in the API's order.
   *
   * @param namespace one of {@link #namespaces()}, or empty for the source itself, or the name of a
   *     table that has tables below it; those are not listed unasked, for there may be very many
   */
  List<TableName> tables(String namespace, CallContext context);

  /** Finds a table by its exact name or, failing that, by its only match without regard to case. */
  Optional<Table> findTable(TableName name, CallContext context);

  /**
   * The table that a function of this source gives, as in {@code FROM crm.fetchxml('…')}.
   *
   * @param name in any case
   * @param arguments text, BigDecimal, Boolean or null
   * @return empty when there is no function of this name
   * @throws SourceException INVALID_STATEMENT when it cannot do with these arguments
   */
  default Optional<Table> tableFunction(
      String name, List<@Nullable Object> arguments, CallContext context) {
    return Optional.empty();
  }

  /** Where results are kept as tables of this source; empty for sources that only give rows. */
  default Optional<TableStore> store() {
    return Optional.empty();
  }

  /** Frees connections; running scans fail with CANCELLED. */
  @Override
  void close();
}
