package dev.quire.rest.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the spec has it, before a value was put into it. Immutable.
 *
 * @param path below the base URL, with {@code {name}} where a value goes; perhaps with a query
 * @param parameters sent with every request, whatever page
 * @param body a tree of maps, lists, strings, numbers, booleans and null
 * @param form whether a POST's parameters are its body
 */
public record RequestSpec(
    String method,
    String path,
    Map<String, String> parameters,
    Map<String, String> headers,
    @Nullable Object body,
    boolean form) {

  public RequestSpec {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The same to another path. */
  public RequestSpec withPath(String other) {
    return new RequestSpec(method, other, parameters, headers, body, form);
  }
}
