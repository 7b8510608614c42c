package dev.quire.rest.spec;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads spec files. What stands at the top holds for every table that does not say otherwise. */
public final class SpecReader {
  private static final String[] TOP = {
    "url", "headers", "parameters", "paging", "page_size", "errors", "tables", "remarks"
  };
  private static final String[] TABLE = {
    "path",
    "method",
    "headers",
    "parameters",
    "body",
    "form",
    "rows",
    "columns",
    "key",
    "filters",
    "page_size",
    "paging",
    "total",
    "errors",
    "remarks"
  };

  private static final Rows LIST = new Rows(Pointer.ROOT, Rows.Shape.LIST, false);

  private final Yaml root;
  private final Map<String, Yaml> top;

  private SpecReader(Yaml root) {
    this.root = root;
    this.top = root.section(TOP);
  }

  /**
   * Reads a file.
   *
   * @throws SourceException CONFIGURATION with file and line
   */
  public static Spec read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, "there is no file " + file, e)
          .withHint(
              "'spec' names a file, or one of the specs that Quire brings: "
                  + String.join(", ", ShippedSpecs.NAMES)
                  + ".");
    } catch (CharacterCodingException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, "cannot read " + file + ": " + e, e);
    }
  }

  /**
   * Reads a text.
   *
   * @param label what messages call it
   */
  public static Spec parse(String label, String text) {
    return new SpecReader(Yaml.parse(label, text)).spec(label);
  }

  private Spec spec(String label) {
    List<TableSpec> tables = new ArrayList<>();
    Map<String, Yaml> named = root.require(top, "tables").section();
    if (named.isEmpty()) {
      throw root.require(top, "tables").fault("there are no tables");
    }
    named.forEach((name, table) -> tables.add(table(name, table)));
    return new Spec(label, Yaml.find(top, "url").map(Yaml::text), tables);
  }

  private TableSpec table(String name, Yaml yaml) {
    Map<String, Yaml> section = yaml.section(TABLE);
    String path = yaml.require(section, "path").text();
    String method =
        Yaml.find(section, "method").map(m -> m.choice(List.of("GET", "POST"))).orElse("GET");
    Columns columns = new Columns(yaml, PathTemplate.names(path), Yaml.find(section, "columns"));
    List<FilterSpec> filters = columns.filters(Yaml.find(section, "filters"));
    List<ColumnSpec> all = columns.all();
    return new TableSpec(
        TableName.of(name),
        method,
        path,
        both("parameters", section),
        both("headers", section),
        body(section, method),
        Yaml.find(section, "form").map(Yaml::flag).orElse(false),
        Yaml.find(section, "rows").map(SpecReader::rows).orElse(LIST),
        all,
        Yaml.find(section, "key").map(key -> key(key, all)).orElse(List.of()),
        filters,
        inherited("page_size", section).map(SpecReader::pageSize),
        inherited("paging", section).map(PagingReader::paging).orElse(new PagingSpec.None()),
        Yaml.find(section, "total").map(PagingReader::signal),
        inherited("errors", section).map(SpecReader::errors).orElse(ErrorSpec.NONE),
        Yaml.find(section, "remarks").map(Yaml::text));
  }

  private Optional<Yaml> inherited(String key, Map<String, Yaml> section) {
    return Yaml.find(section, key).or(() -> Yaml.find(top, key));
  }

  private Map<String, String> both(String key, Map<String, Yaml> section) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map<String, Yaml> level : List.of(top, section)) {
      Yaml.find(level, key)
          .ifPresent(
              given -> given.section().forEach((name, text) -> texts.put(name, text.text())));
    }
    return texts;
  }

  private static @Nullable Object body(Map<String, Yaml> section, String method) {
    Yaml body = section.get("body");
    if (body == null) {
      return null;
    }
    if (!method.equals("POST")) {
      throw body.fault("only a POST has a body; add 'method: POST'");
    }
    return body.tree();
  }

  private static Rows rows(Yaml yaml) {
    if (!yaml.isSection()) {
      return new Rows(yaml.pointer(), Rows.Shape.LIST, false);
    }
    Map<String, Yaml> section = yaml.section("at", "as", "absent");
    String as =
        Yaml.find(section, "as").map(y -> y.choice(List.of("list", "map", "one"))).orElse("list");
    boolean empty =
        Yaml.find(section, "absent")
            .map(y -> y.choice(List.of("empty", "error")).equals("empty"))
            .orElse(false);
    Pointer at = Yaml.find(section, "at").map(Yaml::pointer).orElse(Pointer.ROOT);
    return new Rows(at, Rows.Shape.valueOf(as.toUpperCase(Locale.ROOT)), empty);
  }

  private static List<String> key(Yaml yaml, List<ColumnSpec> columns) {
    List<Yaml> names = yaml.isList() ? yaml.list() : List.of(yaml);
    Set<String> known = columns.stream().map(ColumnSpec::name).collect(Collectors.toSet());
    return names.stream()
        .map(
            name -> {
              if (!known.contains(name.text())) {
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
    return new PageSize(PagingReader.place(yaml, section), usual, most);
  }

  private static OptionalInt number(Map<String, Yaml> section, String key) {
    return Yaml.find(section, key)
        .map(yaml -> OptionalInt.of(yaml.positive()))
        .orElse(OptionalInt.empty());
  }

  private static ErrorSpec errors(Yaml yaml) {
    Map<String, Yaml> section = yaml.section("when", "message", "code", "retry");
    List<ErrorSpec.Envelope> envelopes = new ArrayList<>();
    Yaml.find(section, "when")
        .ifPresent(
            when ->
                (when.isList() ? when.list() : List.of(when))
                    .forEach(each -> envelopes.add(envelope(each))));
    Set<String> retry =
        Yaml.find(section, "retry").map(Yaml::list).orElse(List.of()).stream()
            .map(Yaml::text)
            .collect(Collectors.toSet());
    return new ErrorSpec(
        envelopes,
        Yaml.find(section, "message").map(Yaml::pointer),
        Yaml.find(section, "code").map(Yaml::pointer),
        retry);
  }

  private static ErrorSpec.Envelope envelope(Yaml yaml) {
    if (!yaml.isSection()) {
      return new ErrorSpec.Envelope(yaml.pointer(), Optional.empty());
    }
    Map<String, Yaml> section = yaml.section("at", "is");
    return new ErrorSpec.Envelope(
        yaml.require(section, "at").pointer(), Yaml.find(section, "is").map(Yaml::text));
  }
}
