package dev.quire.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Thrown by a {@link ResponseReader} that finds an answer of its own inside of a success, and this
 * one is none: the door then treats it as the answer to the request, with its own status, {@code
 * Retry-After} and body.
 */
public final class PartRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Headers headers = new Headers();
  private final transient InputStream body;

  /**
   * @param headers by names in any case
   * @param body at its beginning; read before the answer around it is given back
   */
  public PartRefusedException(int status, Map<String, List<String>> headers, InputStream body) {
    super("an answer inside of the answer has the status " + status);
    this.status = status;
    this.body = body;
    headers.forEach((name, values) -> values.forEach(value -> this.headers.add(name, value)));
  }

  Transport.Head head() {
    return new Transport.Head(status, "", headers);
  }

  InputStream body() {
    return body;
  }
}
