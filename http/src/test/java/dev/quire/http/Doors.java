package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;

/** Doors for tests: their configuration in a line, their exchanges as text. */
final class Doors {
  private Doors() {}

  /**
   * @param pairs keys and values in turn
   */
  static HttpDoor open(TimeSource time, String url, String... pairs) {
    return HttpDoor.open(config(url, pairs), new ConnectorContext(time, () -> 0.5));
  }

  static SourceConfig config(String url, String... pairs) {
    Map<String, String> values = new TreeMap<>(Map.of("url", url));
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return SourceConfig.of("crm", values);
  }

  static HttpRequest get(String url) {
    return HttpRequest.get(
        CallContext.Purpose.DATA, url, Map.of("Accept", "application/json", "Prefer", "x=1"));
  }

  /** The body as text. */
  static String fetch(HttpDoor door, CallContext context, String url) {
    return door.exchange(get(url), context, FaultReader.standard(), Doors::text);
  }

  static String text(HttpResponse response) throws IOException {
    return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The fault of a fetch that must fail. */
  static SourceException fault(HttpDoor door, CallContext context, String url) {
    return fault(() -> fetch(door, context, url));
  }

  static SourceException fault(Runnable work) {
    Throwable thrown = Assertions.catchThrowable(work::run);
    Assertions.assertThat(thrown).isInstanceOf(SourceException.class);
    return (SourceException) thrown;
  }

  static ErrorKind kind(HttpDoor door, CallContext context, String url) {
    return fault(door, context, url).kind();
  }
}
