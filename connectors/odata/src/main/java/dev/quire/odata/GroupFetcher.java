package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.json.PageParser;
import dev.quire.odata.json.ParsedPage;
import dev.quire.odata.json.RowPlan;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.profile.Aggregates;
import dev.quire.odata.query.GroupTranslator;
import dev.quire.spi.CallContext;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.Measure;
import dev.quire.spi.ScanRequest.MeasureFunction;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the groups of {@code $apply}. What is not surely all groups is refused before the first of
 * them, so that the engine groups itself. One thread at a time.
 */
final class GroupFetcher implements PageFetcher {
  private final HttpDoor door;
  private final CallContext context;
  private final ODataSettings settings;
  private final EntityTable table;
  private final Aggregates ways;
  private final ScanRequests requests;
  private final ScanRequest scan;
  private final Aggregation wanted;
  private final RowPlan plan;

  GroupFetcher(
      HttpDoor door,
      CallContext context,
      ODataSettings settings,
      EntityTable table,
      ScanRequest scan) {
    this.door = door;
    this.context = context;
    this.settings = settings;
    this.table = table;
    this.scan = scan;
    this.ways = settings.aggregates(table).orElse(Aggregates.DECLARED);
    this.wanted = scan.aggregation().orElseThrow();
    this.requests = new ScanRequests(table, settings);
    this.plan = new RowPlan(new GroupTranslator(table, settings.profile(), ways).fields(wanted));
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    if (from.isPresent()) {
      return exchange(requests.linked(from.get().value()), Refusable.NEXT_PAGE);
    }
    try {
      return checked(exchange(requests.groups(scan), Refusable.COUNT));
    } catch (SourceException e) {
      boolean unreadable =
          e.kind() == ErrorKind.INVALID_VALUE || e.kind() == ErrorKind.MALFORMED_RESPONSE;
      throw unreadable ? refused("its groups cannot be read: " + e.problem()) : e;
    }
  }

  private Page exchange(HttpRequest request, Refusable refusable) {
    ODataFaults faults = new ODataFaults(settings.profile(), refusable);
    return door.exchange(request, context, faults, this::page);
  }

  private Page page(HttpResponse response) throws IOException {
    String contentType = response.header("Content-Type").orElse("");
    ParsedPage page = PageParser.parse(response.body(), contentType, table.protocol(), plan, false);
    return new Page(page.rows(), page.next(response.url()));
  }

  /** The first page, if it may stand for the beginning of all groups. */
  private Page checked(Page page) {
    int groups = page.rows().size();
    if (ways.mostGroups().isPresent()
        && (page.next().isPresent() || groups >= ways.mostGroups().getAsInt())) {
      throw refused(
          String.format(Locale.ROOT, "it sent %,d groups, and there may be more", groups));
    }
    if (wanted.groupBy().isEmpty() && groups != 1) {
      throw refused("it sent " + groups + " rows where there is one");
    }
    for (@Nullable Object[] group : page.rows()) {
      for (int i = 0; i < wanted.measures().size(); i++) {
        Measure measure = wanted.measures().get(i);
        if (isCount(measure) && group[wanted.groupBy().size() + i] == null) {
          throw refused("it sent a group without its count");
        }
      }
    }
    return page;
  }

  private static boolean isCount(Measure measure) {
    return measure.function() == MeasureFunction.COUNT
        || measure.function() == MeasureFunction.COUNT_ALL;
  }

  private static SourceException refused(String why) {
    return new SourceException(
        ErrorKind.PUSHDOWN_REFUSED, "the service's aggregates are not taken: " + why);
  }

  @Override
  public RequestPreview firstRequest() {
    return door.preview(ScanRequests.shown(requests.groups(scan)));
  }
}
