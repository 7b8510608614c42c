package dev.quire.rest.paging;

import dev.quire.rest.spec.Signal;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Optional;

/** The flag that says whether there is a next page, where an API has one. */
final class More {
  private More() {}

  /**
   * Weighs the flag and the place of the next page: a flag that is false ends the chain whatever
   * else is there, and one that is true without a place is an error.
   */
  static Optional<String> weigh(Optional<Signal> flag, Seen seen, Optional<String> next) {
    if (flag.isEmpty()) {
      return next;
    }
    if (!says(flag.get(), seen)) {
      return Optional.empty();
    }
    if (next.isEmpty()) {
      throw new SourceException(
              ErrorKind.MALFORMED_RESPONSE,
              "the answer says at " + flag.get() + " that there is more, but not where")
          .withHint("Compare the spec's paging with an answer of the service.");
    }
    return next;
  }

  static boolean says(Signal flag, Seen seen) {
    return seen.find(flag).filter(found -> found.isTrue()).isPresent();
  }
}
