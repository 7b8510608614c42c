package dev.quire.sample;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain client that knows nothing of paging but what the test tells it. */
final class Caller {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final SampleServer server;

  Caller(SampleServer server) {
    this.server = server;
  }

  /** Sends a GET; headers are name, value, name, value. */
  HttpResponse<String> get(String urlOrPath, String... headers) {
    String url = urlOrPath.startsWith("http") ? urlOrPath : server.baseUrl() + "/" + urlOrPath;
    return send(HttpRequest.newBuilder(URI.create(url)), headers);
  }

  /** Sends a POST to a path below the origin. */
  HttpResponse<String> post(String path, String body, String... headers) {
    URI url = URI.create(server.origin() + path);
    return send(
        HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The body of a GET that must succeed. */
  String body(String path, String... headers) {
    HttpResponse<String> response = get(path, headers);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /** All values of a member in the pages from a path on. */
  List<String> readAll(String path, String member, String... headers) {
    List<String> found = new ArrayList<>();
    Optional<String> next = Optional.of(path);
    while (next.isPresent()) {
      String body = body(next.get(), headers);
      found.addAll(values(body, member));
      next = nextLink(body);
    }
    return found;
  }

  /** The values of a member, strings without their quotes. */
  static List<String> values(String body, String member) {
    Matcher matcher =
        Pattern.compile(
                "\"" + Pattern.quote(member) + "\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,}\\]]+))")
            .matcher(body);
    List<String> values = new ArrayList<>();
    while (matcher.find()) {
      values.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return values;
  }

  static Optional<String> nextLink(String body) {
    return values(body, "@odata.nextLink").stream().reduce((one, two) -> two);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
