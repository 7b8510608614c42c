package dev.quire.http;

import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes secrets out of what people may see. Thread-safe. */
final class Redactor {
  private static final Pattern USER =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:[/\\\\]*)[^/\\\\?#]*@");

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
  private final List<Secrets> secrets;

  /**
   * @param ownNames headers or query parameters, in lower case, that carry this source's key
   * @param secrets what is to be found in texts
   */
  Redactor(Set<String> ownNames, Secrets... secrets) {
    this.ownNames = Set.copyOf(ownNames);
    this.secrets = List.of(secrets);
  }

  /** A URL with user information and the values of secret parameters masked. */
  String url(String url) {
    String anonymous =
        url.indexOf('@') < 0 ? url : USER.matcher(url).replaceFirst("$1" + Secrets.MASK + "@");
    return text(Query.replace(anonymous, name -> isSecret(name, SECRET_PARAMETERS), Secrets.MASK));
  }

  /** Method and URL. */
  String what(HttpRequest request) {
    return request.method() + " " + url(request.url());
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
    for (Secrets each : secrets) {
      clean = each.hide(clean);
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
      if (!text(message).equals(message)
          || Stream.of(t.getSuppressed()).anyMatch(this::holdsSecret)) {
        return true;
      }
    }
    return false;
  }
}
