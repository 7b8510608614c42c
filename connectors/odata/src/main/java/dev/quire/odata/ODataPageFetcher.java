package dev.quire.odata;

import dev.quire.http.Bodies;
import dev.quire.http.Body;
import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.http.ResponseReader;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.json.EarlyLink;
import dev.quire.odata.json.PageParser;
import dev.quire.odata.json.PageReader;
import dev.quire.odata.json.ParsedPage;
import dev.quire.odata.json.RowPlan;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.query.FilterTranslator;
import dev.quire.spi.CallContext;
import dev.quire.spi.Continuation;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Reads rows page by page. A continuation is the URL of the next link, made absolute and otherwise
 * left as the service wrote it; nothing is ever added to it. Two threads at a time, one of them
 * from where the other has told a continuation.
 */
final class ODataPageFetcher implements PageFetcher {
  private final HttpDoor door;
  private final CallContext context;
  private final ODataSettings settings;
  private final EntityTable table;
  private final ScanRequests requests;
  private final ScanRequest scan;
  private final RowPlan plan;
  private final Bodies bodies = new Bodies();
  private volatile boolean paged;

  /** Those that nobody uses now: as many as there were threads at a time. */
  private final Queue<PageReader> readers = new ConcurrentLinkedQueue<>();

  ODataPageFetcher(
      HttpDoor door,
      CallContext context,
      ODataSettings settings,
      EntityTable table,
      ScanRequest scan) {
    this(door, context, settings, table, scan, new ScanRequests(table, settings));
  }

  private ODataPageFetcher(
      HttpDoor door,
      CallContext context,
      ODataSettings settings,
      EntityTable table,
      ScanRequest scan,
      ScanRequests requests) {
    this.door = door;
    this.context = context;
    this.settings = settings;
    this.table = table;
    this.scan = scan;
    this.requests = requests;
    this.plan = new RowPlan(scan.columns().stream().map(table::requireField).toList());
  }

  /** The same rows at another path below the root, encoded. */
  ODataPageFetcher at(String path) {
    ScanRequests there = new ScanRequests(table, settings, path);
    return new ODataPageFetcher(door, context, settings, table, scan, there);
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    return fetch(from, next -> {});
  }

  @Override
  public Page fetch(Optional<Continuation> from, Consumer<Continuation> next) {
    ResponseReader<Page> reader = response -> page(response, next);
    return from.map(
            place -> exchange(requests.page(pages(), place.value()), Refusable.NEXT_PAGE, reader))
        .orElseGet(() -> first(reader));
  }

  /** The scan as its pages are asked for: without a limit where that was found to cut them. */
  private ScanRequest pages() {
    return paged ? scan.withLimit(OptionalLong.empty()) : scan;
  }

  private Page first(ResponseReader<Page> reader) {
    Refusable refusable = refusable();
    if (!requests.isSized(scan)) {
      Page page = exchange(requests.first(scan), refusable, reader);
      paged = requests.mayBeCut(scan, page);
      return paged ? exchange(requests.first(pages()), refusable, reader) : page;
    }
    PageSizeFaults sized = new PageSizeFaults(new ODataFaults(settings.profile(), refusable));
    try {
      return door.exchange(requests.first(scan), context, sized, reader);
    } catch (SourceException e) {
      if (!sized.refused()) {
        throw e;
      }
      context.warn(
          settings.source()
              + "."
              + table.schema().name()
              + ": the service refuses the page size, and chooses one itself");
      return exchange(requests.firstOfAnySize(scan), refusable, reader);
    }
  }

  private Page exchange(HttpRequest request, Refusable refusable, ResponseReader<Page> reader) {
    ODataFaults faults = new ODataFaults(settings.profile(), refusable);
    return door.exchange(request, context, faults, reader);
  }

  private Refusable refusable() {
    boolean expands =
        scan.columns().stream()
            .anyMatch(column -> table.requireField(column).navigation().isPresent());
    boolean functions = scan.filters().stream().anyMatch(FilterTranslator::asksForFunctions);
    return expands || functions || table.restriction().isPresent()
        ? Refusable.FUNCTIONS
        : hasOptions() ? Refusable.OPTIONS : Refusable.NOTHING;
  }

  private boolean hasOptions() {
    return !scan.filters().isEmpty()
        || !scan.order().isEmpty()
        || scan.offset() > 0
        || scan.limit().isPresent();
  }

  private Page page(HttpResponse response, Consumer<Continuation> told) throws IOException {
    if (table.singleton()) {
      return entity(response);
    }
    Body body = bodies.read(response);
    if (body.isWhole()) {
      EarlyLink.of(body, table.protocol(), response.url()).ifPresent(told);
    }
    PageReader free = readers.poll();
    PageReader reader = free == null ? new PageReader(table.protocol(), plan) : free;
    ParsedPage page = reader.read(body, response.header("Content-Type").orElse(""));
    readers.add(reader);
    bodies.free(body);
    return new Page(page.rows(), page.next(response.url()), OptionalLong.empty());
  }

  private Page entity(HttpResponse response) throws IOException {
    if (response.status() == 204) {
      return new Page(List.of(), Optional.empty());
    }
    String contentType = response.header("Content-Type").orElse("");
    ParsedPage page = PageParser.parse(response.body(), contentType, table.protocol(), plan, true);
    return new Page(page.rows(), Optional.empty());
  }

  @Override
  public RequestPreview firstRequest() {
    return door.preview(ScanRequests.shown(requests.first(scan)));
  }
}
