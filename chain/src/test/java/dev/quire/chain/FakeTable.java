package dev.quire.chain;

import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Continuation;
import dev.quire.spi.DataType;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.RequestReport;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A table of one column whose pages the test makes up. Remembers what was fetched. Thread-safe. */
final class FakeTable implements Table {
  static final TableName NAME = TableName.of("numbers");

  private final Function<String, Page> pages;
  Optional<RowEstimate> estimate = Optional.empty();
  int estimates;
  private List<CallContext.Purpose> reported = List.of();
  private Optional<Function<String, String>> early = Optional.empty();
  private Consumer<String> rowsOf = from -> {};
  private final List<String> fetched = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param pages from the continuation, empty for the first page
   */
  FakeTable(Function<String, Page> pages) {
    this.pages = pages;
  }

  /** The same table; each fetch records an attempt for each of these. */
  FakeTable reporting(CallContext.Purpose... purposes) {
    reported = List.of(purposes);
    return this;
  }

  /**
   * The same table, which says where the next page starts before the rows of a page are made.
   *
   * @param next from the continuation of a page the one that it tells, empty for none
   * @param rows runs with the continuation of a page between the two
   */
  FakeTable tellingEarly(Function<String, String> next, Consumer<String> rows) {
    early = Optional.of(next);
    rowsOf = rows;
    return this;
  }

  /** Numbers from 1 to {@code rows} in pages of {@code size}; the continuation is an offset. */
  static FakeTable of(int rows, int size) {
    return new FakeTable(from -> numbers(rows, size, from));
  }

  static Page numbers(int rows, int size, String from) {
    int start = from.isEmpty() ? 0 : Integer.parseInt(from);
    int end = Math.min(rows, start + size);
    return page(start + 1, end, end < rows ? String.valueOf(end) : "");
  }

  /** The numbers from one to another, and a next page unless {@code next} is empty. */
  static Page page(int first, int last, String next) {
    List<Object[]> rows = new ArrayList<>();
    IntStream.rangeClosed(first, last).forEach(i -> rows.add(new Object[] {i}));
    return new Page(rows, next.isEmpty() ? Optional.empty() : Optional.of(new Continuation(next)));
  }

  /** The continuations fetched so far, empty for the first page. */
  List<String> fetched() {
    return List.copyOf(fetched);
  }

  private static RequestReport report(CallContext.Purpose purpose) {
    return new RequestReport(
        purpose,
        "src",
        "GET",
        "memory:numbers",
        1,
        OptionalInt.of(200),
        1,
        Duration.ZERO,
        Duration.ZERO,
        Optional.empty());
  }

  @Override
  public TableSchema schema() {
    return new TableSchema(NAME, List.of(Column.of("n", DataType.INTEGER)));
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return Pushdown.nothing(wanted);
  }

  @Override
  public Optional<RowEstimate> estimateRows(ScanRequest accepted, CallContext context) {
    estimates++;
    return estimate;
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    return new PageFetcher() {
      @Override
      public Page fetch(Optional<Continuation> from) {
        context.admit(CallContext.Purpose.DATA);
        String start = from.map(Continuation::value).orElse("");
        fetched.add(start);
        reported.forEach(purpose -> context.record(report(purpose)));
        return pages.apply(start);
      }

      @Override
      public Page fetch(Optional<Continuation> from, Consumer<Continuation> next) {
        Page page = fetch(from);
        String start = from.map(Continuation::value).orElse("");
        early
            .map(each -> each.apply(start))
            .filter(each -> !each.isEmpty())
            .ifPresent(each -> next.accept(new Continuation(each)));
        rowsOf.accept(start);
        return page;
      }

      @Override
      public RequestPreview firstRequest() {
        return new RequestPreview("GET", "memory:numbers", Map.of(), Optional.empty());
      }
    };
  }
}
