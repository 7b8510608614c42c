package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where OAuth2 tokens come from (RFC 6749, section 3.2): an origin of its own, to which nothing but
 * the client's credentials and the grant go. Thread-safe.
 */
final class TokenEndpoint implements AutoCloseable {
  private final DoorConfig config;
  private final String url;
  private final Optional<String> scope;
  private final boolean basic;
  private final Secrets secrets;
  private final Outlet outlet;

  /** What the endpoint made of a grant. */
  sealed interface Answer permits Issued, Refused {}

  /** A token was given. */
  record Issued(TokenSource.Token token) implements Answer {}

  /**
   * The endpoint understood and refused.
   *
   * @param error its code (RFC 6749, section 5.2); empty if it gave none
   */
  record Refused(String error, SourceException fault) implements Answer {}

  private TokenEndpoint(
      DoorConfig config, String url, Optional<String> scope, Secrets secrets, Outlet outlet) {
    this.secrets = secrets;
    this.config = config;
    this.url = url;
    this.scope = scope;
    this.basic = config.requireChoice(DoorProperties.STYLE).equals("basic");
    this.outlet = outlet;
  }

  /**
   * @param api the origin that the tokens are for
   * @param secrets gets what must not be shown
   */
  static TokenEndpoint from(
      DoorConfig config, Origin api, Secrets secrets, Outlet.Surroundings surroundings) {
    config.requireLine(DoorProperties.CLIENT_ID);
    Optional<String> tenant = config.find(DoorProperties.TENANT);
    String url = tenant.isPresent() ? tenantUrl(config, tenant.get()) : tokenUrl(config);
    Optional<String> scope =
        config.find(DoorProperties.SCOPE).or(() -> tenant.map(t -> standardScope(config, api)));
    Origin origin = Origin.find(url).orElseThrow();
    Redactor redactor = new Redactor(Set.of(), secrets, Proxies.secrets(config));
    Outlet outlet =
        new Outlet(
            origin, Authenticators.none(), redactor, DoorSettings.from(config), surroundings);
    return new TokenEndpoint(config, url, scope, secrets, outlet);
  }

  /** Microsoft Entra gives a refresh token only to those who ask for offline access. */
  private static String standardScope(DoorConfig config, Origin api) {
    boolean ownRights = config.requireChoice(DoorProperties.GRANT).equals("client_credentials");
    return api + "/.default" + (ownRights ? "" : " offline_access");
  }

  private static String tenantUrl(DoorConfig config, String tenant) {
    if (config.find(DoorProperties.TOKEN_URL).isPresent()) {
      throw config.fault(DoorProperties.TOKEN_URL, "give it or auth.tenant, not both");
    }
    if (!tenant.matches("[A-Za-z0-9.-]+")) {
      throw config.fault(DoorProperties.TENANT, "'" + tenant + "' is neither an id nor a domain");
    }
    return "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token";
  }

  private static String tokenUrl(DoorConfig config) {
    if (config.find(DoorProperties.TOKEN_URL).isEmpty()) {
      throw config.fault(DoorProperties.TOKEN_URL, "oauth2 needs it, or auth.tenant");
    }
    String url = config.requireUrl(DoorProperties.TOKEN_URL);
    Origin origin = Origin.find(url).orElseThrow();
    if (!origin.isSecure() && !origin.isLoopback()) {
      throw config.fault(DoorProperties.TOKEN_URL, "a secret goes over https only");
    }
    return url;
  }

  /**
   * Asks for a token. The client's secret is looked up anew each time.
   *
   * @param grant the parameters of the form besides client, secret and scope
   */
  Answer ask(Map<String, String> grant, CallContext context) {
    AtomicReference<String> error = new AtomicReference<>();
    FaultReader faults =
        refusal -> {
          int status = refusal.status();
          if (status != 400 && status != 401 && status != 403) {
            return refusal.standard();
          }
          Map<String, String> fields = TokenAnswer.fields(refusal.body());
          error.set(fields.getOrDefault("error", ""));
          return fault(status, fields);
        };
    try {
      return new Issued(outlet.exchange(request(grant), context, faults, this::read));
    } catch (SourceException e) {
      if (error.get() == null || e.kind() != ErrorKind.AUTHENTICATION) {
        throw e;
      }
      return new Refused(error.get(), e);
    }
  }

  /** As {@link #ask}; a refusal is thrown. */
  TokenSource.Token require(Map<String, String> grant, CallContext context) {
    Answer answer = ask(grant, context);
    if (answer instanceof Refused refused) {
      throw refused.fault();
    }
    return ((Issued) answer).token();
  }

  /** What a kept token belongs to: this endpoint and this client. */
  String client() {
    return url + " " + config.requireLine(DoorProperties.CLIENT_ID);
  }

  private HttpRequest request(Map<String, String> grant) {
    Map<String, String> form = new LinkedHashMap<>(grant);
    scope.ifPresent(value -> form.putIfAbsent("scope", value));
    Map<String, String> headers = new TreeMap<>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    identify(form, headers);
    byte[] body = encoded(form).getBytes(StandardCharsets.US_ASCII);
    return new HttpRequest(CallContext.Purpose.TOKEN, "POST", url, headers, Optional.of(body));
  }

  /** Says who asks; a public client has no secret and says its name alone. */
  private void identify(Map<String, String> form, Map<String, String> headers) {
    String client = config.requireLine(DoorProperties.CLIENT_ID);
    if (!config.source().has(DoorProperties.CLIENT_SECRET.name())) {
      form.put("client_id", client);
      return;
    }
    String secret = config.requireLine(DoorProperties.CLIENT_SECRET);
    secrets.add(secret, basicForm(client, secret));
    if (basic) {
      headers.put("Authorization", "Basic " + basicForm(client, secret));
    } else {
      form.put("client_id", client);
      form.put("client_secret", secret);
    }
  }

  /** Both parts are form-encoded first (RFC 6749, section 2.3.1). */
  static String basicForm(String client, String secret) {
    return Authenticators.base64(Authenticators.encoded(client), Authenticators.encoded(secret));
  }

  private static String encoded(Map<String, String> form) {
    StringJoiner joiner = new StringJoiner("&");
    form.forEach((name, value) -> joiner.add(name + "=" + Authenticators.encoded(value)));
    return joiner.toString();
  }

  private TokenSource.Token read(HttpResponse response) throws IOException {
    try {
      return TokenAnswer.read(response, secrets, outlet.host().time().now());
    } catch (SourceException e) {
      throw e.withHint("Check auth.token_url: it must be the token endpoint of OAuth2.");
    }
  }

  private SourceException fault(int status, Map<String, String> fields) {
    String said = TokenAnswer.said(fields);
    String text =
        "the token endpoint "
            + outlet.redactor().url(url)
            + " refused with "
            + status
            + (said.isEmpty() ? "" : " " + said);
    return new SourceException(ErrorKind.AUTHENTICATION, text)
        .withHint(hint(fields.getOrDefault("error", "")));
  }

  private static String hint(String error) {
    return error.equals("invalid_grant")
        ? "Sign in again: what was presented has expired, was revoked, or was used before."
        : "Check auth.client_id, auth.client_secret and auth.scope of this source.";
  }

  @Override
  public void close() {
    outlet.close();
  }
}
