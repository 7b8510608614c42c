package dev.quire.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What stands in the request line for a URL. */
final class RequestTarget {
  private static final String REFUSED = "\"<>\\^`{|}";

  private RequestTarget() {}

  /**
   * Path and query of an absolute URL as they are; only characters that a request line cannot hold
   * are percent-encoded, and a {@code %} that begins no escape. A fragment is left out.
   */
  static String of(String url) {
    int fragment = url.indexOf('#');
    String rest = url.substring(Origin.pathStart(url), fragment < 0 ? url.length() : fragment);
    String target = rest.startsWith("/") ? rest : "/" + rest;
    return isClean(target) ? target : escaped(target);
  }

  private static boolean isClean(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (mustEscape(target, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mustEscape(String target, int at) {
    char c = target.charAt(at);
    if (c == '%') {
      return !isHex(target, at + 1) || !isHex(target, at + 2);
    }
    return c <= ' ' || c >= 0x7f || REFUSED.indexOf(c) >= 0;
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0 && text.charAt(at) < 128;
  }

  private static String escaped(String target) {
    StringBuilder out = new StringBuilder(target.length() + 16);
    for (int i = 0; i < target.length(); ) {
      int next = target.offsetByCodePoints(i, 1);
      if (mustEscape(target, i)) {
        for (byte b : target.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
          out.append(String.format(Locale.ROOT, "%%%02X", b));
        }
      } else {
        out.append(target, i, next);
      }
      i = next;
    }
    return out.toString();
  }
}
