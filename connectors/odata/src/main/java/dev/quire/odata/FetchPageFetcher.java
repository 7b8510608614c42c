package dev.quire.odata;

import dev.quire.http.Bodies;
import dev.quire.http.Body;
import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.fetchxml.Cookie;
import dev.quire.odata.fetchxml.FetchColumns;
import dev.quire.odata.fetchxml.FetchXml;
import dev.quire.odata.json.PageReader;
import dev.quire.odata.json.ParsedPage;
import dev.quire.odata.json.RowPlan;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.query.UrlText;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the rows of a FetchXML query page by page. A continuation is the number of the page and,
 * after a space, the cookie of the page before. One thread at a time.
 */
final class FetchPageFetcher implements PageFetcher {
  private static final String COOKIE = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie";
  private static final String MORE = "Microsoft.Dynamics.CRM.morerecords";

  /** Without cookies, Dataverse pages no further. */
  private static final int MOST_WITHOUT_COOKIE = 50_000;

  private final FetchTable table;
  private final FetchXml query;
  private final HttpDoor door;
  private final CallContext context;
  private final PageReader reader;
  private final Bodies bodies = new Bodies();
  private final int pageSize;
  private final Map<String, String> headers;

  /** Which page to ask for. */
  private record Position(int page, Optional<String> cookie) {
    static final Position FIRST = new Position(1, Optional.empty());

    static Position of(Continuation from) {
      String text = from.value();
      int space = text.indexOf(' ');
      return space < 0
          ? new Position(Integer.parseInt(text), Optional.empty())
          : new Position(
              Integer.parseInt(text.substring(0, space)), Optional.of(text.substring(space + 1)));
    }

    Continuation continuation() {
      return new Continuation(page + cookie.map(text -> " " + text).orElse(""));
    }
  }

  FetchPageFetcher(FetchTable table, ScanRequest scan, HttpDoor door, CallContext context) {
    this.table = table;
    this.query = table.query();
    this.door = door;
    this.context = context;
    List<Field> wanted = table.fields(scan.columns());
    this.reader =
        new PageReader(
            table.entity().protocol(), new RowPlan(wanted, FetchColumns.otherNames(wanted)));
    this.pageSize = table.pageSize(scan);
    this.headers = headers(wanted);
  }

  private Map<String, String> headers(List<Field> wanted) {
    Set<String> terms = new TreeSet<>(Set.of(COOKIE, MORE));
    wanted.forEach(field -> field.term().ifPresent(terms::add));
    Map<String, String> all = new TreeMap<>(table.entity().protocol().headers());
    all.put("Accept", "application/json");
    all.put("Prefer", "odata.include-annotations=\"" + String.join(",", terms) + "\"");
    return all;
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    Position at = from.map(Position::of).orElse(Position.FIRST);
    ODataFaults faults = new ODataFaults(table.settings().profile(), Refusable.NOTHING);
    return door.exchange(request(at), context, faults, response -> page(response, at));
  }

  private HttpRequest request(Position at) {
    String text =
        query.top().isPresent() ? query.whole() : query.page(at.page(), pageSize, at.cookie());
    String path = UrlText.segment(table.entity().schema().name().name());
    String url = table.settings().url(path, "fetchXml=" + UrlText.query(text));
    return HttpRequest.get(Purpose.DATA, url, headers);
  }

  @Override
  public RequestPreview firstRequest() {
    return door.preview(ScanRequests.shown(request(Position.FIRST)));
  }

  private Page page(HttpResponse response, Position at) throws IOException {
    Body body = bodies.read(response);
    ParsedPage page = reader.read(body, response.header("Content-Type").orElse(""));
    bodies.free(body);
    return new Page(page.rows(), query.top().isPresent() ? Optional.empty() : next(page, at));
  }

  /** What counts is that the annotation is true: it is sent as false as well. */
  private Optional<Continuation> next(ParsedPage page, Position at) {
    Optional<String> cookie = Cookie.decode(page.annotations().getOrDefault(COOKIE, ""));
    boolean more = "true".equals(page.annotations().get(MORE));
    boolean full = page.rows().size() == pageSize;
    long read = (long) at.page() * pageSize;
    if (cookie.isEmpty() && (more || full) && read >= MOST_WITHOUT_COOKIE) {
      throw withoutCookie();
    }
    if (!more && query.isAggregate() && page.rows().size() == table.mostGroups()) {
      throw tooManyGroups();
    }
    if (more && cookie.isPresent() && cookie.equals(at.cookie())) {
      throw new SourceException(
          ErrorKind.LOOP, "the service sent the paging cookie of the page before once more");
    }
    return more
        ? Optional.of(new Position(at.page() + 1, cookie).continuation())
        : Optional.empty();
  }

  private static SourceException withoutCookie() {
    return new SourceException(
            ErrorKind.REJECTED,
            String.format(
                Locale.ROOT,
                "the query is paged the old way, without cookies, which ends at %,d rows whether there"
                    + " are more or not",
                MOST_WITHOUT_COOKIE))
        .withHint(
            "Order by columns of the query's own table, not of a linked one, or narrow the query by"
                + " a filter.");
  }

  private SourceException tooManyGroups() {
    return new SourceException(
            ErrorKind.REJECTED,
            String.format(
                Locale.ROOT,
                "the aggregation has %,d groups, which is where Dataverse stops without saying so",
                table.mostGroups()))
        .withHint("Narrow the query by a filter, or group by less.");
  }
}
