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

  /** Faults that can be planted, each with the test of the suite that must notice it. */
  enum Fault {
    FETCHES_IN_OPEN("opening_a_scan_and_showing_its_first_request_sends_nothing"),
    EMPTY_PAGE_IS_THE_END("an_empty_page_with_a_next_is_not_the_end"),
    SHORT_PAGE_IS_THE_END("a_page_shorter_than_the_others_is_not_the_end"),
    FOLLOWS_FOREIGN_LINKS("a_next_link_to_another_origin_is_refused_before_a_byte_is_sent"),
    FOLLOWS_FOREIGN_REDIRECTS("a_redirect_to_another_origin_is_refused_before_a_byte_is_sent"),
    FORGETS_HEADERS_ON_PAGE_TWO("every_page_is_asked_for_with_the_same_headers"),
    TAKES_ANYTHING_FOR_A_PAGE("a_last_page_that_is_none_is_never_the_end"),
    IGNORES_TRAILING_GARBAGE("a_first_page_that_is_none_is_never_zero_rows"),
    NEVER_RETRIES("a_fault_that_passes_costs_one_more_request_and_no_row"),
    IGNORES_RETRY_AFTER("waits_as_long_as_the_service_asks"),
    REPEATS_WITHOUT_ADMISSION("a_second_try_costs_budget_too"),
    NEVER_REFRESHES("a_credential_that_dies_in_mid_scan_is_renewed_once"),
    SENDS_TOKENS_UNENCODED("reads_every_row_once_in_order_with_one_request_a_page"),
    IGNORES_CANCEL("a_cancel_aborts_the_request_in_flight"),
    SHOWS_THE_SECRET("a_secret_that_the_service_repeats_is_not_shown"),
    REMEMBERS_ITS_PLACE("the_same_continuation_gives_the_same_page"),
    REFUSES_PLACEHOLDERS("a_value_that_is_not_yet_known_is_answered_as_a_constant_of_its_type"),
    GIVES_ALL_COLUMNS("gives_the_wanted_columns_in_the_wanted_order"),
    KEEPS_NO_ACCOUNT("every_request_for_rows_is_accounted_for");

    private final String noticedBy;

    Fault(String noticedBy) {
      this.noticedBy = noticedBy;
    }

    String noticedBy() {
      return noticedBy;
    }
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
