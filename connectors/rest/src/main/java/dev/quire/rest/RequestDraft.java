package dev.quire.rest;

import dev.quire.http.HttpRequest;
import dev.quire.rest.json.JsonText;
import dev.quire.rest.paging.Pager;
import dev.quire.rest.spec.Format;
import dev.quire.rest.spec.PathTemplate;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.RequestSpec;
import dev.quire.spi.CallContext.Purpose;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request while it is put together. A value that is put where one stands replaces it. One thread
 * at a time.
 */
final class RequestDraft implements Pager.Target {
  private final RequestSpec spec;
  private final String base;
  private final Map<String, String> segments = new HashMap<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private @Nullable Object body;
  private @Nullable String url;

  /**
   * @param format of the answer
   * @param root the API's base URL, perhaps with a query that every request has
   */
  RequestDraft(RequestSpec spec, Format format, String root) {
    this.spec = spec;
    int question = root.indexOf('?');
    this.base = (question < 0 ? root : root.substring(0, question)).replaceFirst("/+$", "");
    this.body = copy(spec.body());
    headers.put("Accept", format.accept());
    headers.putAll(spec.headers());
    addQuery(question < 0 ? "" : root.substring(question + 1));
    int own = spec.path().indexOf('?');
    addQuery(own < 0 ? "" : spec.path().substring(own + 1));
    parameters.putAll(spec.parameters());
  }

  private void addQuery(String query) {
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        parameters.put(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * Puts a value.
   *
   * @param value a text, number, boolean or {@link JsonText.RawJson}
   */
  @Override
  public void put(Place place, Object value) {
    String text = value instanceof JsonText.RawJson raw ? raw.text() : value.toString();
    switch (place.kind()) {
      case PARAMETER -> parameters.put(place.name(), text);
      case HEADER -> headers.put(place.name(), text);
      case PATH -> segments.put(place.name(), text);
      case BODY -> body = with(body, place.pointer().steps(), value);
    }
  }

  /** Goes to this URL, as it is, instead of the table's own. */
  @Override
  public void follow(String next) {
    url = next;
  }

  private static Object with(@Nullable Object tree, List<String> steps, Object value) {
    if (steps.isEmpty()) {
      return value;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> old) {
      old.forEach((name, each) -> map.put(String.valueOf(name), each));
    }
    String step = steps.get(0);
    map.put(step, with(map.get(step), steps.subList(1, steps.size()), value));
    return map;
  }

  private static @Nullable Object copy(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, value) -> copy.put(String.valueOf(name), copy(value)));
      return copy;
    }
    return tree instanceof List<?> list ? new ArrayList<@Nullable Object>(list) : tree;
  }

  HttpRequest request(Purpose purpose) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    return new HttpRequest(purpose, spec.method(), url(), all, content(all));
  }

  private String url() {
    String followed = url;
    if (followed != null) {
      return followed;
    }
    int question = spec.path().indexOf('?');
    String path = question < 0 ? spec.path() : spec.path().substring(0, question);
    String filled =
        PathTemplate.filled(
            path,
            name ->
                segments.containsKey(name)
                    ? UrlText.encoded(segments.get(name))
                    : "{" + name + "}");
    String query = spec.form() ? "" : encoded();
    return base + filled + (query.isEmpty() ? "" : "?" + query);
  }

  private String encoded() {
    return parameters.entrySet().stream()
        .map(each -> UrlText.encoded(each.getKey()) + "=" + UrlText.encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private Optional<byte[]> content(Map<String, String> all) {
    if (spec.method().equals("GET") || (spec.method().equals("DELETE") && body == null)) {
      return Optional.empty();
    }
    all.putIfAbsent(
        "Content-Type", spec.form() ? "application/x-www-form-urlencoded" : "application/json");
    String text = spec.form() ? encoded() : body == null ? "{}" : JsonText.of(body);
    return Optional.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
