package dev.quire.rest.probe;

import dev.quire.rest.json.JsonText;
import dev.quire.rest.spec.Rows;
import dev.quire.rest.spec.SpecReader;
import dev.quire.rest.spec.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The spec of one table while it is found out. One thread at a time. */
final class Draft {
  private final List<String> head = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();
  private final Map<String, String> lines = new TreeMap<>();
  private final Map<String, List<String>> remarks = new TreeMap<>();
  private final Map<String, String> parameters;
  private final Optional<String> root;
  private final String path;
  private List<ColumnGuess.Guess> columns = List.of();

  /** What a table has, in the order in which it is written. */
  enum Part {
    PATH,
    METHOD,
    PARAMETERS,
    HEADERS,
    BODY,
    ROWS,
    PAGING,
    PAGE_SIZE,
    TOTAL,
    KEY,
    COLUMNS
  }

  /**
   * @param root that the spec names; empty if a source has it
   * @param path below it
   */
  Draft(Optional<String> root, String path, Map<String, String> parameters) {
    this.root = root;
    this.path = path;
    this.parameters = new LinkedHashMap<>(parameters);
    put(Part.PATH, "path: " + Words.quoted(path));
  }

  void post(@Nullable Object body) {
    put(Part.METHOD, "method: POST");
    put(Part.BODY, "body: " + JsonText.of(body));
  }

  void headers(Map<String, String> headers) {
    if (!headers.isEmpty()) {
      put(Part.HEADERS, "headers: " + JsonText.of(headers));
    }
  }

  void rows(Rows rows) {
    String at = Words.quoted(rows.at().toString());
    put(
        Part.ROWS,
        rows.shape() == Rows.Shape.LIST ? "rows: " + at : "rows: {at: " + at + ", as: map}");
  }

  void put(Part part, String line) {
    lines.put(place(part), line);
  }

  /** A comment above a part. */
  void remark(Part part, String text) {
    List<String> all = remarks.computeIfAbsent(place(part), key -> new ArrayList<>());
    if (!all.contains(text)) {
      all.add(text);
    }
  }

  private static String place(Part part) {
    return (char) ('a' + part.ordinal()) + "";
  }

  /** A comment at the top. */
  void head(String text) {
    head.add(text);
  }

  /** The lines of a source for the configuration, as comments at the end. */
  void settings(String... source) {
    settings.addAll(List.of(source));
  }

  /** Takes back the paging with what is wrong about it. */
  void unverify(String problem) {
    String paging = lines.getOrDefault(place(Part.PAGING), "");
    remark(Part.PAGING, problem);
    if (!paging.isEmpty() && !paging.contains("style: none")) {
      remark(Part.PAGING, "not verified, and therefore left out: " + paging);
      put(Part.PAGING, "paging: {style: none}");
    }
  }

  void columns(List<ColumnGuess.Guess> found) {
    columns = found;
  }

  /** Takes out a parameter that paging gives. */
  void leaveOut(String parameter) {
    parameters.remove(parameter);
  }

  /** The spec, with what was found so far. */
  String text() {
    StringBuilder out = new StringBuilder();
    head.forEach(line -> out.append("# ").append(line).append('\n'));
    root.ifPresent(url -> out.append("url: ").append(Words.quoted(url)).append('\n'));
    out.append("tables:\n  ").append(tableName()).append(":\n");
    for (Part part : Part.values()) {
      remarks
          .getOrDefault(place(part), List.of())
          .forEach(remark -> line(out, "# Unsure: " + remark + "."));
      if (part == Part.PARAMETERS && !parameters.isEmpty()) {
        line(out, "parameters:");
        parameters.forEach(
            (name, value) -> line(out, "  " + Words.quoted(name) + ": " + JsonText.of(value)));
      }
      Optional.ofNullable(lines.get(place(part))).ifPresent(text -> line(out, text));
    }
    line(out, "columns:");
    columns.forEach(column -> line(out, "  " + column.yaml()));
    if (columns.isEmpty()) {
      line(out, "  row: {type: json, path: \"\"}");
    }
    settings.forEach(line -> out.append("# ").append(line).append('\n'));
    return out.toString();
  }

  private static void line(StringBuilder out, String text) {
    out.append("    ").append(text).append('\n');
  }

  /** What the connector makes of it. */
  TableSpec table() {
    return SpecReader.parse("the probe's spec", text()).tables().get(0);
  }

  String tableName() {
    String[] steps = path.split("/");
    for (int i = steps.length - 1; i >= 0; i--) {
      String name = steps[i].replaceAll("\\W+", "_").replaceAll("^_+|_+$", "");
      if (name.matches("[A-Za-z]\\w*") && !name.matches("(?i)v\\d+|query|search|_search")) {
        return name;
      }
    }
    return "items";
  }
}
