package dev.quire.rest.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A schema with all that it is made of: {@code allOf} adds, and of {@code oneOf} and {@code anyOf}
 * any may come. Immutable.
 */
final class Schema {
  private static final int DEEPEST = 12;
  private static final List<String> COMBINED = List.of("allOf", "oneOf", "anyOf");

  private final List<Node> parts = new ArrayList<>();

  Schema(Node node) {
    collect(node, 0);
  }

  private void collect(Node node, int depth) {
    if (depth > DEEPEST || !(node.value() instanceof Map)) {
      return;
    }
    parts.add(node);
    COMBINED.forEach(name -> node.elements(name).forEach(each -> collect(each, depth + 1)));
  }

  /** {@code string}, {@code integer} and so on; what may be null besides, is not told. */
  Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    for (Node part : parts) {
      Optional<Node> type = part.find("type");
      if (type.isPresent() && type.get().value() instanceof List<?> list) {
        list.forEach(each -> types.add(String.valueOf(each)));
      } else if (type.isPresent()) {
        types.add(String.valueOf(type.get().value()));
      } else if (part.find("properties").isPresent()) {
        types.add("object");
      } else if (part.find("items").isPresent()) {
        types.add("array");
      } else if (part.elements("enum").stream().anyMatch(each -> each.value() instanceof String)) {
        types.add("string");
      }
    }
    types.remove("null");
    return types;
  }

  boolean isArray() {
    return types().equals(Set.of("array"));
  }

  boolean isObject() {
    return types().equals(Set.of("object"));
  }

  /** Of a list. */
  Optional<Schema> items() {
    return parts.stream().flatMap(part -> part.find("items").stream()).findFirst().map(Schema::new);
  }

  /** Of all parts, in their order; of one name the first. */
  Map<String, Schema> properties() {
    Map<String, Schema> properties = new LinkedHashMap<>();
    for (Node part : parts) {
      part.members("properties")
          .forEach((name, node) -> properties.computeIfAbsent(name, absent -> new Schema(node)));
    }
    return properties;
  }

  /** The first of the parts' values of a keyword. */
  Optional<String> keyword(String name) {
    return parts.stream().flatMap(part -> part.text(name).stream()).findFirst();
  }

  Optional<Integer> number(String name) {
    return parts.stream().flatMap(part -> part.number(name).stream()).findFirst();
  }

  /** The only value that is allowed, or the default. */
  Optional<String> value() {
    List<String> only =
        parts.stream()
            .flatMap(part -> part.elements("enum").stream())
            .map(each -> String.valueOf(each.value()))
            .toList();
    return keyword("default")
        .or(() -> only.size() == 1 ? only.stream().findFirst() : keyword("const"));
  }

  /** The type of a column; json for what has members or none. */
  String columnType() {
    Set<String> types = types();
    if (types.isEmpty() || types.contains("object") || types.contains("array")) {
      return "json";
    }
    if (types.size() > 1) {
      return types.equals(Set.of("integer", "number")) ? "decimal" : "string";
    }
    String format = keyword("format").orElse("");
    return switch (types.iterator().next()) {
      case "boolean" -> "boolean";
      case "integer" -> format.equals("int32") ? "integer" : "bigint";
      case "number" -> format.equals("double") || format.equals("float") ? "double" : "decimal";
      case "string" ->
          switch (format) {
            case "date-time" -> "timestamptz";
            case "date" -> "date";
            case "uuid" -> "uuid";
            case "byte" -> "binary";
            default -> "string";
          };
      default -> "json";
    };
  }
}
