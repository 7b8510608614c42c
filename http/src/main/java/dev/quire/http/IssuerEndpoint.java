package dev.quire.http;

import dev.quire.spi.CallContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * An address of the issuer of OAuth2 tokens that takes forms: an origin of its own, to which
 * nothing but the client's credentials and the form go. Thread-safe.
 */
final class IssuerEndpoint implements AutoCloseable {
  private final DoorConfig config;
  private final String url;
  private final boolean basic;
  private final Secrets secrets;
  private final Outlet outlet;

  IssuerEndpoint(Issuer issuer, String url) {
    this.config = issuer.config();
    this.url = url;
    this.basic = config.requireChoice(DoorProperties.STYLE).equals("basic");
    this.secrets = issuer.secrets();
    this.outlet =
        new Outlet(
            Origin.find(url).orElseThrow(),
            Authenticators.none(),
            new Redactor(Set.of(), secrets, Proxies.secrets(config)),
            DoorSettings.from(config),
            issuer.surroundings());
  }

  /**
   * Sends a form and reads what is answered. The client's secret is looked up anew each time.
   *
   * @param form the parameters besides client and secret
   */
  <T> T post(
      Map<String, String> form, CallContext context, FaultReader faults, ResponseReader<T> reader) {
    return outlet.exchange(request(form), context, faults, reader);
  }

  /** What a kept token belongs to: this address and this client. */
  String client() {
    return url + " " + config.requireLine(DoorProperties.CLIENT_ID);
  }

  Outlet outlet() {
    return outlet;
  }

  /** The address, for people. */
  @Override
  public String toString() {
    return outlet.redactor().url(url);
  }

  private HttpRequest request(Map<String, String> given) {
    Map<String, String> form = new LinkedHashMap<>(given);
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

  @Override
  public void close() {
    outlet.close();
  }
}
