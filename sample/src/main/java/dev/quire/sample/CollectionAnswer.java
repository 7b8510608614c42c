package dev.quire.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** One page of a collection. One thread at a time. */
final class CollectionAnswer {
  private final ScanQuery query;
  private final Preferences preferences;
  private final QueryOptions options;
  private final String url;
  private final String baseUrl;
  private final RowSearch rows;
  private final long counted;
  private final int page;
  private final boolean numbersAsText;

  /**
   * Finds where the page begins; nothing is written yet.
   *
   * @param candidates the rows of the collection
   * @param url of the collection, without query
   * @throws ODataFault when the query cannot be run
   */
  CollectionAnswer(ScanQuery query, RowSearch.Candidates candidates, ODataCall call, String url) {
    this.query = query;
    this.preferences = call.preferences();
    this.options = call.options();
    this.url = url;
    this.baseUrl = call.baseUrl();
    this.numbersAsText = call.numbersAsText();
    this.counted =
        options.flag("$count")
            ? RowSearch.byKey(candidates, query.filter()).count(Preferences.LARGEST_PAGE + 1L)
            : -1;
    long most = isLimited() ? query.top().getAsInt() : Long.MAX_VALUE;
    this.rows = RowSearch.first(most, candidates, query.filter(), query.order());
    this.page = options.findRaw("$skiptoken").map(this::resume).orElse(1);
  }

  private int resume(String token) {
    PagingCookie cookie = PagingCookie.parse(token);
    RowKeys keys = query.table().keys();
    try {
      long last = keys.row(UUID.fromString(cookie.last()));
      if (cookie.key().equals(query.table().key().name()) && last >= 0 && rows.skipPast(last)) {
        return cookie.page() + 1;
      }
    } catch (IllegalArgumentException e) {
      throw PagingCookie.malformed();
    }
    throw PagingCookie.malformed();
  }

  void writeTo(OutputStream out) throws IOException {
    try (JsonWriter json = new JsonWriter(out, numbersAsText)) {
      json.raw("{\"@odata.context\":").text(context());
      counts(json);
      json.raw(",\"value\":[");
      String token = rows(json);
      json.raw("]");
      if (!token.isEmpty()) {
        json.raw(",\"@odata.nextLink\":").text(url + "?" + options.withSkipToken(token));
      }
      json.raw("}");
    }
  }

  private String context() {
    String columns = String.join(",", query.selected());
    String suffix = columns.isEmpty() ? "" : "(" + columns + ")";
    return baseUrl + "/$metadata#" + query.table().setName() + suffix;
  }

  private void counts(JsonWriter json) throws IOException {
    long shown = Math.min(counted, Preferences.LARGEST_PAGE);
    if (counted >= 0) {
      json.raw(",\"@odata.count\":").number(shown);
    }
    if (preferences.wants(Preferences.COUNT)) {
      json.raw(",\"@" + Preferences.COUNT + "\":").number(shown);
    }
    if (preferences.wants(Preferences.COUNT_EXCEEDED)) {
      json.raw(",\"@" + Preferences.COUNT_EXCEEDED + "\":");
      json.raw(counted > Preferences.LARGEST_PAGE ? "true" : "false");
    }
  }

  private boolean isLimited() {
    return preferences.maxPageSize().isEmpty() && hasSmallTop();
  }

  /** Writes the rows of the page; the token of the next one, or an empty text. */
  private String rows(JsonWriter json) throws IOException {
    boolean limited = isLimited();
    int most = limited ? query.top().getAsInt() : preferences.pageSize();
    EntityWriter writer = new EntityWriter(query, preferences, baseUrl);
    long first = RowSearch.END;
    long last = RowSearch.END;
    for (int sent = 0; sent < most; sent++) {
      long row = rows.next();
      if (row == RowSearch.END) {
        return "";
      }
      if (sent == 0) {
        first = row;
      } else {
        json.raw(",");
      }
      writer.write(json, row);
      last = row;
    }
    return limited || rows.next() == RowSearch.END ? "" : token(first, last);
  }

  /** A {@code $top} over the largest page is treated as the largest page. */
  private boolean hasSmallTop() {
    return query.top().isPresent() && query.top().getAsInt() <= Preferences.LARGEST_PAGE;
  }

  private String token(long first, long last) {
    RowKeys keys = query.table().keys();
    return new PagingCookie(
            page, query.table().key().name(), keys.key(last).toString(), keys.key(first).toString())
        .encoded();
  }
}
