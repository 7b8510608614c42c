package dev.quire.rest;

import dev.quire.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer that is read a second time without being asked for again. Immutable. */
final class KeptAnswer implements HttpResponse {
  /** Longer ones are not kept but asked for again. */
  static final int MOST_BYTES = 16 << 20;

  private final int status;
  private final String url;
  private final Map<String, List<String>> headers;
  private final byte[] bytes;

  private KeptAnswer(int status, String url, Map<String, List<String>> headers, byte[] bytes) {
    this.status = status;
    this.url = url;
    this.headers = headers;
    this.bytes = bytes;
  }

  /**
   * Reads an answer to its end.
   *
   * @param names of the headers that will be asked for
   * @return empty if it is too long; its beginning is lost then
   */
  static Optional<KeptAnswer> of(HttpResponse response, Collection<String> names)
      throws IOException {
    byte[] bytes = response.body().readNBytes(MOST_BYTES);
    if (response.body().read() >= 0) {
      return Optional.empty();
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    names.forEach(name -> headers.put(name, List.copyOf(response.headers(name))));
    return Optional.of(new KeptAnswer(response.status(), response.url(), headers, bytes));
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(bytes);
  }
}
