package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where OAuth2 tokens come from (RFC 6749, section 3.2). Thread-safe. */
final class TokenEndpoint implements AutoCloseable {
  static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

  /** The grants whose scope was agreed upon when the user signed in. */
  private static final Set<String> AGREED = Set.of("authorization_code", DEVICE_CODE);

  private final IssuerEndpoint endpoint;
  private final Optional<String> scope;
  private final Secrets secrets;

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

  private TokenEndpoint(IssuerEndpoint endpoint, Optional<String> scope, Secrets secrets) {
    this.endpoint = endpoint;
    this.scope = scope;
    this.secrets = secrets;
  }

  /**
   * @param api the origin that the tokens are for
   */
  static TokenEndpoint from(Issuer issuer, Origin api) {
    DoorConfig config = issuer.config();
    String url = issuer.url(DoorProperties.TOKEN_URL, "token");
    Optional<String> scope =
        config
            .find(DoorProperties.SCOPE)
            .or(() -> config.find(DoorProperties.TENANT).map(t -> standardScope(config, api)));
    return new TokenEndpoint(new IssuerEndpoint(issuer, url), scope, issuer.secrets());
  }

  /** Microsoft Entra gives a refresh token only to those who ask for offline access. */
  private static String standardScope(DoorConfig config, Origin api) {
    boolean ownRights = config.requireChoice(DoorProperties.GRANT).equals("client_credentials");
    return api + "/.default" + (ownRights ? "" : " offline_access");
  }

  /**
   * Asks for a token.
   *
   * @param grant the parameters of the form besides client, secret and scope
   */
  Answer ask(Map<String, String> grant, CallContext context) {
    Map<String, String> form = new LinkedHashMap<>(grant);
    if (!AGREED.contains(grant.getOrDefault("grant_type", ""))) {
      scope.ifPresent(value -> form.putIfAbsent("scope", value));
    }
    Understood understood = new Understood();
    try {
      return endpoint.post(form, context, understood, this::read);
    } catch (SourceException e) {
      if (understood.error == null || e.kind() != ErrorKind.AUTHENTICATION) {
        throw e;
      }
      return new Refused(understood.error, e);
    }
  }

  /** Notes the code of a refusal. */
  private final class Understood implements FaultReader {
    private @Nullable String error;

    @Override
    public SourceException read(Refusal refusal) {
      int status = refusal.status();
      if (status != 400 && status != 401 && status != 403) {
        return refusal.standard();
      }
      Map<String, String> fields = TokenAnswer.fields(refusal.body());
      error = fields.getOrDefault("error", "");
      return fault(status, fields);
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
    return endpoint.client();
  }

  /** What is asked for, if anything is said of it. */
  Optional<String> scope() {
    return scope;
  }

  /** Some issuers refuse with the status of a success, as GitHub does. */
  private Answer read(HttpResponse response) throws IOException {
    Map<String, String> fields = TokenAnswer.fields(response);
    if (fields.containsKey("error") && !fields.containsKey("access_token")) {
      SourceException fault = fault(response.status(), fields);
      return new Refused(fields.get("error"), endpoint.outlet().redactor().fault(fault));
    }
    try {
      return new Issued(
          TokenAnswer.read(fields, response.url(), secrets, endpoint.outlet().host().time().now()));
    } catch (SourceException e) {
      throw e.withHint("Check auth.token_url: it must be the token endpoint of OAuth2.");
    }
  }

  private SourceException fault(int status, Map<String, String> fields) {
    String said = TokenAnswer.said(fields);
    String text =
        "the token endpoint "
            + endpoint
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
    endpoint.close();
  }
}
