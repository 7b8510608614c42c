package dev.quire.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The query of a URL as raw text: every byte that is not asked about stays as it is. */
final class Query {
  private Query() {}

  /**
   * The URL with a parameter: its value is replaced where it stands, or it is appended.
   *
   * @param name and value already encoded
   */
  static String with(String url, String name, String value) {
    boolean[] found = new boolean[1];
    String decoded = decode(name);
    String replaced =
        replace(
            url,
            n -> {
              boolean same = n.equals(decoded);
              found[0] |= same;
              return same;
            },
            value);
    if (found[0]) {
      return replaced;
    }
    int end = url.indexOf('#') < 0 ? url.length() : url.indexOf('#');
    String before = url.substring(0, end);
    int question = before.indexOf('?');
    boolean joined = question < 0 || before.endsWith("?") || before.endsWith("&");
    String glue = question < 0 ? "?" : joined ? "" : "&";
    return before + glue + name + "=" + value + url.substring(end);
  }

  /**
   * The URL with the values of some parameters replaced.
   *
   * @param names asked with each decoded name
   */
  static String replace(String url, Predicate<String> names, String value) {
    int question = url.indexOf('?');
    if (question < 0) {
      return url;
    }
    int end = url.indexOf('#', question) < 0 ? url.length() : url.indexOf('#', question);
    StringBuilder out = new StringBuilder(url.length()).append(url, 0, question + 1);
    String[] parts = url.substring(question + 1, end).split("&", -1);
    for (int i = 0; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      boolean hit = equals > 0 && names.test(decode(parts[i].substring(0, equals)));
      out.append(i == 0 ? "" : "&");
      out.append(hit ? parts[i].substring(0, equals + 1) + value : parts[i]);
    }
    return out.append(url, end, url.length()).toString();
  }

  /** The text with its percent signs and plus signs undone; as it is if they are none. */
  static String decode(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
