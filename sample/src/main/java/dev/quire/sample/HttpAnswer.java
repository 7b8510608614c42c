package dev.quire.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to answer: status and headers, and a body that is written as it is sent. Immutable.
 *
 * @param compressible whether gzip may be used when the client asks for it
 */
record HttpAnswer(int status, Map<String, String> headers, boolean compressible, Body body) {

  /** Writes a body; called once, in the connection's thread. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static HttpAnswer of(int status, String contentType, Body body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("OData-Version", "4.0");
    return new HttpAnswer(status, headers, true, body);
  }

  static HttpAnswer text(int status, String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(status, contentType, out -> out.write(bytes));
  }

  /** An error body in Dataverse's form. */
  static HttpAnswer fault(int status, String code, String message) {
    return of(
        status,
        "application/json; odata.metadata=minimal",
        out -> {
          try (JsonWriter json = new JsonWriter(out, false)) {
            json.raw("{\"error\":{\"code\":").text(code);
            json.raw(",\"message\":").text(message).raw("}}");
          }
        });
  }

  HttpAnswer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, compressible, body);
  }
}
