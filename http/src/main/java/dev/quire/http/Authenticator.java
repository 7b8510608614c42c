package dev.quire.http;

import dev.quire.spi.CallContext;
import java.util.Map;

/**
 * Puts credentials on the attempts of one origin. Sees each attempt whole, so that a signature over
 * method, URL, headers and body fits. Thread-safe.
 */
interface Authenticator extends AutoCloseable {

  /** The credentials for one attempt; may fetch a token through the context. */
  Signed apply(HttpRequest request, CallContext context);

  /**
   * Told that the service answered 401.
   *
   * @param rejected what {@link #apply} gave for the attempt
   * @return whether another attempt has other credentials
   */
  boolean refresh(Signed rejected, CallContext context);

  /** What must never be shown. */
  Secrets secrets();

  /** Frees what fetches tokens. */
  @Override
  default void close() {}

  /**
   * What goes out.
   *
   * @param url with a key in its query, if that is the way
   * @param headers to be added
   * @param credential identifies what was used, to tell a renewed credential from the rejected one;
   *     secret
   */
  record Signed(String url, Map<String, String> headers, String credential) {
    @Override
    public String toString() {
      return "Signed[***]";
    }
  }
}
