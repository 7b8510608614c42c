package dev.quire.http;

import dev.quire.spi.SourceException;

/**
 * Turns an answer that is not a success into an exception with the API's own code and message. A
 * transient kind is tried again, so a service that throttles with a 400 is retried by its code.
 */
@FunctionalInterface
public interface FaultReader {

  /**
   * @param body at most the first 64 KiB of the decoded body, as text
   * @param standard what the door would throw for this status; return it (or a copy with a better
   *     message) when the API's code says nothing more
   */
  SourceException read(int status, String body, SourceException standard);

  /** No codes beyond the status. */
  static FaultReader standard() {
    return (status, body, standard) -> standard;
  }
}
