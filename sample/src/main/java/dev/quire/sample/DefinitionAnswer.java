package dev.quire.sample;

import java.io.IOException;
import java.util.Locale;

/** What {@code EntityDefinitions} says of one table: labels and descriptions. */
final class DefinitionAnswer {
  private static final int ENGLISH = 1033;

  private DefinitionAnswer() {}

  /** All columns, whatever the options select; the client may ask for less. */
  static HttpAnswer of(SampleTable table, ODataCall call) {
    return call.json(
        out -> {
          try (JsonWriter json = new JsonWriter(out, false)) {
            json.raw("{\"@odata.context\":");
            json.text(call.baseUrl() + "/$metadata#EntityDefinitions/$entity").raw(",");
            named(json, table.entityName(), "");
            json.raw(",\"Attributes\":[");
            boolean first = true;
            for (SampleColumn column : table.columns()) {
              json.raw(first ? "{" : ",{");
              named(json, logicalName(column), column.description());
              json.raw("}");
              first = false;
            }
            json.raw("]}");
          }
        });
  }

  /** A lookup's own name has nothing around it. */
  private static String logicalName(SampleColumn column) {
    String name = column.name();
    return column.isLookup() ? name.substring(1, name.length() - "_value".length()) : name;
  }

  private static void named(JsonWriter json, String name, String description) throws IOException {
    json.raw("\"LogicalName\":").text(name);
    json.raw(",\"DisplayName\":");
    label(json, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    json.raw(",\"Description\":");
    label(json, description);
  }

  private static void label(JsonWriter json, String text) throws IOException {
    json.raw("{\"LocalizedLabels\":[],\"UserLocalizedLabel\":");
    if (text.isEmpty()) {
      json.raw("null}");
    } else {
      json.raw("{\"Label\":").text(text);
      json.raw(",\"LanguageCode\":").number(ENGLISH).raw("}}");
    }
  }
}
