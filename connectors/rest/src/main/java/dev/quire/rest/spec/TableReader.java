package dev.quire.rest.spec;

import dev.quire.spi.TableName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the tables of a spec. One thread at a time. */
final class TableReader {
  private static final String[] KEYS = {
    "path",
    "method",
    "headers",
    "parameters",
    "body",
    "form",
    "format",
    "rows",
    "equal_pages",
    "columns",
    "sample",
    "key",
    "filters",
    "parent",
    "session",
    "page_size",
    "paging",
    "total",
    "errors",
    "remarks"
  };

  private final Map<String, Yaml> top;

  /**
   * @param top what holds for every table that does not say otherwise
   */
  TableReader(Map<String, Yaml> top) {
    this.top = top;
  }

  TableSpec table(String name, Yaml yaml) {
    Map<String, Yaml> section = yaml.section(KEYS);
    RequestSpec request = request(yaml, section);
    PagingSpec paging =
        inherited("paging", section).map(PagingReader::paging).orElse(new PagingSpec.None());
    AnswerSpec answer = new AnswerReader(section, inherited("format", section)).read(paging, top);
    Optional<SessionSpec> session =
        Yaml.find(section, "session").map(each -> SessionReader.session(each, this));
    Set<String> names = new LinkedHashSet<>(PathTemplate.names(request.path()));
    session.ifPresent(opened -> names.addAll(PathTemplate.names(opened.open().path())));
    Optional<ParentSpec> parent =
        Yaml.find(section, "parent").map(each -> ParentReader.parent(each, names));
    Columns columns = new Columns(names, parent, Yaml.find(section, "columns"), answer.format());
    List<FilterSpec> filters = columns.filters(Yaml.find(section, "filters"));
    List<ColumnSpec> all = columns.all();
    boolean inferred = !section.containsKey("columns");
    return new TableSpec(
        TableName.of(name),
        request,
        answer,
        all,
        inferred,
        sample(section, names),
        Yaml.find(section, "key").map(key -> key(key, all, inferred)).orElse(List.of()),
        filters,
        inherited("page_size", section).map(TableReader::pageSize),
        paging,
        parent,
        session,
        Yaml.find(section, "remarks").map(Yaml::text));
  }

  /** The request of a section with path, method and what it carries. */
  RequestSpec request(Yaml yaml, Map<String, Yaml> section) {
    String method =
        Yaml.find(section, "method").map(m -> m.choice(List.of("GET", "POST"))).orElse("GET");
    return request(method, yaml, section);
  }

  RequestSpec request(String method, Yaml yaml, Map<String, Yaml> section) {
    Optional<Yaml> body = Yaml.find(section, "body");
    Optional<Yaml> form = Yaml.find(section, "form");
    boolean isForm = form.map(Yaml::flag).orElse(false);
    if (method.equals("GET") && (body.isPresent() || isForm)) {
      throw body.or(() -> form).orElseThrow().fault("only a POST has a body; add 'method: POST'");
    }
    if (body.isPresent() && isForm) {
      throw body.get().fault("a form's body is its parameters; leave out 'body' or 'form'");
    }
    return new RequestSpec(
        method,
        yaml.require(section, "path").text(),
        both("parameters", section),
        both("headers", section),
        body.map(Yaml::tree).orElse(null),
        isForm);
  }

  private Optional<Yaml> inherited(String key, Map<String, Yaml> section) {
    return Yaml.find(section, key).or(() -> Yaml.find(top, key));
  }

  private Map<String, String> both(String key, Map<String, Yaml> section) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map<String, Yaml> level : List.of(top, section)) {
      Yaml.find(level, key).ifPresent(given -> texts.putAll(texts(given)));
    }
    return texts;
  }

  private static Map<String, String> texts(Yaml given) {
    Map<String, String> texts = new LinkedHashMap<>();
    given.section().forEach((name, text) -> texts.put(name, text.text()));
    return texts;
  }

  private static Map<String, String> sample(Map<String, Yaml> section, Set<String> names) {
    Optional<Yaml> given = Yaml.find(section, "sample");
    given.ifPresent(yaml -> yaml.section(names.toArray(String[]::new)));
    return given.map(TableReader::texts).orElse(Map.of());
  }

  private static List<String> key(Yaml yaml, List<ColumnSpec> columns, boolean inferred) {
    List<Yaml> names = yaml.isList() ? yaml.list() : List.of(yaml);
    Set<String> known = columns.stream().map(ColumnSpec::name).collect(Collectors.toSet());
    return names.stream()
        .map(
            name -> {
              if (!inferred && !known.contains(name.text())) {
                throw name.fault("the key '" + name.text() + "' is no column of the table");
              }
              return name.text();
            })
        .toList();
  }

  private static PageSize pageSize(Yaml yaml) {
    Map<String, Yaml> section = yaml.section("parameter", "header", "body", "usual", "most");
    OptionalInt usual = number(section, "usual");
    OptionalInt most = number(section, "most");
    if (usual.isPresent() && most.isPresent() && usual.getAsInt() > most.getAsInt()) {
      throw yaml.fault("'usual' is more than 'most'");
    }
    return new PageSize(PagingReader.place(yaml, section), usual, most);
  }

  private static OptionalInt number(Map<String, Yaml> section, String key) {
    return Yaml.find(section, key)
        .map(yaml -> OptionalInt.of(yaml.positive()))
        .orElse(OptionalInt.empty());
  }
}
