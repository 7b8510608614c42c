package dev.quire.sample;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One parsed request. Immutable.
 *
 * @param target as it arrived
 * @param headers by lower-case name; repeated ones joined by commas
 * @param body as text; empty if there is none
 */
record HttpCall(String method, String target, Map<String, String> headers, String body) {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LONGEST_BODY = 1024 * 1024;

  /** Reads one request whole; null when the client has closed the connection. */
  static @Nullable HttpCall read(BufferedInputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    String[] parts = first.split(" ", -1);
    if (parts.length != 3) {
      throw new IOException("not an HTTP request line: " + first);
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.merge(
            line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim(),
            (one, two) -> one + ", " + two);
      }
    }
    long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
    if (length > LONGEST_BODY) {
      throw new IOException("request body over " + LONGEST_BODY + " bytes");
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      return null;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return new HttpCall(parts[0], parts[1], Map.copyOf(headers), text);
  }

  /** The header's value, or an empty text. */
  String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }

  /** The target up to the question mark. */
  String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** The target after the question mark, still encoded; empty if there is none. */
  String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  private static @Nullable String line(BufferedInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("request line or header over " + LONGEST_LINE + " bytes");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
