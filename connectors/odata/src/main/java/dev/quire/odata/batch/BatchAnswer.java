package dev.quire.odata.batch;

import dev.quire.http.HttpResponse;
import dev.quire.http.PartRefusedException;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one answer inside of an answer to {@code $batch}. One thread. */
final class BatchAnswer implements HttpResponse {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/mixed\\s*;.*?boundary=(?:\"([^\"]+)\"|([^;\\s]+)).*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})( .*)?");
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int MOST_LINES = 500;

  private final int status;
  private final String url;
  private final Map<String, List<String>> headers;
  private final InputStream body;

  private BatchAnswer(int status, String url, Map<String, List<String>> headers, InputStream body) {
    this.status = status;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Finds the answer; its body is still to be read.
   *
   * @param url that it answers
   * @throws PartRefusedException when it is no success
   * @throws SourceException MALFORMED_RESPONSE when there is none
   */
  static HttpResponse onlyPart(HttpResponse answer, String url) throws IOException {
    String contentType = answer.header("Content-Type").orElse("");
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.matches()) {
      throw malformed("it is not multipart/mixed but '" + contentType + "'");
    }
    String mark = "--" + Optional.ofNullable(boundary.group(1)).orElse(boundary.group(2));
    InputStream in = answer.body();
    int lines = 0;
    while (!line(in).stripTrailing().equals(mark)) {
      if (++lines > MOST_LINES) {
        throw malformed("its boundary does not come");
      }
    }
    headers(in);
    Matcher status = STATUS.matcher(line(in));
    if (!status.matches()) {
      throw malformed("the part has no status");
    }
    Map<String, List<String>> headers = headers(in);
    BatchAnswer part =
        new BatchAnswer(
            Integer.parseInt(status.group(1)), url, headers, new PartBody(in, "\n" + mark));
    if (part.status < 200 || part.status > 299) {
      throw new PartRefusedException(part.status, headers, part.body);
    }
    return part;
  }

  private static Map<String, List<String>> headers(InputStream in) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int lines = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0 || ++lines > MOST_LINES) {
        throw malformed("its headers cannot be read");
      }
      headers
          .computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the answer to $batch is cut off before the answer inside of it");
      }
      if (line.size() > LONGEST_LINE) {
        throw malformed("a line of it does not end");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static SourceException malformed(String problem) {
    return new SourceException(
        ErrorKind.MALFORMED_RESPONSE, "the answer to $batch cannot be read: " + problem);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public InputStream body() {
    return body;
  }
}
