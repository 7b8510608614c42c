package dev.quire.http;

import dev.quire.spi.SourceException;

/**
 * Turns an answer that is not a success into an exception with the API's own code and message. A
 * transient kind is tried again, so a service that throttles with a 400 is retried by its code.
 */
@FunctionalInterface
public interface FaultReader {

  /** The exception for an answer. */
  SourceException read(Refusal refusal);

  /** No codes beyond the status. */
  static FaultReader standard() {
    return Refusal::standard;
  }
}
