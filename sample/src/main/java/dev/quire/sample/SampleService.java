package dev.quire.sample;

import dev.quire.sample.ScanQuery.Expansion;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Web API: from a request to its answer. Thread-safe. */
final class SampleService {
  static final String ROOT = "/api/data/v9.2";

  private static final Pattern ENTITY = Pattern.compile("(\\w+)\\(([^()']+)\\)(?:/([\\w$]+))?");
  private static final Pattern TOTALS =
      Pattern.compile("RetrieveTotalRecordCount\\(EntityNames=(@\\w+|\\[[^]]*])\\)");
  private static final Pattern DEFINITION =
      Pattern.compile("EntityDefinitions\\(LogicalName='(\\w+)'\\)");
  private static final Pattern QUOTED = Pattern.compile("['\"](\\w+)['\"]");

  private final SampleData data;

  SampleService(SampleData data) {
    this.data = data;
  }

  /**
   * Answers a request below {@link #ROOT}.
   *
   * @param origin {@code http://127.0.0.1:PORT}
   * @throws ODataFault for everything that is refused
   */
  HttpAnswer answer(HttpCall http, String origin) {
    if (http.method().equals("POST") && http.path().equals(ROOT + "/$batch")) {
      return BatchAnswer.of(http, origin, inside -> answer(inside, origin));
    }
    if (!http.method().equals("GET")) {
      throw new ODataFault(405, "0x0", "The sample service can only be read.");
    }
    String path = http.path();
    if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
      throw ODataFault.noSegment(path);
    }
    String rest = QueryOptions.decode(path.substring(ROOT.length()).replaceFirst("^/", ""));
    if (rest.equals("$metadata")) {
      return HttpAnswer.text(200, "application/xml; charset=utf-8", MetadataDocument.of(data));
    }
    ODataCall call = ODataCall.of(http, origin + ROOT);
    return rest.isEmpty() ? serviceDocument(call) : resource(call, rest);
  }

  /** Values of the rows of an entity set, in the order of their keys. */
  List<List<@Nullable Object>> rows(String entitySet, List<String> names) {
    SampleTable table = data.requireSet(entitySet);
    List<SampleColumn> columns = names.stream().map(table::requireColumn).toList();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long row = 0; row < table.size(); row++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (SampleColumn column : columns) {
        values.add(column.value().at(row));
      }
      rows.add(values);
    }
    return rows;
  }

  private HttpAnswer resource(ODataCall call, String path) {
    Matcher totals = TOTALS.matcher(path);
    if (totals.matches()) {
      return totals(call, totals.group(1));
    }
    Matcher definition = DEFINITION.matcher(path);
    if (definition.matches()) {
      return DefinitionAnswer.of(requireEntity(definition.group(1)), call);
    }
    if (path.endsWith("/$count")) {
      return count(call, data.requireSet(path.substring(0, path.length() - 7)));
    }
    Matcher entity = ENTITY.matcher(path);
    if (entity.matches()) {
      return belowEntity(call, entity);
    }
    SampleTable table = data.requireSet(path);
    if (call.options().find("fetchXml").isPresent()) {
      return FetchAnswer.of(table, call);
    }
    return call.options().find("$apply").isPresent()
        ? ApplyAnswer.of(table, call)
        : collection(call, table, RowSearch.Candidates.all(table), path);
  }

  private HttpAnswer belowEntity(ODataCall call, Matcher path) {
    SampleTable table = data.requireSet(path.group(1));
    long row = row(table, path.group(2));
    String property = path.group(3);
    if (property == null) {
      return entity(call, table, row);
    }
    Navigation navigation = table.requireNavigation(property);
    SampleTable target = data.requireSet(navigation.target());
    long[] rows = navigation.rows().of(row);
    if (navigation.collection()) {
      return collection(call, target, RowSearch.Candidates.of(rows), path.group());
    }
    return rows.length == 0
        ? HttpAnswer.text(204, "text/plain", "")
        : entity(call, target, rows[0]);
  }

  private static long row(SampleTable table, String key) {
    String text = key.substring(key.indexOf('=') + 1);
    try {
      long row = table.keys().row(UUID.fromString(text));
      if (row >= 0) {
        return row;
      }
    } catch (IllegalArgumentException e) {
      throw ODataFault.malformed("Bad key '" + text + "': a GUID is expected.");
    }
    throw new ODataFault(
        404,
        "0x80040217",
        "Entity '%s' With Id = %s Does Not Exist".formatted(table.entityName(), text));
  }

  private HttpAnswer collection(
      ODataCall call, SampleTable table, RowSearch.Candidates candidates, String path) {
    CollectionAnswer page =
        new CollectionAnswer(query(call, table), candidates, call, call.baseUrl() + "/" + path);
    return call.json(page::writeTo);
  }

  private HttpAnswer entity(ODataCall call, SampleTable table, long row) {
    ScanQuery query = query(call, table);
    String columns =
        query.selected().isEmpty() ? "" : "(" + String.join(",", query.selected()) + ")";
    String context = call.baseUrl() + "/$metadata#" + table.setName() + columns + "/$entity";
    EntityWriter writer = new EntityWriter(query, call.preferences(), call.baseUrl());
    return call.json(
        out -> {
          try (JsonWriter json = new JsonWriter(out, call.numbersAsText())) {
            writer.writeRoot(json, context, row);
          }
        });
  }

  private ScanQuery query(ODataCall call, SampleTable table) {
    QueryOptions options = call.options();
    List<Expansion> expansions =
        options
            .find("$expand")
            .map(text -> ExpandParser.parse(data, table, text))
            .orElse(List.of());
    return ScanQuery.parse(table, name -> options.find(name).orElse(null), expansions);
  }

  private HttpAnswer count(ODataCall call, SampleTable table) {
    ScanQuery query = query(call, table);
    RowSearch rows = RowSearch.byKey(RowSearch.Candidates.all(table), query.filter());
    return HttpAnswer.text(200, "text/plain", Long.toString(rows.count(Preferences.LARGEST_PAGE)));
  }

  private HttpAnswer serviceDocument(ODataCall call) {
    String sets =
        data.tables().stream()
            .map(
                table ->
                    "{\"name\":\"%1$s\",\"kind\":\"EntitySet\",\"url\":\"%1$s\"}"
                        .formatted(table.setName()))
            .collect(Collectors.joining(","));
    String context = call.baseUrl() + "/$metadata";
    return HttpAnswer.text(
        200,
        "application/json; odata.metadata=minimal",
        "{\"@odata.context\":\"%s\",\"value\":[%s]}".formatted(context, sets));
  }

  /** The function RetrieveTotalRecordCount: exact here, a snapshot of the last day in Dataverse. */
  private HttpAnswer totals(ODataCall call, String names) {
    String list = names.startsWith("@") ? call.options().find(names).orElse("") : names;
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(list);
    while (matcher.find()) {
      String name = matcher.group(1);
      SampleTable table = requireEntity(name);
      keys.add('"' + name + '"');
      values.add(Long.toString(table.size()));
    }
    String type = "Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse";
    return HttpAnswer.text(
        200,
        "application/json; odata.metadata=minimal",
        ("{\"@odata.context\":\"%s/$metadata#%s\",\"EntityRecordCountCollection\":{\"Count\":%d,"
                + "\"IsReadOnly\":false,\"Keys\":%s,\"Values\":%s}}")
            .formatted(call.baseUrl(), type, keys.size(), keys, values));
  }

  private SampleTable requireEntity(String name) {
    return data.findEntity(name)
        .orElseThrow(
            () ->
                new ODataFault(
                    404,
                    "0x80060888",
                    "The entity with a name = '%s' was not found.".formatted(name)));
  }
}
