package dev.quire.http;

import dev.quire.spi.SourceException;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer that is no success, as a {@link FaultReader} sees it. Immutable.
 *
 * @param headers finds the first value of a header, by a name in any case
 * @param bytes at most the first 64 KiB of the decoded body
 * @param body the same as text, without the source's secrets
 * @param standard what the door would throw for this status; return it (or a copy with a better
 *     message) when the API's code says nothing more
 */
public record Refusal(
    int status,
    Function<String, Optional<String>> headers,
    byte[] bytes,
    String body,
    SourceException standard) {

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  @Override
  public String toString() {
    return "Refusal[" + status + "]";
  }
}
