package dev.quire.sample;

import dev.quire.sample.ScanQuery.Expansion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one query as JSON objects. One thread at a time. */
final class EntityWriter {
  private static final byte[] ETAG =
      "{\"@odata.etag\":\"W/\\\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ETAG_END = "\\\"\"".getBytes(StandardCharsets.US_ASCII);
  private static final long FIRST_ETAG = 4_200_001;

  private final ScanQuery query;
  private final Preferences preferences;
  private final String baseUrl;
  private final List<SampleColumn> columns;
  private final byte[][] names;
  private final boolean annotated;
  private final boolean nulls;

  EntityWriter(ScanQuery query, Preferences preferences, String baseUrl) {
    this(query, preferences, baseUrl, true);
  }

  /** As answers to FetchXML are: a null is not written at all. */
  static EntityWriter withoutNulls(ScanQuery query, Preferences preferences, String baseUrl) {
    return new EntityWriter(query, preferences, baseUrl, false);
  }

  private EntityWriter(ScanQuery query, Preferences preferences, String baseUrl, boolean nulls) {
    this.nulls = nulls;
    this.query = query;
    this.preferences = preferences;
    this.baseUrl = baseUrl;
    this.columns = query.columns();
    this.names = new byte[columns.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = (",\"" + columns.get(i).name() + "\":").getBytes(StandardCharsets.US_ASCII);
    }
    this.annotated =
        preferences.wants(Preferences.FORMATTED) || preferences.wants(Preferences.LOGICAL_NAME);
  }

  /** One row as an object. */
  void write(JsonWriter json, long row) throws IOException {
    json.raw(ETAG).number(FIRST_ETAG + row).raw(ETAG_END);
    members(json, row);
    json.raw("}");
  }

  /** One row as the body of an answer of its own. */
  void writeRoot(JsonWriter json, String context, long row) throws IOException {
    json.raw("{\"@odata.context\":").text(context);
    json.raw(",\"@odata.etag\":\"W/\\\"").number(FIRST_ETAG + row).raw(ETAG_END);
    members(json, row);
    json.raw("}");
  }

  private void members(JsonWriter json, long row) throws IOException {
    for (int i = 0; i < names.length; i++) {
      SampleColumn column = columns.get(i);
      Object value = column.value().at(row);
      if (annotated && value != null) {
        annotate(json, column, value);
      }
      if (nulls || value != null) {
        json.raw(names[i]).value(column.type(), value);
      }
    }
    for (Expansion expansion : query.expansions()) {
      expand(json, expansion, row);
    }
  }

  private void annotate(JsonWriter json, SampleColumn column, Object value) throws IOException {
    String formatted = formatted(column, value);
    if (formatted != null && preferences.wants(Preferences.FORMATTED)) {
      annotation(json, column.name(), Preferences.FORMATTED, formatted);
    }
    if (column.isLookup() && preferences.wants(Preferences.LOGICAL_NAME)) {
      annotation(json, column.name(), Preferences.LOGICAL_NAME, logicalName(column));
    }
  }

  private static void annotation(JsonWriter json, String column, String term, String text)
      throws IOException {
    json.raw(",\"" + column + "@" + term + "\":").text(text);
  }

  private static @Nullable String formatted(SampleColumn column, Object value) {
    if (column.name().equals("statecode")) {
      return value.equals(0L) ? "Active" : "Inactive";
    }
    return value instanceof BigDecimal money ? String.format(Locale.ROOT, "%,.2f", money) : null;
  }

  private String logicalName(SampleColumn column) {
    return query.table().navigations().stream()
        .filter(navigation -> navigation.lookup().equals(column.name()))
        .findFirst()
        .map(navigation -> navigation.target().replaceAll("s$", ""))
        .orElse("transactioncurrency");
  }

  private void expand(JsonWriter json, Expansion expansion, long row) throws IOException {
    Navigation navigation = expansion.navigation();
    ScanQuery wanted = expansion.query();
    EntityWriter writer = new EntityWriter(wanted, preferences, baseUrl);
    json.raw(",\"" + navigation.name() + "\":");
    RowSearch rows =
        RowSearch.ordered(
            RowSearch.Candidates.of(navigation.rows().of(row)), wanted.filter(), wanted.order());
    if (!navigation.collection()) {
      long target = rows.next();
      if (target == RowSearch.END) {
        json.raw("null");
      } else {
        writer.write(json, target);
      }
      return;
    }
    writer.children(json, rows);
    json.raw(",\"" + navigation.name() + "@odata.nextLink\":").text(childLink(expansion, row));
  }

  private void children(JsonWriter json, RowSearch rows) throws IOException {
    json.raw("[");
    int left = query.top().orElse(Preferences.LARGEST_PAGE);
    boolean first = true;
    for (long row = rows.next(); row != RowSearch.END && left > 0; row = rows.next(), left--) {
      json.raw(first ? "" : ",");
      write(json, row);
      first = false;
    }
    json.raw("]");
  }

  /** As Dataverse does: a link to the same children again, with nothing about pages in it. */
  private String childLink(Expansion expansion, long row) {
    String link =
        "%s/%s(%s)/%s"
            .formatted(
                baseUrl,
                query.table().setName(),
                query.table().keys().key(row),
                expansion.navigation().name());
    String options = String.join("&", ExpandParser.split(expansion.options(), ';'));
    return options.isEmpty() ? link : link + "?" + options.replace(" ", "%20");
  }
}
