package dev.quire.aws.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** An object of a model's JSON, with its members in the file's order. Immutable. */
final class Node {
  private static final JsonFactory JSON = new JsonFactory();
  static final Node EMPTY = new Node(Map.of());

  private final Map<String, Object> members;

  private Node(Map<String, Object> members) {
    this.members = members;
  }

  static Node read(Path file) throws IOException {
    boolean compressed = file.toString().endsWith(".gz");
    try (InputStream bytes = Files.newInputStream(file);
        JsonParser parser = JSON.createParser(compressed ? new GZIPInputStream(bytes) : bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(file + " holds no JSON object");
      }
      return new Node(object(parser));
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_STRING -> parser.getText();
      default -> null;
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** A value as it was read: a map, a list, a text, a number or a boolean. */
  Optional<Object> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  Optional<String> text(String name) {
    return find(name).filter(String.class::isInstance).map(String.class::cast);
  }

  /**
   * @throws IllegalArgumentException when there is no such text
   */
  String requireText(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no member '" + name + "'"));
  }

  /** The texts of a list, or the one that stands in its place. */
  List<String> texts(String name) {
    Object value = members.get(name);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** A whole number of 64 bits. */
  OptionalLong whole(String name) {
    return members.get(name) instanceof Number number
            && (number instanceof Integer || number instanceof Long)
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** An object, empty where there is none. */
  Node node(String name) {
    return members.get(name) instanceof Map<?, ?> map ? of(map) : EMPTY;
  }

  /** The members that are objects, in the file's order. */
  Map<String, Node> nodes() {
    Map<String, Node> all = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> map) {
            all.put(name, of(map));
          }
        });
    return all;
  }

  /** The values of a list as they were read. */
  List<Object> values(String name) {
    return members.get(name) instanceof List<?> list ? List.copyOf(list) : List.of();
  }

  /** The objects of a list. */
  List<Node> list(String name) {
    List<Node> nodes = new ArrayList<>();
    for (Object value : values(name)) {
      if (value instanceof Map<?, ?> map) {
        nodes.add(of(map));
      }
    }
    return nodes;
  }

  @SuppressWarnings("unchecked")
  static Node of(Map<?, ?> map) {
    return new Node((Map<String, Object>) map);
  }

  /** This object with the members of another, which win; objects in both are joined so too. */
  Node merged(Node other) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    other.members.forEach(
        (name, value) ->
            all.merge(
                name,
                value,
                (ours, theirs) ->
                    ours instanceof Map<?, ?> left && theirs instanceof Map<?, ?> right
                        ? of(left).merged(of(right)).members
                        : theirs));
    return new Node(all);
  }
}
