package dev.quire.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it may be shown to people.
 *
 * @param url complete, with secrets masked
 * @param headers those that matter for paging and meaning; never credentials
 * @param body of a POST, as text
 */
public record RequestPreview(
    String method, String url, Map<String, String> headers, Optional<String> body) {

  public RequestPreview {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }
}
