package dev.quire.http;

import dev.quire.spi.CallContext;
import java.util.List;
import java.util.Map;

/**
 * Puts a connector's own credentials on the attempts of one origin: for services whose way is none
 * of {@code auth.type}, as a signature over the whole request. Thread-safe.
 */
public interface RequestSigner {

  /**
   * The headers that authenticate one attempt. Asked anew for each attempt, shortly before it is
   * sent.
   *
   * @param request as it goes out, but for {@code Host}, {@code User-Agent}, {@code
   *     Accept-Encoding} and {@code Content-Length}
   * @throws dev.quire.spi.SourceException when there are no credentials
   */
  Signature sign(HttpRequest request, CallContext context);

  /**
   * Told, once per request, that the service does not accept the credentials (a 401, or a fault of
   * kind AUTHENTICATION).
   *
   * @param rejected what {@link #sign} gave for the attempt
   * @return whether another attempt has other credentials
   */
  boolean refresh(Signature rejected, CallContext context);

  /**
   * What goes out.
   *
   * @param headers to be added
   * @param credential identifies what was used, to tell renewed credentials from rejected ones;
   *     empty for none
   * @param secrets what must never be shown
   */
  record Signature(Map<String, String> headers, String credential, List<String> secrets) {
    public Signature {
      headers = Map.copyOf(headers);
      secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
      return "Signature[***]";
    }
  }
}
