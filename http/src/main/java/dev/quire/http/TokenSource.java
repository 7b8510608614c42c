package dev.quire.http;

import dev.quire.spi.CallContext;
import java.time.Duration;
import java.util.Optional;

/** Where access tokens come from. Asked by one thread at a time, closed by any. */
interface TokenSource extends AutoCloseable {

  /** Asks for a token; what must not be shown of the exchange is noted before it is sent. */
  Token fetch(CallContext context);

  /** Frees what fetches tokens. */
  @Override
  void close();

  /**
   * A token.
   *
   * @param lifetime from its arrival; empty when nobody says
   * @param refreshToken what the next token can be had for, if the endpoint gave one
   */
  record Token(String value, Optional<Duration> lifetime, Optional<String> refreshToken) {
    @Override
    public String toString() {
      return "Token[***]";
    }
  }
}
