package dev.quire.rest;

import dev.quire.http.HttpResponse;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;

/** Whether anything tells where the body of an answer ends. */
final class Framing {
  private static final List<String> TELLING =
      List.of("Content-Length", "Transfer-Encoding", "Content-Encoding");

  private Framing() {}

  /**
   * For formats whose own text does not tell it: a list of records that was cut between two of them
   * looks whole.
   *
   * @throws SourceException MALFORMED_RESPONSE when only the closed connection ends the body
   */
  static void requireEnd(HttpResponse response) {
    if (TELLING.stream().allMatch(name -> response.headers(name).isEmpty())) {
      throw new SourceException(
              ErrorKind.MALFORMED_RESPONSE,
              "nothing tells where the answer ends, so that one that was cut would look whole")
          .withHint(
              "The service must send Content-Length, chunks or gzip; perhaps it does so when asked"
                  + " by HTTP/1.1 without a proxy between.");
    }
  }
}
