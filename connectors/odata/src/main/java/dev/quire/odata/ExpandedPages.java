package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.RelatedPlace.Pending;
import dev.quire.odata.json.Families;
import dev.quire.odata.json.Families.Family;
import dev.quire.odata.json.PageParser;
import dev.quire.odata.json.ParsedPage;
import dev.quire.odata.json.RowPlan;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Relation;
import dev.quire.odata.profile.Profile.Lists;
import dev.quire.odata.query.UrlText;
import dev.quire.spi.CallContext;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows together with the collections below them. What came of a collection is handed out
 * where it is known to be all of it or to go on at a link; any other is left to be read by its own
 * path. One thread at a time.
 */
final class ExpandedPages {
  private final HttpDoor door;
  private final CallContext context;
  private final ODataSettings settings;
  private final Relation relation;
  private final ScanRequest own;
  private final RelatedRows rows;
  private final ScanRequests requests;
  private final ScanRequest parents;

  /**
   * @param own what is wanted of the collections
   */
  ExpandedPages(
      HttpDoor door,
      CallContext context,
      ODataSettings settings,
      Relation relation,
      ScanRequest own,
      RelatedRows rows) {
    this.door = door;
    this.context = context;
    this.settings = settings;
    this.relation = relation;
    this.own = own;
    this.rows = rows;
    this.requests = new ScanRequests(relation.parent(), settings);
    this.parents =
        ScanRequest.of(relation.parentKey().stream().map(Field::name).toList())
            .withPageSize(own.pageSize());
  }

  /**
   * Reads one page.
   *
   * @param link to it; empty for the first
   */
  Page fetch(Optional<String> link) {
    if (settings.profile().related().lists() == Lists.BY_KEY) {
      throw new SourceException(
          ErrorKind.INVALID_STATEMENT,
          "the service does not say where an expanded collection ends; the rows that it belongs to"
              + " must be given");
    }
    ODataFaults faults =
        new ODataFaults(
            settings.profile(), link.isPresent() ? Refusable.NEXT_PAGE : Refusable.NOTHING);
    HttpRequest request = link.map(each -> requests.page(parents, each)).orElseGet(this::first);
    return door.exchange(request, context, faults, this::page);
  }

  private HttpRequest first() {
    EntityTable target = relation.target();
    List<String> columns =
        own.columns().isEmpty() ? target.schema().key().stream().limit(1).toList() : own.columns();
    String navigation = UrlText.query(relation.navigation());
    String select = selected(columns.stream().map(target::requireField).toList());
    String key = selected(relation.parentKey());
    String options = "$select=" + key + "&$expand=" + navigation;
    String inner = "($select=" + select + ")";
    boolean fits = options.length() + inner.length() + 200 <= settings.profile().maxUrl();
    String set = UrlText.segment(relation.parent().schema().name().name());
    return requests.page(
        parents, settings.url(set, select.isEmpty() || !fits ? options : options + inner));
  }

  private static String selected(List<Field> fields) {
    return UrlText.query(
        fields.stream().map(Field::selected).distinct().collect(Collectors.joining(",")));
  }

  private Page page(HttpResponse response) throws IOException {
    Families families =
        new Families(
            relation.parent().protocol(),
            new RowPlan(relation.parentKey()),
            relation.navigation(),
            new RowPlan(own.columns().stream().map(relation.target()::requireField).toList()));
    ParsedPage page =
        PageParser.parse(
            response.body(),
            response.header("Content-Type").orElse(""),
            relation.parent().protocol(),
            families);
    List<@Nullable Object[]> complete = new ArrayList<>();
    List<Pending> pending = new ArrayList<>();
    long number = 0;
    for (Family family : families.found()) {
      List<Object> key = key(family, ++number);
      Optional<String> link = family.nextLink().map(each -> page.absolute(each, response.url()));
      boolean goesOn = link.isPresent() && isFollowed(link.get());
      Optional<List<@Nullable Object[]>> children = family.children();
      if (children.isEmpty() || (!goesOn && isCut(children.get().size()))) {
        pending.add(new Pending(key, Optional.empty()));
        continue;
      }
      children.get().forEach(child -> complete.add(rows.complete(family.parent(), child)));
      if (goesOn) {
        pending.add(new Pending(key, link));
      }
    }
    Optional<String> next = page.next(response.url()).map(Continuation::value);
    return new Page(complete, new RelatedPlace(pending, next).continuation());
  }

  /** Whether a link leads on; one without a place in it leads to the same rows again. */
  private boolean isFollowed(String link) {
    return settings.profile().related().lists() == Lists.FOLLOWED
        || link.toLowerCase(Locale.ROOT).replace("%24", "$").contains("$skiptoken=");
  }

  /** Whether a collection of this size, without a link to more, may lack rows. */
  private boolean isCut(int size) {
    return settings.profile().related().lists() == Lists.CUT
        && size >= settings.pageSize(own.pageSize()).orElse(Integer.MAX_VALUE);
  }

  private static List<Object> key(Family family, long number) {
    List<Object> key = new ArrayList<>();
    for (Object value : family.parent()) {
      if (value == null) {
        throw new SourceException(
            ErrorKind.MALFORMED_RESPONSE,
            String.format(Locale.ROOT, "row %,d of the page has no key", number));
      }
      key.add(value);
    }
    return key;
  }

  RequestPreview firstRequest() {
    return door.preview(ScanRequests.shown(first()));
  }
}
