package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.metadata.MetadataReader;
import dev.quire.odata.metadata.Model;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Fetches the metadata document of a service, or reads it from the file that the configuration
 * names. Immutable.
 */
final class MetadataLoader {
  private final ODataSettings settings;
  private final HttpDoor door;

  MetadataLoader(ODataSettings settings, HttpDoor door) {
    this.settings = settings;
    this.door = door;
  }

  /**
   * Reads the document.
   *
   * @throws SourceException CONFIGURATION when what answers is not an OData service
   */
  Model load(CallContext context) {
    Model read = read(settings.metadata().orElse(""), context);
    return settings.protocol().map(read::withProtocol).orElse(read);
  }

  private Model read(String place, CallContext context) {
    return place.isEmpty() || ODataSettings.isUrl(place)
        ? fetch(place.isEmpty() ? settings.url("$metadata", "") : place, context)
        : file(place);
  }

  private Model file(String path) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return MetadataReader.read(in);
    } catch (IOException e) {
      throw new SourceException(
              ErrorKind.CONFIGURATION, "the metadata file '" + path + "' cannot be read", e)
          .withPlace(settings.source());
    } catch (SourceException e) {
      throw e.withPlace(settings.source() + ", " + path);
    }
  }

  private Model fetch(String url, CallContext context) {
    Map<String, String> headers = new HashMap<>(settings.protocol().orElse(Protocol.V4).headers());
    headers.put("Accept", "application/xml");
    HttpRequest request = HttpRequest.get(Purpose.METADATA, url, headers);
    ODataFaults faults = new ODataFaults(settings.profile(), Refusable.NOTHING);
    try {
      return door.exchange(request, context, faults, this::read);
    } catch (SourceException e) {
      throw e.kind() == ErrorKind.NOT_FOUND
          ? new SourceException(
                  ErrorKind.CONFIGURATION,
                  settings.root() + " is not an OData service: " + e.problem(),
                  e)
              .withPlace(settings.source())
              .withHint("Check 'url': it is the service root, under which $metadata stands.")
          : e.withPlace(settings.source());
    }
  }

  private Model read(HttpResponse response) throws IOException {
    BufferedInputStream body = new BufferedInputStream(response.body());
    String contentType = response.header("Content-Type").orElse("no content type");
    if (!startsAsMetadata(body)) {
      throw new SourceException(
              ErrorKind.CONFIGURATION,
              settings.root() + " is not an OData service: $metadata answered " + contentType)
          .withHint("Check 'url': it is the service root, under which $metadata stands.");
    }
    return MetadataReader.read(body);
  }

  /** Whether the first kilobytes are XML with the root Edmx; nothing is used up. */
  private static boolean startsAsMetadata(BufferedInputStream body) throws IOException {
    int window = 4096;
    body.mark(window);
    byte[] head = body.readNBytes(window);
    body.reset();
    boolean wide = head.length > 1 && (head[0] == 0 || head[1] == 0 || (head[0] & 0xff) >= 0xfe);
    String text = new String(head, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    return text.contains("Edmx");
  }
}
