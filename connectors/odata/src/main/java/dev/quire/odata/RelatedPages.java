package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.RelatedPlace.Pending;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Relation;
import dev.quire.odata.query.KeyPath;
import dev.quire.odata.query.UrlText;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.Continuation;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the collections below rows page by page. One thread at a time. */
final class RelatedPages implements PageFetcher {
  private final HttpDoor door;
  private final CallContext context;
  private final ODataSettings settings;
  private final Relation relation;
  private final Optional<ParentKeys> keys;
  private final List<DataType> keyTypes;
  private final ODataPageFetcher own;
  private final RelatedRows rows;
  private final ExpandedPages expanded;
  private ODataPageFetcher pages;
  private String pagesPath = "";

  RelatedPages(
      HttpDoor door,
      CallContext context,
      ODataSettings settings,
      Relation relation,
      ScanRequest scan) {
    this.door = door;
    this.context = context;
    this.settings = settings;
    this.relation = relation;
    this.keys = ParentKeys.of(relation, scan.filters());
    this.keyTypes = relation.parentKey().stream().map(field -> field.column().type()).toList();
    this.rows = RelatedRows.of(relation, scan.columns());
    ScanRequest ownScan =
        scan.withColumns(rows.columns())
            .withFilters(keys.map(each -> each.others(scan.filters())).orElse(scan.filters()));
    this.own = new ODataPageFetcher(door, context, settings, relation.target(), ownScan);
    this.pages = own;
    this.expanded = new ExpandedPages(door, context, settings, relation, ownScan, rows);
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    RelatedPlace place =
        from.map(each -> RelatedPlace.parse(each, keyTypes)).orElseGet(this::start);
    return place.pending().isEmpty() ? expanded.fetch(place.parents()) : collection(place);
  }

  private RelatedPlace start() {
    List<Pending> given = new ArrayList<>();
    keys.ifPresent(
        each -> each.keys().forEach(key -> given.add(new Pending(key, Optional.empty()))));
    return new RelatedPlace(given, Optional.empty());
  }

  /** A page of the first collection of those to be read. */
  private Page collection(RelatedPlace place) {
    Pending pending = place.pending().get(0);
    Optional<String> parent = parentPath(pending.key());
    Page page =
        parent
            .map(path -> collection(pending, path))
            .orElseGet(() -> new Page(List.of(), Optional.empty()));
    Object[] key = pending.key().toArray();
    List<@Nullable Object[]> complete =
        page.rows().stream().map(row -> rows.complete(key, row)).toList();
    OptionalLong announced =
        place.pending().size() == 1 && place.parents().isEmpty()
            ? page.announcedTotal()
            : OptionalLong.empty();
    return new Page(complete, place.after(page.next()).continuation(), announced);
  }

  private Page collection(Pending pending, String parent) {
    String path = path(parent);
    if (!path.equals(pagesPath)) {
      pages = own.at(path);
      pagesPath = path;
    }
    try {
      return pages.fetch(pending.link().map(Continuation::new));
    } catch (SourceException e) {
      if (e.kind() == ErrorKind.NOT_FOUND && pending.link().isEmpty() && !exists(pending, parent)) {
        return new Page(List.of(), Optional.empty());
      }
      throw e;
    }
  }

  /** Whether there is a row with this key: then a collection that is not found is an error. */
  private boolean exists(Pending pending, String parent) {
    if (pending.key().isEmpty()) {
      return true;
    }
    List<String> names = relation.parentKey().stream().map(Field::selected).distinct().toList();
    String url = settings.url(parent, "$select=" + UrlText.query(String.join(",", names)));
    HttpRequest plain = new ScanRequests(relation.parent(), settings).linked(url);
    ODataFaults faults = new ODataFaults(settings.profile(), Refusable.NOTHING);
    try {
      return door.exchange(plain, context, faults, response -> true);
    } catch (SourceException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private Optional<String> parentPath(List<Object> key) {
    String set = UrlText.segment(relation.parent().schema().name().name());
    boolean segment = settings.profile().related().keySegments();
    return KeyPath.of(relation.parentKey(), key, relation.parent().protocol(), segment)
        .map(part -> set + part);
  }

  private String path(String parent) {
    return parent + "/" + UrlText.segment(relation.navigation());
  }

  @Override
  public RequestPreview firstRequest() {
    Optional<String> parent = keys.flatMap(each -> parentPath(each.keys().get(0)));
    boolean required =
        relation.schema().columns().stream().anyMatch(each -> each.has(Trait.REQUIRED_FILTER));
    Optional<String> shown = required ? parent.or(() -> Optional.of(someParent())) : parent;
    return shown.map(each -> own.at(path(each)).firstRequest()).orElseGet(expanded::firstRequest);
  }

  /** In place of a key that a join will supply. */
  private String someParent() {
    String set = relation.parent().schema().name().name();
    String key = String.join(",", relation.parentColumns());
    return set
        + (settings.profile().related().keySegments() ? "/{" + key + "}" : "({" + key + "})");
  }
}
