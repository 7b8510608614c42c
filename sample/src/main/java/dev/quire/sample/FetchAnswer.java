package dev.quire.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** One page of a FetchXML query. One thread at a time. */
final class FetchAnswer {
  private static final String MORE = "Microsoft.Dynamics.CRM.morerecords";
  private static final String COOKIE = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie";

  /** Without a cookie Dataverse pages no further. */
  private static final long MOST_WITHOUT_COOKIE = 50_000;

  private final FetchQuery query;
  private final ODataCall call;
  private final RowSearch rows;

  private FetchAnswer(FetchQuery query, ODataCall call) {
    this.query = query;
    this.call = call;
    ScanQuery scan = query.scan();
    this.rows =
        RowSearch.ordered(RowSearch.Candidates.all(scan.table()), scan.filter(), scan.order());
  }

  static HttpAnswer of(SampleTable table, ODataCall call) {
    String xml = call.options().find("fetchXml").orElse("");
    FetchAnswer answer = new FetchAnswer(FetchQuery.parse(table, xml), call);
    answer.skip();
    return call.json(answer::writeTo);
  }

  private void skip() {
    if (!query.cookie().isEmpty()) {
      PagingCookie cookie = PagingCookie.parseInner(query.cookie());
      long last = query.scan().table().keys().row(UUID.fromString(cookie.last()));
      if (cookie.page() + 1 != query.page() || last < 0 || !rows.skipPast(last)) {
        throw PagingCookie.malformed();
      }
      return;
    }
    long skipped = Math.min((query.page() - 1L) * query.count(), MOST_WITHOUT_COOKIE);
    for (long i = 0; i < skipped; i++) {
      if (rows.next() == RowSearch.END) {
        return;
      }
    }
  }

  private void writeTo(OutputStream out) throws IOException {
    SampleTable table = query.scan().table();
    EntityWriter writer =
        EntityWriter.withoutNulls(query.scan(), call.preferences(), call.baseUrl());
    long first = RowSearch.END;
    long last = RowSearch.END;
    try (JsonWriter json = new JsonWriter(out, call.numbersAsText())) {
      json.raw("{\"@odata.context\":").text(call.baseUrl() + "/$metadata#" + table.setName());
      json.raw(",\"value\":[");
      long row = rows.next();
      for (int sent = 0; sent < query.count() && row != RowSearch.END; sent++) {
        json.raw(sent == 0 ? "" : ",");
        writer.write(json, row);
        first = sent == 0 ? row : first;
        last = row;
        row = rows.next();
      }
      json.raw("]");
      boolean more = row != RowSearch.END && !query.limited();
      if (call.preferences().wants(MORE)) {
        json.raw(",\"@" + MORE + "\":" + more);
      }
      if (more && call.preferences().wants(COOKIE)) {
        RowKeys keys = table.keys();
        String from = keys.key(first).toString();
        String to = keys.key(last).toString();
        json.raw(",\"@" + COOKIE + "\":");
        json.text(new PagingCookie(query.page(), table.key().name(), to, from).annotation());
      }
      json.raw("}");
    }
  }
}
