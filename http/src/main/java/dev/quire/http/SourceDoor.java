package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.SourceConfig;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The door of one source. Thread-safe. */
final class SourceDoor implements HttpDoor {
  private final Outlet outlet;
  private final Transport transport;

  private SourceDoor(Outlet outlet, Transport transport) {
    this.outlet = outlet;
    this.transport = transport;
  }

  static SourceDoor open(SourceConfig source, ConnectorContext host) {
    DoorConfig config = new DoorConfig(source);
    Origin api = Origin.find(config.requireUrl(DoorProperties.URL)).orElseThrow();
    return open(source, host, SocketTransport.from(config, api, host.time()));
  }

  static SourceDoor open(SourceConfig source, ConnectorContext host, Transport transport) {
    DoorConfig config = new DoorConfig(source);
    String url = config.requireUrl(DoorProperties.URL);
    Origin origin = Origin.find(url).orElseThrow();
    DoorSettings settings = DoorSettings.from(config);
    Outlet.Surroundings surroundings = new Outlet.Surroundings(source.name(), transport, host);
    Authenticator authenticator = authenticator(config, origin, surroundings);
    Redactor redactor =
        new Redactor(ownNames(config), authenticator.secrets(), Proxies.secrets(config));
    return new SourceDoor(
        new Outlet(origin, authenticator, redactor, settings, surroundings), transport);
  }

  static SourceDoor open(
      SourceConfig source, ConnectorContext host, String url, RequestSigner signer) {
    DoorConfig config = new DoorConfig(source);
    Origin origin =
        Origin.find(url)
            .orElseThrow(
                () -> source.fault("endpoint", "'" + url + "' is no absolute http or https URL"));
    Transport transport = SocketTransport.from(config, origin, host.time());
    Authenticator authenticator = new SigningAuthenticator(signer);
    Redactor redactor = new Redactor(Set.of(), authenticator.secrets(), Proxies.secrets(config));
    Outlet.Surroundings surroundings = new Outlet.Surroundings(source.name(), transport, host);
    return new SourceDoor(
        new Outlet(origin, authenticator, redactor, DoorSettings.from(config), surroundings),
        transport);
  }

  private static Authenticator authenticator(
      DoorConfig config, Origin origin, Outlet.Surroundings surroundings) {
    boolean unsaid = config.source().keys().stream().anyMatch(key -> key.startsWith("auth."));
    if (unsaid && !config.source().has(DoorProperties.AUTH.name())) {
      throw config.fault(
          DoorProperties.AUTH,
          "other keys of auth are given, so say one of "
              + String.join(", ", DoorProperties.AUTH.choices()));
    }
    return switch (config.requireChoice(DoorProperties.AUTH)) {
      case "bearer" -> Authenticators.bearer(config);
      case "basic" -> Authenticators.basic(config);
      case "api_key" -> Authenticators.apiKey(config);
      case "oauth2" -> OAuth2.from(config, origin, surroundings);
      case "managed_identity" -> ManagedIdentity.from(config, origin, surroundings);
      default -> Authenticators.none();
    };
  }

  private static Set<String> ownNames(DoorConfig config) {
    return config
        .find(DoorProperties.KEY_NAME)
        .map(name -> Set.of(name.toLowerCase(Locale.ROOT)))
        .orElse(Set.of());
  }

  @Override
  public <T> T exchange(
      HttpRequest request, CallContext context, FaultReader faults, ResponseReader<T> reader) {
    return outlet.exchange(request, context, faults, reader);
  }

  @Override
  public RequestPreview preview(HttpRequest request) {
    Redactor redactor = outlet.redactor();
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.keySet().removeIf(redactor::isSecretHeader);
    headers.replaceAll((name, value) -> redactor.text(value));
    return new RequestPreview(
        request.method(),
        redactor.url(request.url()),
        headers,
        request.body().map(bytes -> redactor.text(new String(bytes, StandardCharsets.UTF_8))));
  }

  @Override
  public void close() {
    outlet.close();
    outlet.authenticator().close();
    transport.close();
  }
}
