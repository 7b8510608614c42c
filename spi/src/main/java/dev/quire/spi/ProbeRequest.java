package dev.quire.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A list of rows that nobody has described. Immutable.
 *
 * @param url absolute, or a path below the configured {@code url}
 * @param post whether it is asked for with a POST
 * @param body of the POST, as JSON
 * @param headers sent with each request; no secrets
 * @param rows where the rows are, if the caller knows
 */
public record ProbeRequest(
    String url,
    boolean post,
    Optional<String> body,
    Map<String, String> headers,
    Optional<String> rows) {

  public ProbeRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A plain GET. */
  public static ProbeRequest get(String url) {
    return new ProbeRequest(url, false, Optional.empty(), Map.of(), Optional.empty());
  }

  /** The URL may hold a secret. */
  @Override
  public String toString() {
    return "ProbeRequest[" + (post ? "POST" : "GET") + "]";
  }
}
