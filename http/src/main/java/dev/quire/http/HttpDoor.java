package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Property;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.SourceConfig;
import java.util.List;

/** The way out of a source to one origin, which is the configured one for most. Thread-safe. */
public interface HttpDoor extends AutoCloseable {

  /**
   * Sends a request, waits, tries again as the retry policy says, and reads the answer. Every
   * attempt is admitted and recorded through the context. Credentials go to the configured origin
   * and nowhere else; a request to another origin is refused before any byte is sent. Whatever its
   * method, a request only reads, so that each may be sent again.
   *
   * @throws dev.quire.spi.SourceException naming method, masked URL, status, and what to do next
   */
  <T> T exchange(
      HttpRequest request, CallContext context, FaultReader faults, ResponseReader<T> reader);

  /**
   * The request as it may be shown: API keys in the query masked, no credentials among the headers.
   */
  RequestPreview preview(HttpRequest request);

  /** Aborts what is in flight. */
  @Override
  void close();

  /**
   * The configuration keys that the door understands ({@code url}, {@code auth.*}, {@code http.*}).
   */
  static List<Property> properties() {
    return DoorProperties.ALL;
  }

  /**
   * Opens the door of a source from its {@code url}, {@code auth.*} and {@code http.*} keys. Sends
   * nothing.
   */
  static HttpDoor open(SourceConfig config, ConnectorContext context) {
    return SourceDoor.open(config, context);
  }

  /**
   * Opens a door to an endpoint that the connector knows, with credentials that it keeps; of the
   * configuration only the {@code http.*} keys are read. A source with several endpoints has a door
   * for each, so that what is signed for one goes to no other. Sends nothing.
   *
   * @param url absolute, http or https
   */
  static HttpDoor open(
      SourceConfig config, ConnectorContext context, String url, RequestSigner signer) {
    return SourceDoor.open(config, context, url, signer);
  }
}
