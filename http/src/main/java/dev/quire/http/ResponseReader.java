package dev.quire.http;

import java.io.IOException;

/**
 * Turns an answer into a value, inside the exchange, so that the connection is always given back.
 * May be called again for a later attempt, so it must not leave anything behind when it throws.
 */
@FunctionalInterface
public interface ResponseReader<T> {
  /**
   * @throws IOException when the body could not be read to its end: the request is tried again
   * @throws dev.quire.spi.SourceException when the answer is not what it should be: tried again
   *     only if its kind is transient
   */
  T read(HttpResponse response) throws IOException;
}
