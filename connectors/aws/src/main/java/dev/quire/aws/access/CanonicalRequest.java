package dev.quire.aws.access;

import dev.quire.aws.wire.Percent;
import dev.quire.http.HttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What of a request a signature of version 4 is made of, in the one form that both sides give it.
 * Immutable.
 *
 * @param signedHeaders their names
 */
record CanonicalRequest(String text, String signedHeaders) {
  /** What proxies change on the way. */
  private static final Set<String> NOT_SIGNED =
      Set.of(
          "connection",
          "x-amzn-trace-id",
          "user-agent",
          "expect",
          "transfer-encoding",
          "authorization");

  /**
   * @param added headers that the request has not yet
   * @param plainPath whether the path is signed as it is, as S3 wants it
   */
  static CanonicalRequest of(
      HttpRequest request, SortedMap<String, String> added, boolean plainPath) {
    String url = request.url();
    int host = url.indexOf("://") + 3;
    int path = end(url, host, "/?#");
    int query = end(url, path, "?#");
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append(path(url.substring(path, query), plainPath)).append('\n');
    if (query < url.length() && url.charAt(query) == '?') {
      query(url.substring(query + 1, end(url, query + 1, "#")), text);
    }
    text.append('\n');
    SortedMap<String, String> headers = new TreeMap<>(added);
    headers.putAll(request.headers());
    headers.put("Host", authority(url.substring(host, path), isSecure(url)));
    StringJoiner names = new StringJoiner(";");
    headers.forEach((name, value) -> header(name.toLowerCase(Locale.ROOT), value, text, names));
    text.append('\n').append(names).append('\n').append(headers.get(SigV4.CONTENT_HASH));
    return new CanonicalRequest(text.toString(), names.toString());
  }

  private static void header(String name, String value, StringBuilder text, StringJoiner names) {
    if (!NOT_SIGNED.contains(name)) {
      names.add(name);
      text.append(name).append(':');
      folded(value, text);
      text.append('\n');
    }
  }

  private static int end(String url, int from, String marks) {
    int at = from;
    while (at < url.length() && marks.indexOf(url.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  static boolean isSecure(String url) {
    return url.regionMatches(true, 0, "https:", 0, 6);
  }

  /** As the door writes it into Host: in lower case, without the default port. */
  private static String authority(String written, boolean secure) {
    String standard = secure ? ":443" : ":80";
    int end = written.length() - (written.endsWith(standard) ? standard.length() : 0);
    return written.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /** S3's paths are signed as they are; others without dots in them, and encoded once more. */
  private static String path(String raw, boolean plainPath) {
    if (raw.isEmpty() || plainPath) {
      return raw.isEmpty() ? "/" : raw;
    }
    return Percent.encodePath(raw.contains("/.") || raw.contains("//") ? normal(raw) : raw);
  }

  /** Without the slash at its end that the last dot leaves. */
  private static String normal(String raw) {
    String normal = URI.create("http://host" + raw).normalize().getRawPath();
    boolean left = normal.length() > 1 && normal.endsWith("/") && !raw.endsWith("/");
    return left ? normal.substring(0, normal.length() - 1) : normal;
  }

  /** Sorted by names and then by values, each encoded in the one way that is meant. */
  private static void query(String raw, StringBuilder text) {
    SortedMap<String, List<String>> values = new TreeMap<>();
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = canonical(equals < 0 ? pair : pair.substring(0, equals));
      String value = canonical(equals < 0 ? "" : pair.substring(equals + 1));
      values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }
    StringJoiner all = new StringJoiner("&");
    values.forEach(
        (name, each) -> each.stream().sorted().forEach(value -> all.add(name + "=" + value)));
    text.append(all);
  }

  private static String canonical(String encoded) {
    boolean plain = encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0;
    return Percent.encode(plain ? encoded : URLDecoder.decode(encoded, StandardCharsets.UTF_8));
  }

  /** A header's value with single blanks, and none around it. */
  private static void folded(String value, StringBuilder text) {
    int start = text.length();
    boolean blank = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        blank = true;
      } else {
        if (blank && text.length() > start) {
          text.append(' ');
        }
        blank = false;
        text.append(c);
      }
    }
  }
}
