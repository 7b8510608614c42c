package dev.quire.odata.batch;

import dev.quire.http.FaultReader;
import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.ResponseReader;
import dev.quire.spi.CallContext;
import dev.quire.spi.RequestPreview;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A door that sends a request whose URL is too long inside of {@code $batch}, where longer ones are
 * accepted (OData protocol 4.01, section 11.7.7; learn.microsoft.com, "Execute batch operations
 * using the Web API"), and reads the answer inside of the answer as the answer. Thread-safe.
 */
public final class BatchingDoor implements HttpDoor {
  private static final String BOUNDARY = "batch_quire";
  private static final String LINE = "\r\n";

  private final HttpDoor door;
  private final String root;
  private final String batchUrl;
  private final int maxUrl;

  /**
   * @param root of the service, without a slash at its end
   * @param batchUrl where batches go
   * @param maxUrl characters of a URL that is sent by itself
   */
  public BatchingDoor(HttpDoor door, String root, String batchUrl, int maxUrl) {
    this.door = door;
    this.root = root + "/";
    this.batchUrl = batchUrl;
    this.maxUrl = maxUrl;
  }

  /** What leads elsewhere is not for this service: the door decides about that. */
  private boolean isTooLong(HttpRequest request) {
    return request.url().length() > maxUrl
        && request.method().equals("GET")
        && request.url().regionMatches(true, 0, root, 0, root.length());
  }

  @Override
  public <T> T exchange(
      HttpRequest request, CallContext context, FaultReader faults, ResponseReader<T> reader) {
    return isTooLong(request)
        ? door.exchange(
            around(request),
            context,
            faults,
            answer -> reader.read(BatchAnswer.onlyPart(answer, request.url())))
        : door.exchange(request, context, faults, reader);
  }

  private HttpRequest around(HttpRequest request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.keySet().retainAll(Set.of("OData-Version", "OData-MaxVersion"));
    headers.put("Accept", "multipart/mixed");
    headers.put("Content-Type", "multipart/mixed; boundary=" + BOUNDARY);
    byte[] body = body(request).getBytes(StandardCharsets.UTF_8);
    return new HttpRequest(request.purpose(), "POST", batchUrl, headers, Optional.of(body));
  }

  private static String body(HttpRequest request) {
    StringBuilder body = new StringBuilder(request.url().length() + 500);
    body.append("--").append(BOUNDARY).append(LINE);
    body.append("Content-Type: application/http").append(LINE);
    body.append("Content-Transfer-Encoding: binary").append(LINE).append(LINE);
    body.append("GET ").append(escaped(request.url())).append(" HTTP/1.1").append(LINE);
    request
        .headers()
        .forEach((name, value) -> body.append(name).append(": ").append(value).append(LINE));
    body.append(LINE).append(LINE);
    return body.append("--").append(BOUNDARY).append("--").append(LINE).toString();
  }

  /** A link of the service may hold what no request line can: it must not end the line. */
  private static String escaped(String url) {
    StringBuilder out = new StringBuilder(url.length());
    for (byte each : url.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (c <= ' ' || c >= 0x7f) {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Shows the request inside in the place of the body, without what is around it. */
  @Override
  public RequestPreview preview(HttpRequest request) {
    RequestPreview inside = door.preview(request);
    if (!isTooLong(request)) {
      return inside;
    }
    RequestPreview outside = door.preview(around(request));
    return new RequestPreview(
        outside.method(),
        outside.url(),
        inside.headers(),
        Optional.of(inside.method() + " " + inside.url()));
  }

  @Override
  public void close() {
    door.close();
  }
}
