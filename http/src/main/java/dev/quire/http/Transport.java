package dev.quire.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Sends single attempts, each exactly once: no redirects, no decoding, no credentials, no silent
 * repetition. Thread-safe. What stands behind the door is exchanged here.
 */
interface Transport extends AutoCloseable {

  /** Prepares an attempt; nothing is sent yet. */
  Call prepare(Wire wire);

  /** Closes the connections that wait for use. */
  @Override
  void close();

  /** One attempt. One thread at a time, but {@link #abort} may come from any, at any moment. */
  interface Call extends AutoCloseable {
    /**
     * Sends the request and reads the head of the answer.
     *
     * @throws StaleConnectionException when a kept connection turned out to be closed by the other
     *     side before anything was answered
     * @throws java.net.ProtocolException when the answer is not HTTP
     */
    Head send() throws IOException;

    /** The body as it comes over the wire; ends early only with an IOException. */
    InputStream body();

    /** Breaks the connection; a thread in send or in a read of the body fails at once. */
    void abort();

    /** Keeps the connection for later if the body was read to its end, else closes it. */
    @Override
    void close();
  }

  /**
   * What to send.
   *
   * @param target what stands in the request line
   * @param headers without Host, Content-Length and Connection
   * @param readTimeout milliseconds that the next read may take; asked before each; may throw
   */
  record Wire(
      Origin origin,
      String method,
      String target,
      Map<String, String> headers,
      Optional<byte[]> body,
      Duration connectTimeout,
      IntSupplier readTimeout) {

    /** Method and origin: everything else may hold secrets. */
    @Override
    public String toString() {
      return "Wire[" + method + " " + origin + "]";
    }
  }

  /** The head of an answer. */
  record Head(int status, String reason, Headers headers) {}

  /** A kept connection was closed by the other side: to be sent again on a new one. */
  final class StaleConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    StaleConnectionException(IOException cause) {
      super("the kept connection was closed by the other side", cause);
    }
  }
}
