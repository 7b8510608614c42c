package dev.quire.http;

import dev.quire.spi.CallContext;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as the connector wants it, without credentials. Immutable.
 *
 * @param url absolute, sent byte for byte; only characters that no request line can hold are
 *     escaped
 * @param headers sent on every attempt; names in any case
 * @param body sent as it is, for methods that have one
 */
public record HttpRequest(
    CallContext.Purpose purpose,
    String method,
    String url,
    Map<String, String> headers,
    Optional<byte[]> body) {

  public HttpRequest {
    TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableSortedMap(copy);
  }

  /** The same request to another URL. */
  HttpRequest withUrl(String other) {
    return new HttpRequest(purpose, method, other, headers, body);
  }

  /** Method and purpose: URL, headers and body may hold secrets. */
  @Override
  public String toString() {
    return "HttpRequest[" + method + ", " + purpose + "]";
  }

  public static HttpRequest get(
      CallContext.Purpose purpose, String url, Map<String, String> headers) {
    return new HttpRequest(purpose, "GET", url, headers, Optional.empty());
  }
}
