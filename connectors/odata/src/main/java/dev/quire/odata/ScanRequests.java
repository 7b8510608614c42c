package dev.quire.odata;

import dev.quire.http.HttpRequest;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.profile.Aggregates;
import dev.quire.odata.profile.Profile;
import dev.quire.odata.profile.Profile.Advanced;
import dev.quire.odata.query.Condition;
import dev.quire.odata.query.FilterTranslator;
import dev.quire.odata.query.GroupTranslator;
import dev.quire.odata.query.UrlText;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Page;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The requests of an accepted scan: what was accepted becomes URL and headers. Immutable. */
final class ScanRequests {
  /** Asked for with a count that may stop at a cap. */
  static final String LIMIT_EXCEEDED = "Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded";

  private static final String COUNT_ANNOTATIONS =
      "odata.include-annotations=\"Microsoft.Dynamics.CRM.totalrecordcount,"
          + LIMIT_EXCEEDED
          + "\"";

  private static final Set<String> EVERYWHERE =
      Set.of(
          "Accept",
          "OData-MaxVersion",
          "OData-Version",
          "DataServiceVersion",
          "MaxDataServiceVersion");

  private final EntityTable table;
  private final ODataSettings settings;
  private final String path;
  private final FilterTranslator filters;

  ScanRequests(EntityTable table, ODataSettings settings) {
    this(table, settings, UrlText.segment(table.schema().name().name()));
  }

  /**
   * @param path to the rows, below the root, encoded
   */
  ScanRequests(EntityTable table, ODataSettings settings, String path) {
    this.table = table;
    this.settings = settings;
    this.path = path;
    this.filters = new FilterTranslator(table, settings.profile());
  }

  /** The first page. */
  HttpRequest first(ScanRequest scan) {
    return page(scan, settings.url(path, options(scan, top(scan))));
  }

  /** The first page, in the size that the service gives it. */
  HttpRequest firstOfAnySize(ScanRequest scan) {
    return page(scan, settings.url(path, options(scan, OptionalLong.empty())));
  }

  /** Whether the first page asks for a page size that the service may refuse as an option. */
  boolean isSized(ScanRequest scan) {
    return isTopPageSize() && top(scan).isPresent();
  }

  /**
   * Whether the answer to a limit may end where a page does: it is as long as the pages of some
   * tables are, and shorter than the limit, without a link to more.
   */
  boolean mayBeCut(ScanRequest scan, Page page) {
    OptionalInt shortPage = settings.profile().shortPage();
    return shortPage.isPresent()
        && page.next().isEmpty()
        && page.rows().size() == shortPage.getAsInt()
        && scan.limit().orElse(0) > page.rows().size();
  }

  /** A page by its URL, with the same headers as every other page of the scan. */
  HttpRequest page(ScanRequest scan, String url) {
    Map<String, String> headers = headers("application/json");
    headers.putAll(settings.profile().headers());
    advanced(scan).ifPresent(advanced -> headers.putAll(advanced.headers()));
    preferences(scan).forEach(each -> headers.merge("Prefer", each, (one, two) -> one + "," + two));
    return HttpRequest.get(Purpose.DATA, url, headers);
  }

  /** What goes into the one header {@code Prefer}. */
  private List<String> preferences(ScanRequest scan) {
    List<String> preferences = new ArrayList<>();
    OptionalInt pageSize = isTopPageSize() ? OptionalInt.empty() : pageSize(scan);
    if (pageSize.isPresent()) {
      preferences.add("odata.maxpagesize=" + pageSize.getAsInt());
    }
    Set<String> terms = new TreeSet<>();
    scan.columns().forEach(column -> table.requireField(column).term().ifPresent(terms::add));
    if (!terms.isEmpty()) {
      preferences.add("odata.include-annotations=\"" + String.join(",", terms) + "\"");
    }
    return preferences;
  }

  /** The groups of the scan, as {@code $apply}. */
  HttpRequest groups(ScanRequest scan) {
    GroupTranslator translator =
        new GroupTranslator(
            table, settings.profile(), settings.aggregates(table).orElse(Aggregates.DECLARED));
    String apply = UrlText.query(translator.apply(scan, conditions(scan)));
    requireRoom(apply);
    return linked(settings.url(path, "$apply=" + apply));
  }

  /** A page of groups by its URL. */
  HttpRequest linked(String url) {
    return HttpRequest.get(Purpose.DATA, url, headers("application/json"));
  }

  private boolean isTopPageSize() {
    return settings.profile().top() == Profile.Top.PAGE_SIZE;
  }

  /** The page size that is asked for; empty when the service decides or {@code $top} rules. */
  private OptionalInt pageSize(ScanRequest scan) {
    boolean alone = settings.profile().top() == Profile.Top.LIMIT_ALONE && scan.limit().isPresent();
    return alone || table.singleton() ? OptionalInt.empty() : settings.pageSize(scan.pageSize());
  }

  /** What {@code $top} says: the limit, or the size of a page, which is no more than the limit. */
  private OptionalLong top(ScanRequest scan) {
    OptionalInt pageSize = pageSize(scan);
    return isTopPageSize() && pageSize.isPresent()
        ? OptionalLong.of(Math.min(pageSize.getAsInt(), scan.limit().orElse(Long.MAX_VALUE)))
        : scan.limit();
  }

  /** What marks the scan as advanced, where the service wants that. */
  private Optional<Advanced> advanced(ScanRequest scan) {
    return settings
        .profile()
        .advanced()
        .filter(advanced -> table.isA(advanced.baseType()))
        .filter(
            advanced ->
                scan.aggregation().isPresent()
                    || !scan.order().isEmpty()
                    || !scan.filters().stream().allMatch(each -> isPlain(each, advanced)));
  }

  private static boolean isPlain(Expression filter, Advanced advanced) {
    return !(filter instanceof Call call)
        || (advanced.plain().contains(call.function())
            && call.arguments().stream().allMatch(each -> isPlain(each, advanced)));
  }

  /** The number of rows, by a path of its own. */
  HttpRequest countPath(ScanRequest scan, Purpose purpose) {
    List<String> options = new ArrayList<>();
    addFilter(options, scan);
    String url = settings.url(path + "/$count", String.join("&", options));
    // RFC 9110, section 12.5.1: text/plain is what OData promises; some services send JSON.
    Map<String, String> headers = headers("text/plain, application/json;q=0.5");
    settings
        .profile()
        .advanced()
        .filter(advanced -> table.isA(advanced.baseType()))
        .ifPresent(advanced -> headers.putAll(advanced.headers()));
    return HttpRequest.get(purpose, url, headers);
  }

  /** The number of rows, beside one row, with word on whether the number stopped at its cap. */
  HttpRequest countCapped(ScanRequest scan, Purpose purpose) {
    List<String> options = new ArrayList<>();
    addSelect(options, select(List.of(), Integer.MAX_VALUE));
    addFilter(options, scan);
    options.add("$count=true");
    options.add("$top=1");
    Map<String, String> headers = headers("application/json");
    headers.put("Prefer", COUNT_ANNOTATIONS);
    return HttpRequest.get(purpose, settings.url(path, String.join("&", options)), headers);
  }

  /** Dataverse's count of a whole table, out of a snapshot of the last 24 hours. */
  HttpRequest countSnapshot() {
    String name = UrlText.query("['" + table.logicalName() + "']");
    String url = settings.url("RetrieveTotalRecordCount(EntityNames=@p1)", "@p1=" + name);
    return HttpRequest.get(Purpose.COUNT, url, headers("application/json"));
  }

  /** A request as people are shown it: without the headers that every request has. */
  static HttpRequest shown(HttpRequest request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.keySet().removeAll(EVERYWHERE);
    return new HttpRequest(
        request.purpose(), request.method(), request.url(), headers, request.body());
  }

  private Map<String, String> headers(String accept) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", accept);
    headers.putAll(table.protocol().headers());
    return headers;
  }

  private String options(ScanRequest scan, OptionalLong top) {
    List<String> options = new ArrayList<>();
    addFilter(options, scan);
    if (!scan.order().isEmpty()) {
      options.add("$orderby=" + UrlText.query(order(scan.order())));
    }
    if (scan.offset() > 0) {
      options.add("$skip=" + scan.offset());
    }
    if (top.isPresent()) {
      options.add("$top=" + top.getAsLong());
    }
    advanced(scan).ifPresent(advanced -> options.add(advanced.option()));
    String expand = expand(scan);
    if (!expand.isEmpty()) {
      options.add(0, "$expand=" + expand);
    }
    int used = settings.root().length() + String.join("&", options).length() + 100;
    addSelect(options, select(scan.columns(), settings.profile().longestUrl() - used));
    return String.join("&", options);
  }

  private static void addSelect(List<String> options, String select) {
    if (!select.isEmpty()) {
      options.add(0, "$select=" + select);
    }
  }

  /** The properties of what rows refer to, by the navigation property that leads there. */
  private String expand(ScanRequest scan) {
    Map<String, Set<String>> names = new LinkedHashMap<>();
    for (String column : scan.columns()) {
      Field field = table.requireField(column);
      field
          .navigation()
          .ifPresent(
              navigation ->
                  names
                      .computeIfAbsent(navigation, any -> new LinkedHashSet<>())
                      .add(field.selected()));
    }
    return names.entrySet().stream()
        .map(
            each ->
                UrlText.query(each.getKey())
                    + "($select="
                    + UrlText.query(String.join(",", each.getValue()))
                    + ")")
        .collect(Collectors.joining(","));
  }

  /**
   * The properties to send; empty, which means all, if their names do not fit into the URL and the
   * service does send all then. Without columns, as for a count, the key.
   */
  private String select(List<String> columns, int room) {
    List<Field> own =
        columns.stream()
            .map(table::requireField)
            .filter(field -> field.navigation().isEmpty())
            .toList();
    List<Field> wanted = own.isEmpty() ? table.keyFields() : own;
    Set<String> names = new LinkedHashSet<>();
    wanted.forEach(field -> names.add(field.selected()));
    String select = UrlText.query(String.join(",", names));
    return select.length() <= room || !settings.profile().entities().whole() ? select : "";
  }

  private String order(List<SortKey> keys) {
    List<String> parts = new ArrayList<>();
    for (SortKey key : keys) {
      String path = table.requireField(key.column()).urlPath();
      parts.add(key.descending() ? path + " desc" : path);
    }
    if (settings.profile().tiesMove()) {
      table.keyFields().stream()
          .filter(field -> keys.stream().noneMatch(key -> key.column().equals(field.name())))
          .forEach(field -> parts.add(field.urlPath()));
    }
    return String.join(",", parts);
  }

  private void addFilter(List<String> options, ScanRequest scan) {
    List<String> parts = conditions(scan);
    if (!parts.isEmpty()) {
      String filter = UrlText.query(String.join(" and ", parts));
      requireRoom(filter);
      options.add("$filter=" + filter);
    }
  }

  private List<String> conditions(ScanRequest scan) {
    List<String> parts = new ArrayList<>();
    for (Expression filter : scan.filters()) {
      Condition condition = filters.translate(filter);
      if (condition.isNone()) {
        throw new SourceException(
            ErrorKind.PUSHDOWN_REFUSED, "a filter cannot be sent: " + condition.note());
      }
      parts.add(condition.text());
    }
    table.restriction().ifPresent(parts::add);
    return parts;
  }

  private void requireRoom(String filter) {
    if (settings.root().length() + filter.length() > settings.profile().longestUrl() + 500) {
      throw new SourceException(
          ErrorKind.PUSHDOWN_REFUSED,
          "the filter has " + filter.length() + " characters, too many for a URL");
    }
  }
}
