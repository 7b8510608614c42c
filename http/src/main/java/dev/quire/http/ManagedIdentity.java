package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens for the identity that Azure gave to this machine or app: from the instance metadata
 * service, or as App Service and Functions hand them out. Never through a proxy. Thread-safe.
 *
 * @see <a
 *     href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token">the
 *     requests of the instance metadata service, and which answers pass</a>
 */
final class ManagedIdentity implements TokenSource {
  /** Near enough to answer at once; elsewhere than on Azure nobody does. */
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Enough for half a minute: an update of the metadata service lasts up to 70 s. */
  private static final int ATTEMPTS = 8;

  private final DoorConfig config;
  private final String url;
  private final Secrets secrets;
  private final Outlet outlet;

  private ManagedIdentity(DoorConfig config, String url, Secrets secrets, Outlet outlet) {
    this.config = config;
    this.url = url;
    this.secrets = secrets;
    this.outlet = outlet;
  }

  /**
   * @param api the origin that the tokens are for
   */
  static Authenticator from(DoorConfig config, Origin api, Outlet.Surroundings surroundings) {
    String endpoint = config.requireUrl(DoorProperties.IDENTITY_ENDPOINT);
    Origin origin = Origin.find(endpoint).orElseThrow();
    boolean near = origin.isLoopback() || origin.host().startsWith("169.254.");
    if (!origin.isSecure() && !near) {
      throw config.fault(
          DoorProperties.IDENTITY_ENDPOINT, "over http only to this machine or 169.254.x.x");
    }
    ConnectorContext host = surroundings.host();
    Transport direct = new SocketTransport(host.time(), Tls.standard(), Route::direct);
    Secrets secrets = new Secrets();
    Outlet outlet =
        new Outlet(
            origin,
            Authenticators.none(),
            new Redactor(Set.of(), secrets),
            DoorSettings.from(config).withNear(CONNECT, ATTEMPTS),
            new Outlet.Surroundings(surroundings.source(), direct, host));
    ManagedIdentity source =
        new ManagedIdentity(config, url(config, api, endpoint), secrets, outlet);
    return new BearerTokens(source, host.time(), secrets);
  }

  private static String url(DoorConfig config, Origin api, String endpoint) {
    String resource =
        config.find(DoorProperties.RESOURCE).map(String::strip).orElseGet(api::toString);
    String url = Query.with(endpoint, "api-version", isApp(config) ? "2019-08-01" : "2018-02-01");
    url = Query.with(url, "resource", Authenticators.encoded(resource));
    Optional<String> client = config.find(DoorProperties.CLIENT_ID);
    return client.isPresent()
        ? Query.with(url, "client_id", Authenticators.encoded(client.get()))
        : url;
  }

  private static boolean isApp(DoorConfig config) {
    return config.source().has(DoorProperties.IDENTITY_HEADER.name());
  }

  @Override
  public Token fetch(CallContext context) {
    try {
      return outlet.exchange(request(), context, this::fault, this::read);
    } catch (SourceException e) {
      boolean reached = e.kind() != ErrorKind.UNREACHABLE && e.kind() != ErrorKind.TIMEOUT;
      throw reached
          ? e
          : new SourceException(e.kind(), e.problem(), e)
              .withHint(
                  "managed_identity works on Azure only; in App Service and Functions give"
                      + " auth.endpoint and auth.identity_header.");
    }
  }

  private HttpRequest request() {
    if (!isApp(config)) {
      return HttpRequest.get(CallContext.Purpose.TOKEN, url, Map.of("Metadata", "true"));
    }
    String header = config.requireLine(DoorProperties.IDENTITY_HEADER);
    secrets.add(header);
    return HttpRequest.get(CallContext.Purpose.TOKEN, url, Map.of("X-IDENTITY-HEADER", header));
  }

  private Token read(HttpResponse response) throws IOException {
    return TokenAnswer.read(
        TokenAnswer.fields(response), response.url(), secrets, outlet.host().time().now());
  }

  /** A 404 or 410 passes when the service has been updated. */
  private SourceException fault(Refusal refusal) {
    int status = refusal.status();
    if (status == 404 || status == 410) {
      return new SourceException(ErrorKind.REMOTE_FAILURE, refusal.standard().problem())
          .withHint("Is auth.endpoint right? If so, the service is being updated: try later.");
    }
    if (status != 400 && status != 401 && status != 403) {
      return refusal.standard();
    }
    String said = TokenAnswer.said(TokenAnswer.fields(refusal.body()));
    String text = "the managed identity was refused with " + status;
    return new SourceException(ErrorKind.AUTHENTICATION, text + (said.isEmpty() ? "" : " " + said))
        .withHint(
            "Assign an identity to this machine or app, and check auth.client_id, auth.resource"
                + " and auth.identity_header.");
  }

  @Override
  public void close() {
    outlet.close();
    outlet.transport().close();
  }
}
