package dev.quire.rest.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.http.HttpResponse;
import dev.quire.rest.spec.Pointer;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer as a tree of maps, lists, strings, numbers, booleans and null. Immutable.
 *
 * @param links its Link headers
 * @param count its X-Total-Count
 */
record Sample(@Nullable Object tree, List<String> links, Optional<String> count) {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int DEEPEST = 4;

  static Sample read(HttpResponse response) throws IOException {
    try (JsonParser json = FACTORY.createParser(response.body())) {
      if (json.nextToken() == null) {
        throw new SourceException(ErrorKind.MALFORMED_RESPONSE, "the answer has no body");
      }
      return new Sample(value(json), response.headers("Link"), response.header("X-Total-Count"));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new SourceException(
              ErrorKind.MALFORMED_RESPONSE,
              "the answer is not JSON but " + response.header("Content-Type").orElse("something"),
              e)
          .withHint("Give the URL of a list in the API; a page for people is often a login form.");
    }
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          members.put(name, value(json));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(json));
        }
        yield elements;
      }
      case VALUE_NULL -> null;
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      default -> json.getText();
    };
  }

  /** Where the longest list of objects is, else the longest list. */
  Optional<Pointer> findRows() {
    Map<Pointer, List<?>> lists = new LinkedHashMap<>();
    collect(tree, List.of(), lists);
    Pointer best = null;
    int most = 0;
    for (Map.Entry<Pointer, List<?>> each : lists.entrySet()) {
      boolean objects = each.getValue().stream().allMatch(Map.class::isInstance);
      int weight = each.getValue().size() * (objects ? 1_000 : 1);
      if (weight > most) {
        best = each.getKey();
        most = weight;
      }
    }
    return Optional.ofNullable(best);
  }

  private static void collect(
      @Nullable Object value, List<String> path, Map<Pointer, List<?>> lists) {
    if (value instanceof List<?> list) {
      lists.put(new Pointer(path), list);
    } else if (value instanceof Map<?, ?> map && path.size() < DEEPEST) {
      map.forEach((name, inner) -> collect(inner, longer(path, String.valueOf(name)), lists));
    }
  }

  /** Values outside of lists, by their places. */
  Map<Pointer, Object> scalars() {
    Map<Pointer, Object> scalars = new LinkedHashMap<>();
    scalars(tree, List.of(), scalars);
    return scalars;
  }

  private static void scalars(
      @Nullable Object value, List<String> path, Map<Pointer, Object> scalars) {
    if (value instanceof Map<?, ?> map && path.size() < DEEPEST) {
      map.forEach((name, inner) -> scalars(inner, longer(path, String.valueOf(name)), scalars));
    } else if (value != null && !(value instanceof List<?>) && !(value instanceof Map<?, ?>)) {
      scalars.put(new Pointer(path), value);
    }
  }

  private static List<String> longer(List<String> path, String step) {
    List<String> all = new ArrayList<>(path);
    all.add(step);
    return all;
  }

  /** The rows; none if there is no list at the place. */
  List<@Nullable Object> rows(Pointer at) {
    Object value = tree;
    for (String step : at.steps()) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    List<@Nullable Object> rows = new ArrayList<>();
    if (value instanceof List<?> list) {
      rows.addAll(list);
    }
    return rows;
  }
}
