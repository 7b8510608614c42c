package dev.quire.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port: what credentials are bound to. Read from raw text, the way the laxest
 * client would read it, so that no spelling of a link hides where it goes. Immutable.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; an IPv6 address in brackets
 * @param port the default one if none was written
 */
record Origin(String scheme, String host, int port) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
  private static final Pattern PORT = Pattern.compile("\\d{0,5}");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  /**
   * The origin of an absolute URL; empty when it is not http(s), has user information, or its
   * authority is not plain ASCII host and port.
   */
  static Optional<Origin> find(String url) {
    int colon = url.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean known = scheme.equals("http") || scheme.equals("https");
    if (!known || !isSlash(url, colon + 1) || !isSlash(url, colon + 2)) {
      return Optional.empty();
    }
    return authority(scheme, url.substring(colon + 3, pathStart(url)));
  }

  /** Where the path (or query, or fragment) of an absolute URL begins; at its end at the latest. */
  static int pathStart(String url) {
    int at = Math.min(url.length(), url.indexOf(':') + 3);
    while (at < url.length() && "/\\?#".indexOf(url.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean isSlash(String url, int at) {
    return at < url.length() && (url.charAt(at) == '/' || url.charAt(at) == '\\');
  }

  private static Optional<Origin> authority(String scheme, String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    String port = hasPort ? authority.substring(colon + 1) : "";
    if (!HOST.matcher(host).matches() || !PORT.matcher(port).matches()) {
      return Optional.empty();
    }
    int standard = scheme.equals("https") ? 443 : 80;
    int number = port.isEmpty() ? standard : Integer.parseInt(port);
    return number < 1 || number > 65_535
        ? Optional.empty()
        : Optional.of(new Origin(scheme, host.toLowerCase(Locale.ROOT), number));
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /** Whether it is this machine, which needs no encryption. */
  boolean isLoopback() {
    return host.equals("localhost") || host.equals("[::1]") || LOOPBACK.matcher(host).matches();
  }

  /** The host as an address resolver wants it: no brackets. */
  String plainHost() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The value of a Host header: the port only where it is not the default. */
  String authority() {
    return port == (isSecure() ? 443 : 80) ? host : host + ":" + port;
  }

  /** Host and port, for messages. */
  String address() {
    return host + ":" + port;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin that
        && scheme.equals(that.scheme)
        && host.equals(that.host)
        && port == that.port;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
  }

  @Override
  public String toString() {
    return scheme + "://" + authority();
  }
}
