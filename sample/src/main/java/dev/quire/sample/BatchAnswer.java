package dev.quire.sample;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to {@code $batch} with one GET inside. */
final class BatchAnswer {
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/mixed; *boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern PART =
      Pattern.compile(
          "Content-Type: application/http\r\n(?:[^\r\n]+\r\n)*\r\nGET (\\S+) HTTP/1\\.1\r\n"
              + "((?:[^\r\n]+\r\n)*)\r\n",
          Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_URL = 64 * 1024;
  private static final String MARK = "batchresponse_5a1d2f60";

  private BatchAnswer() {}

  /**
   * Answers the request inside.
   *
   * @param service answers a GET of its own
   */
  static HttpAnswer of(HttpCall batch, String origin, Function<HttpCall, HttpAnswer> service) {
    Matcher boundary = BOUNDARY.matcher(batch.header("content-type"));
    Matcher part = PART.matcher(batch.body());
    if (!boundary.lookingAt() || !batch.body().startsWith("--" + boundary.group(1) + "\r\n")) {
      throw ODataFault.malformed("A batch is multipart/mixed, and begins with its boundary.");
    }
    if (!part.find() || part.start() != boundary.group(1).length() + 4) {
      throw ODataFault.malformed("The sample service reads batches with one GET inside.");
    }
    String url = part.group(1);
    if (url.length() > LONGEST_URL) {
      throw new ODataFault(414, "0x0", "The URL in the batch is longer than 64 KB.");
    }
    String target = url.startsWith(origin) ? url.substring(origin.length()) : url;
    HttpAnswer inside =
        answerOrFault(new HttpCall("GET", target, headers(part.group(2)), ""), service);
    return HttpAnswer.of(
        200,
        "multipart/mixed; boundary=" + MARK,
        out -> {
          StringBuilder head = new StringBuilder();
          head.append("--").append(MARK).append("\r\nContent-Type: application/http\r\n");
          head.append("Content-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ");
          head.append(inside.status()).append(" Said\r\n");
          inside.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
          out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
          inside.body().writeTo(out);
          out.write(("\r\n--" + MARK + "--\r\n").getBytes(StandardCharsets.UTF_8));
        });
  }

  private static HttpAnswer answerOrFault(HttpCall inside, Function<HttpCall, HttpAnswer> service) {
    try {
      return service.apply(inside);
    } catch (ODataFault fault) {
      return HttpAnswer.fault(fault.status(), fault.code(), fault.text());
    }
  }

  private static Map<String, String> headers(String lines) {
    Map<String, String> headers = new TreeMap<>();
    lines
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).trim());
              }
            });
    return Map.copyOf(headers);
  }
}
