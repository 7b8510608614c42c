package dev.quire.http;

import dev.quire.spi.Property;
import java.util.Optional;

/**
 * Who gives OAuth2 tokens, as the configuration says. Immutable.
 *
 * @param secrets gets what must not be shown
 */
record Issuer(DoorConfig config, Secrets secrets, Outlet.Surroundings surroundings) {

  /**
   * The address that a key gives, or that Microsoft Entra has for the tenant.
   *
   * @param path what stands behind the tenant
   */
  String url(Property property, String path) {
    Optional<String> tenant = config.find(DoorProperties.TENANT);
    boolean given = config.find(property).isPresent();
    if (given && tenant.isPresent()) {
      throw config.fault(property, "give it or auth.tenant, not both");
    }
    if (tenant.isPresent()) {
      return tenantUrl(tenant.get()) + path;
    }
    if (!given) {
      throw config.fault(property, "oauth2 needs it, or auth.tenant");
    }
    String url = config.requireUrl(property);
    Origin origin = Origin.find(url).orElseThrow();
    if (!origin.isSecure() && !origin.isLoopback()) {
      throw config.fault(property, "a secret goes over https only");
    }
    return url;
  }

  private String tenantUrl(String tenant) {
    if (!tenant.matches("[A-Za-z0-9.-]+")) {
      throw config.fault(DoorProperties.TENANT, "'" + tenant + "' is neither an id nor a domain");
    }
    return "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/";
  }

  /** The file that keeps refresh tokens. */
  Optional<TokenCache> cache(TokenEndpoint endpoint) {
    return TokenCache.find(config, endpoint.client());
  }
}
