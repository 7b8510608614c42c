package dev.quire.rest.openapi;

import dev.quire.rest.probe.Words;
import dev.quire.rest.spec.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An operation that answers with a list. Immutable.
 *
 * @param node the operation
 * @param parameters of the operation and its path
 * @param answer the schema of the answer
 * @param at where the list is in it
 * @param row the schema of its elements
 * @param headers of the answer
 */
record ListOperation(
    String path,
    Node node,
    List<Parameter> parameters,
    Schema answer,
    Pointer at,
    Schema row,
    List<String> headers) {

  /** A parameter. */
  record Parameter(String name, String in, boolean required, Schema schema, String description) {
    boolean isNumber() {
      return schema.types().contains("integer") || schema.types().contains("number");
    }
  }

  /** The operation behind a path's GET; empty if it has none, or one that answers with no list. */
  static Optional<ListOperation> of(String path, Node item) {
    Optional<Node> get = item.find("get");
    Optional<Node> response =
        get.flatMap(node -> node.find("responses"))
            .flatMap(all -> all.find("200").or(() -> all.find("2XX")));
    Optional<Schema> answer = response.flatMap(ListOperation::json).map(Schema::new);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    List<Parameter> parameters = parameters(item, get.get());
    return rows(answer.get(), path, parameters)
        .map(
            at ->
                new ListOperation(
                    path,
                    get.get(),
                    parameters,
                    answer.get(),
                    at,
                    element(answer.get(), at),
                    List.copyOf(response.get().members("headers").keySet())));
  }

  private static Optional<Node> json(Node response) {
    Map<String, Node> content = response.members("content");
    return content.entrySet().stream()
        .filter(
            each ->
                each.getKey()
                    .toLowerCase(Locale.ROOT)
                    .matches("(application/([\\w.+-]+\\+)?json|\\*/\\*).*"))
        .findFirst()
        .flatMap(each -> each.getValue().find("schema"));
  }

  private static List<Parameter> parameters(Node item, Node get) {
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (Node level : List.of(item, get)) {
      for (Node each : level.elements("parameters")) {
        String name = each.text("name").orElse("");
        String in = each.text("in").orElse("");
        Schema schema = new Schema(each.find("schema").orElse(each));
        if (!name.isEmpty()) {
          all.put(
              in + " " + name,
              new Parameter(
                  name, in, each.flag("required"), schema, each.text("description").orElse("")));
        }
      }
    }
    return List.copyOf(all.values());
  }

  private static Optional<Pointer> rows(Schema answer, String path, List<Parameter> parameters) {
    if (answer.isArray()) {
      return Optional.of(Pointer.ROOT);
    }
    List<Pointer> lists = new ArrayList<>();
    lists(answer, List.of(), path, isPaged(answer, parameters), lists);
    return lists.stream()
        .min(
            java.util.Comparator.<Pointer>comparingInt(at -> rank(at, path))
                .thenComparingInt(at -> at.steps().size()));
  }

  private static int rank(Pointer at, String path) {
    String name = last(at);
    return Words.LISTS.contains(Words.bare(name)) || isNamedLike(name, path) ? 0 : 1;
  }

  private static String last(Pointer at) {
    return at.steps().get(at.steps().size() - 1);
  }

  /** Whether the answer is one page of several; else a list in it is a member of one thing. */
  private static boolean isPaged(Schema answer, List<Parameter> parameters) {
    boolean counted = answer.properties().keySet().stream().anyMatch(PagingHints::isTotal);
    return counted || parameters.stream().anyMatch(PagingHints::isPaging);
  }

  private static void lists(
      Schema schema, List<String> at, String path, boolean paged, List<Pointer> lists) {
    schema
        .properties()
        .forEach(
            (name, property) -> {
              List<String> steps = new ArrayList<>(at);
              steps.add(name);
              boolean objects = property.items().filter(Schema::isObject).isPresent();
              boolean named =
                  isNamedLike(name, path) || paged && Words.LISTS.contains(Words.bare(name));
              if (property.isArray()
                  && (named || objects && (paged || Words.LISTS.contains(Words.bare(name))))) {
                lists.add(new Pointer(steps));
              } else if (property.isObject() && at.isEmpty()) {
                lists(property, steps, path, paged, lists);
              }
            });
  }

  private static boolean isNamedLike(String name, String path) {
    String[] steps = path.split("/");
    return steps.length > 0 && Words.bare(steps[steps.length - 1]).equals(Words.bare(name));
  }

  private static Schema element(Schema answer, Pointer at) {
    Schema list = answer;
    for (String step : at.steps()) {
      list = java.util.Objects.requireNonNull(list.properties().get(step));
    }
    return list.items().orElse(list);
  }

  List<Parameter> in(String place) {
    return parameters.stream().filter(each -> each.in().equals(place)).toList();
  }
}
