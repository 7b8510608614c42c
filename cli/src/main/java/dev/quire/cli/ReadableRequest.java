package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.spi.Durations;
import dev.quire.spi.RequestReport;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A request for the eye: percent signs decoded, opaque parts cut, one line if it fits. */
final class ReadableRequest {
  private static final String INDENT = "   ";
  private static final String DEEPER = INDENT + "    ";
  private static final String OPAQUE = "$skiptoken=";
  private static final int SHOWN_OF_OPAQUE = 24;

  private ReadableRequest() {}

  /**
   * The request and what it cost.
   *
   * @param baseUrl left out
   * @param width of the terminal
   */
  static String lines(RequestReport request, String baseUrl, int width) {
    String url = request.url();
    String below = url.startsWith(baseUrl) ? url.substring(baseUrl.length()) : url;
    int query = below.indexOf('?');
    String path = query < 0 ? below : below.substring(0, query);
    String[] parameters = query < 0 ? new String[0] : below.substring(query + 1).split("&");
    String start = INDENT + request.method() + " " + decoded(path) + place(request);
    String cost = "  " + Amounts.bytes(request.bytes()) + ", " + Durations.format(request.took());
    String joined =
        Arrays.stream(parameters).map(ReadableRequest::shown).collect(Collectors.joining("&"));
    String line = start + (parameters.length == 0 ? "" : "?" + joined);
    if (DisplayText.width(line + cost) <= width) {
      return line + cost;
    }
    StringBuilder lines = new StringBuilder(start).append(cost);
    for (int i = 0; i < parameters.length; i++) {
      String parameter = DEEPER + (i == 0 ? "?" : "&") + shown(parameters[i]);
      lines.append('\n').append(DisplayText.fitted(parameter, width));
    }
    return lines.toString();
  }

  /** What a POST is for, which its URL does not tell: {@code (get_job_runs, page 2)}. */
  static String place(RequestReport request) {
    if (request.method().equals("GET") || request.table().isEmpty()) {
      return "";
    }
    String page = request.page().isPresent() ? ", page " + request.page().getAsLong() : "";
    return " (" + request.table().get() + page + ")";
  }

  private static String shown(String parameter) {
    String text = decoded(parameter);
    return text.startsWith(OPAQUE)
        ? DisplayText.fitted(text, OPAQUE.length() + SHOWN_OF_OPAQUE)
        : text;
  }

  private static String decoded(String part) {
    try {
      return DisplayText.harmless(URLDecoder.decode(part, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return DisplayText.harmless(part);
    }
  }
}
