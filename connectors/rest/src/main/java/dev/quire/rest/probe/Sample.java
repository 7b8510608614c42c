package dev.quire.rest.probe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import dev.quire.http.HttpResponse;
import dev.quire.rest.json.Answer;
import dev.quire.rest.json.Found;
import dev.quire.rest.json.JsonText;
import dev.quire.rest.json.JsonTree;
import dev.quire.rest.paging.Pager;
import dev.quire.rest.paging.Seen;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.rest.spec.Signal;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One answer. Immutable.
 *
 * @param tree of maps, lists, strings, decimals, booleans and null
 * @param url that answered
 * @param headers those of {@link Words#HEADERS} that it has
 */
record Sample(@Nullable Object tree, String url, Map<String, List<String>> headers) {
  private static final int DEEPEST = 6;

  static Sample read(HttpResponse response) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : Words.HEADERS) {
      List<String> values = response.headers(name);
      if (!values.isEmpty()) {
        headers.put(name, List.copyOf(values));
      }
    }
    return new Sample(tree(response), response.url(), headers);
  }

  private static @Nullable Object tree(HttpResponse response) throws IOException {
    try (JsonParser json = Trees.FACTORY.createParser(response.body())) {
      if (json.nextToken() == null) {
        throw malformed("the answer has no body", null)
            .withHint("Give the URL of a list that is not empty.");
      }
      Object tree = JsonTree.read(json);
      if (json.nextToken() != null) {
        throw malformed("the answer goes on after the end of its JSON", null)
            .withHint("JSON lines are not probed; write the spec by hand.");
      }
      return tree;
    } catch (JacksonException e) {
      throw malformed(
              "the answer is not JSON but " + response.header("Content-Type").orElse("something"),
              e)
          .withHint("Give the URL of a list in the API; a page for people is often a login form.");
    }
  }

  private static SourceException malformed(String problem, @Nullable Throwable cause) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem, cause);
  }

  /** Lists by their places, outermost first. */
  Map<Pointer, List<?>> lists() {
    Map<Pointer, List<?>> lists = new LinkedHashMap<>();
    collect(tree, List.of(), lists);
    return lists;
  }

  private static void collect(
      @Nullable Object value, List<String> path, Map<Pointer, List<?>> lists) {
    if (value instanceof List<?> list) {
      lists.put(new Pointer(path), list);
    } else if (value instanceof Map<?, ?> map && path.size() < DEEPEST) {
      map.forEach((name, inner) -> collect(inner, Trees.longer(path, "" + name), lists));
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
      map.forEach((name, inner) -> scalars(inner, Trees.longer(path, "" + name), scalars));
    } else if (value != null && !(value instanceof List<?>) && !(value instanceof Map<?, ?>)) {
      scalars.put(new Pointer(path), value);
    }
  }

  Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst().filter(v -> !v.isBlank());
  }

  /** The rows; none if they are not at the place. */
  List<@Nullable Object> rows(Rows at) {
    Object value = Trees.at(tree, at.at().steps());
    List<@Nullable Object> rows = new ArrayList<>();
    if (at.shape() == Rows.Shape.LIST && value instanceof List<?> list) {
      rows.addAll(list);
    } else if (at.shape() == Rows.Shape.MAP && value instanceof Map<?, ?> map) {
      map.forEach((key, row) -> rows.add(keyed(key, row)));
    }
    return rows;
  }

  private static Object keyed(@Nullable Object key, @Nullable Object row) {
    Map<String, @Nullable Object> keyed = new LinkedHashMap<>();
    keyed.put("@key", key);
    if (row instanceof Map<?, ?> map) {
      map.forEach((name, value) -> keyed.put(String.valueOf(name), value));
    }
    return keyed;
  }

  /** The place of the page after a first one, as the connector finds it. */
  Optional<String> next(PagingSpec spec, Rows at) {
    List<@Nullable Object> rows = rows(at);
    Map<Pointer, Found> body = new HashMap<>();
    Map<Pointer, Found> lastRow = new HashMap<>();
    for (Signal signal : spec.signals()) {
      if (signal instanceof Signal.InBody in) {
        put(body, in.pointer(), tree);
      } else if (signal instanceof Signal.InLastRow in && !rows.isEmpty()) {
        put(lastRow, in.pointer(), rows.get(rows.size() - 1));
      }
    }
    List<Long> prints = rows.stream().map(row -> (long) JsonText.of(row).hashCode()).toList();
    List<@Nullable Object[]> empty = new ArrayList<>(Collections.nCopies(rows.size(), NO_VALUES));
    Answer answer = new Answer(empty, body, lastRow, prints, 1);
    return Pager.of(spec, Optional.empty())
        .next(
            new Seen(
                answer,
                url,
                name -> headers.getOrDefault(name, List.of()),
                Optional.empty(),
                OptionalInt.empty()));
  }

  private static final Object[] NO_VALUES = {};

  private static void put(Map<Pointer, Found> found, Pointer at, @Nullable Object tree) {
    Object value = Trees.at(tree, at.steps());
    if (value != null) {
      String json = JsonText.of(value);
      found.put(at, new Found(json, value instanceof String text ? text : json));
    }
  }
}
