package dev.quire.rest.openapi;

import dev.quire.rest.spec.Pointer;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document, and where it stands. References in it are followed. Immutable.
 *
 * @param place as a fragment: {@code #/paths}
 */
record Node(Document document, String place, @Nullable Object value) {
  private static final int LONGEST_CHAIN = 50;

  /** A member; empty if there is none, or null. */
  Optional<Node> find(String name) {
    return value instanceof Map<?, ?> map && map.get(name) != null
        ? Optional.of(inner(name, map.get(name)))
        : Optional.empty();
  }

  /** A member that must be there. */
  Node require(String name) {
    return find(name).orElseThrow(() -> fault("'" + name + "' is missing"));
  }

  private Node inner(String name, @Nullable Object inner) {
    String step = name.replace("~", "~0").replace("/", "~1");
    return new Node(document, place + "/" + step, inner).followed();
  }

  /** What a {@code $ref} leads to. */
  private Node followed() {
    Node node = this;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      if (!(node.value instanceof Map<?, ?> map) || !(map.get("$ref") instanceof String target)) {
        return node;
      }
      if (!target.startsWith("#")) {
        return new Node(document, place, Map.of());
      }
      node = node.target(target);
    }
    throw fault("the $ref leads in a circle");
  }

  private Node target(String target) {
    Object found = document.tree();
    for (String step : steps(target)) {
      found = found instanceof Map<?, ?> map ? map.get(step) : null;
    }
    if (found == null) {
      throw fault("$ref '" + target + "' leads nowhere");
    }
    return new Node(document, target, found);
  }

  private List<String> steps(String target) {
    String pointer =
        java.net.URLDecoder.decode(
            target.substring(1).replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    try {
      return Pointer.parse(pointer).steps();
    } catch (IllegalArgumentException e) {
      throw fault("$ref '" + target + "' is not a place in this document");
    }
  }

  /** Members by name, in the document's order. */
  Map<String, Node> members() {
    if (!(value instanceof Map<?, ?> map)) {
      throw fault("this must be an object");
    }
    Map<String, Node> members = new LinkedHashMap<>();
    map.forEach(
        (name, inner) -> {
          if (inner != null) {
            members.put(String.valueOf(name), inner(String.valueOf(name), inner));
          }
        });
    return members;
  }

  /** Members of a member; none if it is absent. */
  Map<String, Node> members(String name) {
    return find(name).map(Node::members).orElse(Map.of());
  }

  /** Elements of a member that is a list; none if it is absent. */
  List<Node> elements(String name) {
    Optional<Node> member = find(name);
    if (member.isEmpty()) {
      return List.of();
    }
    if (!(member.get().value instanceof List<?> list)) {
      throw member.get().fault("this must be a list");
    }
    List<Node> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      elements.add(member.get().inner(Integer.toString(i), list.get(i)));
    }
    return elements;
  }

  /** A member that is a text, number or boolean, as text. */
  Optional<String> text(String name) {
    return find(name)
        .filter(node -> !(node.value instanceof Map) && !(node.value instanceof List))
        .map(node -> String.valueOf(node.value));
  }

  boolean flag(String name) {
    return text(name).filter("true"::equals).isPresent();
  }

  /** A member that is a whole number from 0. */
  Optional<Integer> number(String name) {
    return text(name).filter(text -> text.matches("\\d{1,9}")).map(Integer::valueOf);
  }

  SourceException fault(String problem) {
    return Document.fault(document.label() + ": " + place + ": " + problem);
  }
}
