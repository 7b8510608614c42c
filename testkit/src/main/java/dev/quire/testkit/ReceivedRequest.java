package dev.quire.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came over the wire. Immutable.
 *
 * @param number 1 for the first that this server saw
 * @param target the request target byte for byte, one char per byte: {@code /accounts?$top=5}
 * @param headers by name in any case; each with all of its values, in order
 * @param body as sent, with chunks joined
 */
public record ReceivedRequest(
    int number, String method, String target, Map<String, List<String>> headers, byte[] body) {

  public ReceivedRequest {
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(copy);
  }

  /** The target up to the question mark, as sent. */
  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** The target after the question mark, as sent; empty without one. */
  public String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /** Query parameters, decoded, in order; of a name given twice the last value. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : query().split("&", -1)) {
      int equals = part.indexOf('=');
      if (!part.isEmpty()) {
        String name = equals < 0 ? part : part.substring(0, equals);
        parameters.put(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return parameters;
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters().get(name));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** All values of a header, by a name in any case. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "#" + number + " " + method + " " + target;
  }
}
