package dev.quire.http;

import dev.quire.spi.Property;
import dev.quire.spi.Property.Kind;
import java.util.List;

/** The configuration keys of the door: their only home. */
final class DoorProperties {
  static final Property URL =
      Property.of("url", Kind.URL, "The root of the service; credentials go to its origin alone.")
          .withRequired();

  static final Property AUTH =
      Property.choice(
              "auth.type",
              List.of("none", "bearer", "basic", "api_key", "oauth2", "managed_identity"),
              "How requests are authenticated.")
          .withDefault("none");
  static final Property TOKEN = secret("auth.token", "The token of bearer.");
  static final Property USERNAME = text("auth.username", "The user of basic.");
  static final Property PASSWORD = secret("auth.password", "The password of basic.");
  static final Property KEY_NAME =
      text("auth.name", "The header or query parameter that carries the API key.");
  static final Property KEY_VALUE = secret("auth.value", "The API key.");
  static final Property KEY_PLACE =
      Property.choice("auth.in", List.of("header", "query"), "Where the API key goes.")
          .withDefault("header");
  static final Property GRANT =
      Property.choice(
              "auth.grant",
              List.of("client_credentials", "refresh_token", "authorization_code", "device_code"),
              "The grant of oauth2.")
          .withDefault("client_credentials");
  static final Property CLIENT_ID =
      text(
          "auth.client_id",
          "The client of oauth2; of managed_identity the user-assigned identity, instead of the"
              + " system's.");
  static final Property CLIENT_SECRET =
      secret("auth.client_secret", "The client's secret of oauth2; public clients have none.");
  static final Property REFRESH_TOKEN =
      secret("auth.refresh_token", "What the grant refresh_token starts with.");
  static final Property TOKEN_CACHE =
      text(
          "auth.token_cache",
          "The file that keeps the newest refresh token for the next start, readable by its owner"
              + " alone; each source needs its own.");
  static final Property RESOURCE =
      text(
          "auth.resource",
          "What managed_identity asks a token for; the origin of the url if absent.");
  static final Property IDENTITY_ENDPOINT =
      Property.of(
              "auth.endpoint",
              Kind.URL,
              "Where managed_identity asks; in App Service and Functions ${env:IDENTITY_ENDPOINT}.")
          .withDefault("http://169.254.169.254/metadata/identity/oauth2/token");
  static final Property IDENTITY_HEADER =
      secret(
          "auth.identity_header",
          "What App Service and Functions want to hear from managed_identity:"
              + " ${env:IDENTITY_HEADER}.");
  static final Property TOKEN_URL =
      Property.of("auth.token_url", Kind.URL, "The token endpoint of oauth2; https, or loopback.");
  static final Property AUTHORIZE_URL =
      Property.of(
          "auth.authorize_url",
          Kind.URL,
          "The page of authorization_code on which one signs in; https, or loopback.");
  static final Property DEVICE_URL =
      Property.of(
          "auth.device_url",
          Kind.URL,
          "The device authorization endpoint of device_code; https, or loopback.");
  static final Property REDIRECT_URL =
      Property.of(
          "auth.redirect_url",
          Kind.URL,
          "Where authorization_code sends the browser back to: http on this machine, at any free"
              + " port if it names none. Default: http://127.0.0.1, with auth.tenant"
              + " http://localhost.");
  static final Property TENANT =
      text("auth.tenant", "The Microsoft Entra tenant, instead of the three URLs.");
  static final Property SCOPE =
      text(
          "auth.scope",
          "The scope asked for by oauth2; with auth.tenant, /.default of the url's origin if"
              + " absent.");
  static final Property STYLE =
      Property.choice(
              "auth.style",
              List.of("body", "basic"),
              "Whether oauth2 sends client and secret in the body or as basic authentication.")
          .withDefault("body");

  static final Property CONNECT_TIMEOUT =
      duration("http.connect_timeout", "10s", "The longest time to connect.");
  static final Property REQUEST_TIMEOUT =
      duration("http.request_timeout", "120s", "The longest silence of the service.");
  static final Property ATTEMPTS =
      Property.of("http.attempts", Kind.INTEGER, "The most attempts at one request.")
          .withDefault("5");
  static final Property MAX_WAIT =
      duration("http.max_wait", "5m", "The longest single wait that a Retry-After can cause.");
  static final Property CONCURRENCY =
      Property.of(
              "http.concurrency",
              Kind.INTEGER,
              "The most requests at once; fewer while the service throttles.")
          .withDefault("8");
  static final Property HEED_QUOTA =
      Property.choice(
              "http.heed_quota",
              List.of("true", "false"),
              "Whether to wait, up to http.max_wait, before a request where the service has said that"
                  + " a quota is used up and when it is there again.")
          .withDefault("true");
  static final Property RATE_LIMIT =
      text(
          "http.rate_limit",
          "The most requests in any second, minute or hour: 10/s, 600/min, 5000/h. Absent: as many"
              + " as the service takes.");
  static final Property MAX_BODY =
      text("http.max_body", "The most that an answer may hold when decoded, for example 1GiB.")
          .withDefault("512MiB");

  static final Property CA_FILE =
      text(
          "http.ca_file",
          "A PEM file of certificates to trust in addition to those that Java trusts.");
  static final Property CLIENT_CERTIFICATE =
      text(
          "http.client_certificate",
          "The certificate to present to the url's origin: a PEM file with its key, or PKCS#12.");
  static final Property CLIENT_KEY =
      text("http.client_key", "The PEM file of the client's key, if it stands apart.");
  static final Property CLIENT_KEY_PASSWORD =
      secret("http.client_key_password", "The password of the client's key or PKCS#12 file.");

  static final Property PROXY =
      Property.of(
          "http.proxy",
          Kind.URL,
          "The proxy to go through, as http://host:port; if absent, the one that Java is told of.");
  static final Property NO_PROXY =
      Property.of(
          "http.no_proxy",
          Kind.LIST,
          "Hosts to reach without http.proxy, and .domain for all below it; loopback always is.");
  static final Property PROXY_USERNAME =
      text("http.proxy_username", "The user of http.proxy, for basic authentication.");
  static final Property PROXY_PASSWORD =
      secret("http.proxy_password", "The password of http.proxy.");

  static final List<Property> ALL =
      List.of(
          URL,
          AUTH,
          TOKEN,
          USERNAME,
          PASSWORD,
          KEY_NAME,
          KEY_VALUE,
          KEY_PLACE,
          GRANT,
          CLIENT_ID,
          CLIENT_SECRET,
          REFRESH_TOKEN,
          TOKEN_CACHE,
          RESOURCE,
          IDENTITY_ENDPOINT,
          IDENTITY_HEADER,
          TOKEN_URL,
          AUTHORIZE_URL,
          DEVICE_URL,
          REDIRECT_URL,
          TENANT,
          SCOPE,
          STYLE,
          CONNECT_TIMEOUT,
          REQUEST_TIMEOUT,
          ATTEMPTS,
          MAX_WAIT,
          CONCURRENCY,
          RATE_LIMIT,
          HEED_QUOTA,
          MAX_BODY,
          CA_FILE,
          CLIENT_CERTIFICATE,
          CLIENT_KEY,
          CLIENT_KEY_PASSWORD,
          PROXY,
          NO_PROXY,
          PROXY_USERNAME,
          PROXY_PASSWORD);

  private DoorProperties() {}

  private static Property text(String name, String description) {
    return Property.of(name, Kind.TEXT, description);
  }

  private static Property secret(String name, String description) {
    return Property.of(name, Kind.SECRET, description);
  }

  private static Property duration(String name, String standard, String description) {
    return Property.of(name, Kind.DURATION, description).withDefault(standard);
  }
}
