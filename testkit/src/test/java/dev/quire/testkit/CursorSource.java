package dev.quire.testkit;

import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The smallest source that passes the conformance suite, with faults that can be planted. */
final class CursorSource implements Source {
  static final TableName ROWS = TableName.of("rows");

  /** What the planted faults do. */
  enum Fault {
    FETCHES_IN_OPEN,
    EMPTY_PAGE_IS_THE_END,
    SHORT_PAGE_IS_THE_END,
    FOLLOWS_FOREIGN_LINKS,
    FOLLOWS_FOREIGN_REDIRECTS,
    FORGETS_HEADERS_ON_PAGE_TWO,
    TAKES_ANYTHING_FOR_A_PAGE,
    IGNORES_TRAILING_GARBAGE,
    NEVER_RETRIES,
    IGNORES_RETRY_AFTER,
    REPEATS_WITHOUT_ADMISSION,
    NEVER_REFRESHES,
    SENDS_TOKENS_UNENCODED,
    IGNORES_CANCEL,
    SHOWS_THE_SECRET,
    REMEMBERS_ITS_PLACE,
    REFUSES_PLACEHOLDERS,
    GIVES_ALL_COLUMNS,
    KEEPS_NO_ACCOUNT
  }

  private final CursorHttp http;
  private final CursorTable table;

  /**
   * @param links whether the service sends next links instead of tokens
   */
  CursorSource(
      String origin,
      boolean links,
      ConnectorContext context,
      Supplier<String> secret,
      Set<Fault> faults) {
    this.http = new CursorHttp(origin, context.time(), secret, faults);
    this.table = new CursorTable(http, origin, links, faults);
  }

  static TableSchema schema() {
    List<Column> columns =
        List.of(
            Column.of("id", DataType.INTEGER).notNull(),
            Column.of("name", DataType.VARCHAR),
            Column.of("note", DataType.VARCHAR),
            Column.of("amount", DataType.decimal(18, 2)),
            Column.of("big", DataType.BIGINT),
            Column.of("created", DataType.TIMESTAMP_TZ));
    return new TableSchema(ROWS, columns, List.of("id"), List.of(), Optional.empty());
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    return List.of(ROWS);
  }

  @Override
  public Optional<Table> findTable(TableName name, CallContext context) {
    return name.name().equalsIgnoreCase("rows") ? Optional.of(table) : Optional.empty();
  }

  @Override
  public void close() {
    http.close();
  }
}
