package dev.quire.http;

import dev.quire.spi.CallContext;
import java.util.Map;

/** The grants of OAuth2, from configuration. */
final class OAuth2 {
  private OAuth2() {}

  /**
   * @param api the origin that the tokens are for
   */
  static Authenticator from(DoorConfig config, Origin api, Outlet.Surroundings surroundings) {
    config.requireLine(DoorProperties.CLIENT_ID);
    Issuer issuer = new Issuer(config, new Secrets(), surroundings);
    String grant = config.requireChoice(DoorProperties.GRANT);
    TokenEndpoint endpoint = TokenEndpoint.from(issuer, api);
    TokenSource source =
        switch (grant) {
          case "refresh_token" -> RefreshTokenGrant.configured(issuer, endpoint);
          case "device_code" ->
              RefreshTokenGrant.after(new DeviceCode(issuer, endpoint), issuer, endpoint);
          case "authorization_code" ->
              RefreshTokenGrant.after(new AuthorizationCode(issuer, endpoint), issuer, endpoint);
          default -> clientCredentials(config, endpoint);
        };
    return new BearerTokens(source, surroundings.host().time(), issuer.secrets());
  }

  /** The client's own credentials are the grant (RFC 6749, section 4.4). */
  private static TokenSource clientCredentials(DoorConfig config, TokenEndpoint endpoint) {
    config.requireLine(DoorProperties.CLIENT_SECRET);
    return new TokenSource() {
      @Override
      public Token fetch(CallContext context) {
        return endpoint.require(Map.of("grant_type", "client_credentials"), context);
      }

      @Override
      public void close() {
        endpoint.close();
      }
    };
  }
}
