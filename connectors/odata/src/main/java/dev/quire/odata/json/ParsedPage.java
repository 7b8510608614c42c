package dev.quire.odata.json;

import dev.quire.http.Links;
import dev.quire.spi.Continuation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One answer, read to its end.
 *
 * @param nextLink as the service wrote it, perhaps relative; empty at the end
 * @param context the context URL as the service wrote it, the base of relative links
 * @param count what the service says of the whole collection
 * @param annotations other control information with scalar values, by name without the prefix
 *     {@code @}
 */
public record ParsedPage(
    List<@Nullable Object[]> rows,
    Optional<String> nextLink,
    Optional<String> context,
    OptionalLong count,
    Map<String, String> annotations) {

  /**
   * The next link, made absolute by the context URL, else by the URL of the request (OData JSON
   * 4.01, section 4.5.1), and otherwise left as the service wrote it.
   */
  public Optional<Continuation> next(String requestUrl) {
    return nextLink.map(link -> new Continuation(absolute(link, requestUrl)));
  }

  /** A link that stands anywhere in the answer, made absolute likewise. */
  public String absolute(String link, String requestUrl) {
    String base =
        context.map(url -> withoutFragment(Links.resolve(requestUrl, url))).orElse(requestUrl);
    return Links.resolve(base, link);
  }

  private static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }
}
