package dev.quire.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of the groups that {@code $apply} gives. One thread at a time. */
final class ApplyAnswer {
  /** Dataverse aggregates at most this many records. */
  static final int MOST_RECORDS = 50_000;

  private static final String GROUP = "group";

  /** One row of the answer. */
  private record Group(@Nullable Object[] keys, List<Aggregate.State> states) {}

  private final ApplyQuery query;
  private final SampleTable table;
  private final ODataCall call;
  private final List<Group> groups;
  private final int page;
  private final int from;

  private ApplyAnswer(SampleTable table, ODataCall call, String text) {
    this.table = table;
    this.call = call;
    this.query = ApplyQuery.parse(table, text);
    this.groups = List.copyOf(groups().values());
    PagingCookie cookie =
        call.options().findRaw("$skiptoken").map(PagingCookie::parse).orElse(null);
    if (cookie != null && !(cookie.key().equals(GROUP) && cookie.last().matches("\\d{1,6}"))) {
      throw PagingCookie.malformed();
    }
    this.page = cookie == null ? 1 : cookie.page() + 1;
    this.from = cookie == null ? 0 : Integer.parseInt(cookie.last()) + 1;
  }

  static HttpAnswer of(SampleTable table, ODataCall call) {
    for (String other : List.of("$orderby", "$select", "$filter", "$expand", "$top")) {
      if (call.options().find(other).isPresent()) {
        throw ODataFault.badRequest(
            "0x80060888", other + " cannot be used with $apply on the sample service");
      }
    }
    String text = call.options().find("$apply").orElse("");
    ApplyAnswer answer = new ApplyAnswer(table, call, text);
    return call.json(answer::writeTo);
  }

  private Map<List<Object>, Group> groups() {
    Map<List<Object>, Group> found = new LinkedHashMap<>();
    if (query.keys().isEmpty()) {
      found.put(List.of(), newGroup(new @Nullable Object[0]));
    }
    RowSearch rows = RowSearch.byKey(RowSearch.Candidates.all(table), query.filter());
    int records = 0;
    for (long row = rows.next(); row != RowSearch.END; row = rows.next()) {
      if (++records > MOST_RECORDS) {
        throw ODataFault.badRequest(
            "0x8004E023", "AggregateQueryRecordLimit exceeded. Cannot perform this operation.");
      }
      add(found, row);
    }
    found.values().forEach(group -> group.states.forEach(Aggregate.State::requireInRange));
    return found;
  }

  private void add(Map<List<Object>, Group> found, long row) {
    @Nullable Object[] keys = new @Nullable Object[query.keys().size()];
    List<Object> identity = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      Object value = query.keys().get(i).value().at(row);
      keys[i] = value;
      identity.add(value == null ? List.of() : Values.identity(value));
    }
    Group group = found.computeIfAbsent(identity, key -> newGroup(keys));
    for (Aggregate.State state : group.states) {
      state.add(row);
    }
  }

  private Group newGroup(@Nullable Object[] keys) {
    return new Group(keys, query.aggregates().stream().map(Aggregate::start).toList());
  }

  private void writeTo(OutputStream out) throws IOException {
    int end = Math.min(groups.size(), from + call.preferences().pageSize());
    try (JsonWriter json = new JsonWriter(out, call.numbersAsText())) {
      json.raw("{\"@odata.context\":").text(call.baseUrl() + "/$metadata#" + table.setName());
      json.raw(",\"value\":[");
      for (int i = from; i < end; i++) {
        json.raw(i == from ? "{" : ",{");
        write(json, groups.get(i));
        json.raw("}");
      }
      json.raw("]");
      if (end < groups.size()) {
        json.raw(",\"@odata.nextLink\":").text(nextLink(end - 1));
      }
      json.raw("}");
    }
  }

  private String nextLink(int last) {
    PagingCookie cookie =
        new PagingCookie(page, GROUP, Integer.toString(last), Integer.toString(from));
    return call.baseUrl()
        + "/"
        + table.setName()
        + "?"
        + call.options().withSkipToken(cookie.encoded());
  }

  /** Members that are null are left out, as in Dataverse. */
  private void write(JsonWriter json, Group group) throws IOException {
    String comma = "";
    for (int i = 0; i < group.keys.length; i++) {
      SampleColumn column = query.keys().get(i);
      if (group.keys[i] != null) {
        json.raw(comma + "\"" + column.name() + "\":").value(column.type(), group.keys[i]);
        comma = ",";
      }
    }
    for (int i = 0; i < group.states.size(); i++) {
      Aggregate aggregate = query.aggregates().get(i);
      Object result = group.states.get(i).result();
      if (result != null) {
        json.raw(comma + "\"" + aggregate.alias() + "\":").value(aggregate.type(), result);
        comma = ",";
      }
    }
  }
}
