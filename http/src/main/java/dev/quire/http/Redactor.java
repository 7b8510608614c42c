package dev.quire.http;

import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Takes secrets out of what people may see. Thread-safe. */
final class Redactor {
  static final String MASK = "***";

  private static final Set<String> SECRET_PARAMETERS =
      Set.of(
          "sig",
          "signature",
          "token",
          "access_token",
          "id_token",
          "refresh_token",
          "key",
          "api_key",
          "apikey",
          "api-key",
          "subscription-key",
          "code",
          "client_secret",
          "client_assertion",
          "password",
          "passwd",
          "pwd",
          "secret",
          "x-amz-signature",
          "x-amz-credential",
          "x-amz-security-token");

  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key");

  private final Set<String> ownNames;
  private final Supplier<List<String>> secrets;

  /**
   * @param ownNames headers or query parameters, in lower case, that carry this source's key
   * @param secrets texts to be found in other texts
   */
  Redactor(Set<String> ownNames, Supplier<List<String>> secrets) {
    this.ownNames = Set.copyOf(ownNames);
    this.secrets = secrets;
  }

  /** A URL with the values of secret parameters masked. */
  String url(String url) {
    return text(Query.replace(url, name -> isSecret(name, SECRET_PARAMETERS), MASK));
  }

  boolean isSecretHeader(String name) {
    return isSecret(name, SECRET_HEADERS);
  }

  private boolean isSecret(String name, Set<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    return known.contains(lower) || ownNames.contains(lower);
  }

  /** A text without this source's credentials. */
  String text(String text) {
    String clean = text;
    for (String secret : secrets.get()) {
      clean = clean.replace(secret, MASK);
    }
    return clean;
  }

  /** The fault without this source's credentials; the same one if it holds none. */
  SourceException fault(SourceException fault) {
    if (!holdsSecret(fault)) {
      return fault;
    }
    SourceException clean = new SourceException(fault.kind(), text(fault.problem()));
    clean.setStackTrace(fault.getStackTrace());
    SourceException placed = fault.place().map(p -> clean.withPlace(text(p))).orElse(clean);
    return fault.hint().map(h -> placed.withHint(text(h))).orElse(placed);
  }

  private boolean holdsSecret(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (!text(message).equals(message)) {
        return true;
      }
    }
    return false;
  }
}
