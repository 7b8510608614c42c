package dev.quire.rest.openapi;

import dev.quire.rest.json.JsonText;
import dev.quire.rest.openapi.ListOperation.Parameter;
import dev.quire.rest.probe.PagingText;
import dev.quire.rest.probe.Words;
import dev.quire.rest.spec.PagingSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one table. One thread at a time. */
final class TableText {
  private static final Pattern NAME = Pattern.compile("\\{([^{}/]+)}");

  /** Names that a row uses for itself, so that a path must not. */
  private static final Set<String> OWN =
      Set.of("id", "name", "key", "slug", "code", "uuid", "number");

  private static final Set<String> INEXACT = Set.of("json", "timestamptz", "binary", "double");

  private final ListOperation operation;
  private final PagingHints hints;
  private final RowColumns columns;
  private final List<String> filters = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder();

  TableText(ListOperation operation) {
    this.operation = operation;
    this.hints = new PagingHints(operation);
    this.columns = new RowColumns(operation.row());
  }

  String text(String name) {
    String path = path();
    operation.in("query").stream()
        .filter(each -> !PagingHints.isPaging(each))
        .forEach(this::filter);
    operation.in("header").forEach(this::header);
    out.append("  ").append(Words.quoted(name)).append(":\n");
    summary().ifPresent(text -> line("remarks: " + JsonText.of(text)));
    line("path: " + Words.quoted(path));
    if (!headers.isEmpty()) {
      line("headers: " + JsonText.of(headers));
    }
    if (!parameters.isEmpty()) {
      line("parameters: " + JsonText.of(parameters));
    }
    line("rows: " + Words.quoted(operation.at().toString()));
    paging();
    if (columns.find("id").filter(id -> !columns.type(id).equals("json")).isPresent()) {
      line("key: " + columns.find("id").get());
    }
    line("columns:");
    columns.yaml().forEach(each -> line("  " + each));
    if (!filters.isEmpty()) {
      line("filters:");
      filters.forEach(each -> line("  - " + each));
    }
    if (!others.isEmpty()) {
      line("# Parameters that are no column: " + String.join(", ", others));
    }
    return out.toString();
  }

  private void line(String text) {
    out.append("    ").append(text).append('\n');
  }

  private Optional<String> summary() {
    return operation
        .node()
        .text("summary")
        .or(() -> operation.node().text("description"))
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .filter(text -> !text.isEmpty())
        .map(text -> text.length() > 120 ? text.substring(0, 119) + "…" : text);
  }

  private void paging() {
    Optional<PagingSpec> paging = hints.paging();
    if (paging.isEmpty()) {
      line("# Unsure: the document does not say how this list pages, or whether.");
    }
    line("paging: " + paging.map(PagingText::of).orElse("{style: none}"));
    hints.pageSize().ifPresent(size -> line("page_size: " + size));
    if (paging.filter(PagingSpec.Count.class::isInstance).isEmpty()) {
      hints.total().ifPresent(total -> line("total: " + PagingText.signal(total)));
    }
  }

  /** The path with names that are columns. */
  private String path() {
    Matcher matcher = NAME.matcher(operation.path());
    StringBuilder path = new StringBuilder();
    while (matcher.find()) {
      String before = operation.path().substring(0, matcher.start());
      String name = pathName(matcher.group(1), before);
      matcher.appendReplacement(path, Matcher.quoteReplacement("{" + name + "}"));
    }
    return matcher.appendTail(path).toString();
  }

  private String pathName(String parameter, String before) {
    String name = parameter.replaceAll("\\W", "_");
    Optional<String> column = columns.find(name);
    boolean own = OWN.contains(Words.bare(name));
    if (own) {
      name = owner(before) + name;
    } else if (column.isPresent() && !columns.type(column.get()).equals("json")) {
      return column.get();
    }
    String type =
        operation.in("path").stream()
            .filter(each -> each.name().equals(parameter))
            .findFirst()
            .map(each -> each.schema().columnType())
            .filter(each -> Set.of("bigint", "integer", "uuid", "date").contains(each))
            .orElse("string");
    columns.given(name, type);
    return name;
  }

  /** {@code user_} of {@code /users/}. */
  private static String owner(String before) {
    String[] steps = before.split("/");
    String last = steps.length == 0 ? "" : steps[steps.length - 1].replaceAll("\\W", "_");
    String singular = last.replaceFirst("ies$", "y").replaceFirst("(?<=[^s])s$", "");
    return singular.isEmpty() ? "parent_" : singular + "_";
  }

  private void filter(Parameter parameter) {
    Optional<String> column = columns.find(parameter.name());
    Optional<String> value = parameter.schema().value();
    if (column.isPresent() && !INEXACT.contains(columns.type(column.get()))) {
      filters.add(filter(column.get(), parameter));
    } else if (parameter.required() && value.isPresent()) {
      parameters.put(parameter.name(), value.get());
    } else if (parameter.required()) {
      String name = parameter.name().replaceAll("\\W", "_");
      columns.given(name, "string");
      filters.add(filter(name, parameter));
    } else {
      others.add(parameter.name().replaceAll("\\s", " "));
    }
  }

  private static String filter(String column, Parameter parameter) {
    return "{column: %s, parameter: %s%s}"
        .formatted(
            Words.quoted(column),
            Words.quoted(parameter.name()),
            parameter.required() ? ", required: true" : "");
  }

  private void header(Parameter parameter) {
    if (parameter.required() && !Words.isSecret(parameter.name())) {
      parameter.schema().value().ifPresent(value -> headers.put(parameter.name(), value));
    }
  }
}
