package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signs in on any device with a browser: a short code is typed there, and the token endpoint is
 * asked until that was done (RFC 8628). One thread at a time; closed by any.
 */
final class DeviceCode implements SignIn.Way {
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final Duration USUAL_LIFE = Duration.ofMinutes(15);

  private final IssuerEndpoint devices;
  private final TokenEndpoint tokens;
  private final Secrets secrets;

  DeviceCode(Issuer issuer, TokenEndpoint tokens) {
    this.devices = new IssuerEndpoint(issuer, issuer.url(DoorProperties.DEVICE_URL, "devicecode"));
    this.tokens = tokens;
    this.secrets = issuer.secrets();
  }

  /**
   * What the issuer gave (RFC 8628, section 3.2).
   *
   * @param user what the person types
   * @param page where
   * @param device what the token is asked for with; secret
   */
  private record Codes(String user, String page, String device, Duration life, Duration interval) {
    @Override
    public String toString() {
      return "Codes[" + user + "]";
    }
  }

  @Override
  public Optional<String> scope() {
    return tokens.scope();
  }

  @Override
  public TokenSource.Token signIn(SignIn.Visit visit) {
    Map<String, String> form = new LinkedHashMap<>();
    tokens.scope().ifPresent(scope -> form.put("scope", scope));
    Codes codes = devices.post(form, visit.context(), this::fault, this::read);
    visit.tell(
        "open " + codes.page() + " in a browser and enter the code " + codes.user(),
        Optional.empty());
    return await(codes, visit);
  }

  private TokenSource.Token await(Codes codes, SignIn.Visit visit) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", TokenEndpoint.DEVICE_CODE);
    form.put("device_code", codes.device());
    Duration interval = codes.interval();
    while (true) {
      Duration wait = visit.deadline().bound(interval);
      visit.context().waiting(wait, "for the sign-in");
      visit.cancellation().sleep(visit.time(), wait);
      visit.check(codes.life());
      TokenEndpoint.Answer answer = tokens.ask(form, visit.context());
      if (answer instanceof TokenEndpoint.Issued issued) {
        return issued.token();
      }
      TokenEndpoint.Refused refused = (TokenEndpoint.Refused) answer;
      switch (refused.error()) {
        case "authorization_pending" -> {} // not yet
        case "slow_down" -> interval = interval.plus(SLOWER);
        case "expired_token" -> throw visit.late(codes.life());
        case "access_denied", "authorization_declined" -> throw visit.refused(refused.error());
        default -> throw refused.fault();
      }
    }
  }

  private Codes read(HttpResponse response) throws IOException {
    Map<String, String> fields = TokenAnswer.fields(response);
    String device = fields.getOrDefault("device_code", "");
    String user = fields.getOrDefault("user_code", "");
    String page =
        fields.getOrDefault("verification_uri", fields.getOrDefault("verification_url", ""));
    if (device.isEmpty() || user.isBlank() || Origin.find(page).isEmpty()) {
      String said = TokenAnswer.said(fields);
      throw new SourceException(
              ErrorKind.MALFORMED_RESPONSE,
              devices + " gave no code to sign in with" + (said.isEmpty() ? "" : ": " + said))
          .withHint("Check auth.device_url: it must be the device authorization endpoint.");
    }
    secrets.add(device, Authenticators.encoded(device));
    return new Codes(
        user,
        page,
        device,
        TokenAnswer.seconds(fields, "expires_in").orElse(USUAL_LIFE),
        TokenAnswer.seconds(fields, "interval").orElse(USUAL_INTERVAL));
  }

  private SourceException fault(Refusal refusal) {
    int status = refusal.status();
    if (status != 400 && status != 401 && status != 403) {
      return refusal.standard();
    }
    String said = TokenAnswer.said(TokenAnswer.fields(refusal.body()));
    return new SourceException(
            ErrorKind.AUTHENTICATION,
            devices + " refused with " + status + (said.isEmpty() ? "" : " " + said))
        .withHint(
            "Check auth.client_id and auth.scope, and that the issuer allows this client the device"
                + " code grant.");
  }

  @Override
  public void close() {
    devices.close();
    tokens.close();
  }
}
