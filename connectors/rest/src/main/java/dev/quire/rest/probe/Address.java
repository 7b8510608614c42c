package dev.quire.rest.probe;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A URL in its parts. Immutable.
 *
 * @param root scheme and authority
 * @param parameters of the query, decoded
 */
record Address(String root, String path, Map<String, String> parameters) {

  static Address parse(String url) {
    URI uri = URI.create(url);
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Address(
        uri.getScheme() + "://" + uri.getRawAuthority(), uri.getRawPath(), parameters);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The same with one parameter set. */
  Address with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put(name, value);
    return new Address(root, path, all);
  }

  /** The same without a parameter. */
  Address without(String name) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.remove(name);
    return new Address(root, path, all);
  }

  String url() {
    String query =
        parameters.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return root + path + (query.isEmpty() ? "" : "?" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
