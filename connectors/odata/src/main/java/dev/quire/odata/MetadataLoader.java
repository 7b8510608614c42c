package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.http.ResponseReader;
import dev.quire.odata.MetadataCopy.Kept;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.metadata.MetadataReader;
import dev.quire.odata.metadata.Model;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the metadata document of a service, or reads it from the file that the configuration
 * names. A copy is kept, and used as long as the service says that it is right, or as long as the
 * configuration wants. Immutable.
 */
final class MetadataLoader {
  private static final int NOT_MODIFIED = 304;

  private final ODataSettings settings;
  private final HttpDoor door;
  private final TimeSource time;
  private final Optional<Path> copies;

  MetadataLoader(ODataSettings settings, HttpDoor door, ConnectorContext context) {
    this.settings = settings;
    this.door = door;
    this.time = context.time();
    this.copies = context.cache().filter(folder -> settings.metadataCache().isPresent());
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
    Optional<MetadataCopy> copy =
        copies.map(folder -> new MetadataCopy(folder, settings.source(), url));
    Optional<Kept> kept = copy.flatMap(MetadataCopy::find);
    if (kept.isPresent()) {
      Optional<Model> known = known(copy.get(), kept.get(), url, context);
      if (known.isPresent()) {
        return known.get();
      }
      copy.get().forget();
    }
    return exchange(request(url, Optional.empty()), context, response -> fresh(response, copy));
  }

  /** The model of a copy that is right; empty if it cannot be used. */
  private Optional<Model> known(MetadataCopy copy, Kept kept, String url, CallContext context) {
    if (kept.isFresh(time.now(), settings.metadataCache().orElse(Duration.ZERO))) {
      return parsed(kept);
    }
    if (kept.etag().isEmpty()) {
      return Optional.empty();
    }
    return exchange(
        request(url, kept.etag()),
        context,
        response -> {
          if (response.status() != NOT_MODIFIED) {
            return Optional.of(fresh(response, Optional.of(copy)));
          }
          Optional<Model> model = parsed(kept);
          model.ifPresent(right -> copy.keep(new Kept(kept.document(), kept.etag(), time.now())));
          return model;
        });
  }

  private static Optional<Model> parsed(Kept kept) {
    try {
      return Optional.of(MetadataReader.read(new ByteArrayInputStream(kept.document())));
    } catch (IOException | SourceException e) {
      return Optional.empty();
    }
  }

  private HttpRequest request(String url, Optional<String> etag) {
    Map<String, String> headers = new HashMap<>(settings.protocol().orElse(Protocol.V4).headers());
    headers.put("Accept", "application/xml");
    etag.ifPresent(tag -> headers.put("If-None-Match", tag));
    return HttpRequest.get(Purpose.METADATA, url, headers);
  }

  private <T> T exchange(HttpRequest request, CallContext context, ResponseReader<T> reader) {
    ODataFaults faults = new ODataFaults(settings.profile(), Refusable.NOTHING);
    try {
      return door.exchange(request, context, faults, reader);
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

  /** Reads an answer with a document, and keeps that if it may be of use again. */
  private Model fresh(HttpResponse response, Optional<MetadataCopy> copy) throws IOException {
    Optional<String> etag = response.header("ETag").filter(tag -> tag.matches("[!-~]+"));
    boolean kept =
        copy.isPresent() && (etag.isPresent() || !settings.metadataCache().get().isZero());
    if (!kept) {
      return read(response, response.body());
    }
    byte[] document = response.body().readAllBytes();
    Model model = read(response, new ByteArrayInputStream(document));
    copy.get().keep(new Kept(document, etag, time.now()));
    return model;
  }

  private Model read(HttpResponse response, InputStream document) throws IOException {
    BufferedInputStream body = new BufferedInputStream(document);
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
