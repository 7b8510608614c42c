package dev.quire.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Next links and the origin rule, on raw text, so that a link is followed byte for byte. */
public final class Links {
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

  private Links() {}

  /**
   * Resolves a link against a base URL by RFC 3986 without changing a byte of the link's own path
   * and query. The result may be of another origin; the door refuses it then. Two leading
   * backslashes count as two slashes, as browsers read them.
   *
   * @param base absolute URL
   * @param link absolute or relative, not empty
   */
  public static String resolve(String base, String link) {
    if (link.isEmpty()) {
      throw new IllegalArgumentException("an empty link means the end, not a page");
    }
    if (SCHEME.matcher(link).matches()) {
      return link;
    }
    if (isSlash(link, 0) && isSlash(link, 1)) {
      return base.substring(0, base.indexOf(':') + 1) + link;
    }
    int path = Origin.pathStart(base);
    if (link.startsWith("/")) {
      return base.substring(0, path) + link;
    }
    int pathEnd = endOf(base, path, "?#");
    if (link.startsWith("?")) {
      return base.substring(0, pathEnd) + link;
    }
    if (link.startsWith("#")) {
      return base.substring(0, endOf(base, path, "#")) + link;
    }
    return base.substring(0, path) + merge(base.substring(path, pathEnd), link);
  }

  private static boolean isSlash(String link, int at) {
    return at < link.length() && (link.charAt(at) == '/' || link.charAt(at) == '\\');
  }

  private static int endOf(String text, int from, String stops) {
    int at = from;
    while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static String merge(String basePath, String link) {
    String folder = basePath.substring(0, basePath.lastIndexOf('/') + 1);
    int end = endOf(link, 0, "?#");
    String path = link.substring(0, end);
    String merged = (folder.isEmpty() ? "/" : folder) + path;
    return (hasDots(path) ? withoutDots(merged) : merged) + link.substring(end);
  }

  private static boolean hasDots(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean up = segments[i].equals("..");
      if (up) {
        kept.pollLast();
      }
      if (!up && !segments[i].equals(".")) {
        kept.addLast(segments[i]);
      } else if (i == segments.length - 1) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
