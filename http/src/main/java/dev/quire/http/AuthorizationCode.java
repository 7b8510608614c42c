package dev.quire.http;

import dev.quire.spi.Property;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signs in with the browser of this machine, which brings the code back to a loopback address (RFC
 * 6749, section 4.1; RFC 8252); who sees that code alone gets no token for it (RFC 7636). One
 * thread at a time; closed by any.
 */
final class AuthorizationCode implements SignIn.Way {
  static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String page;
  private final String client;
  private final String redirect;
  private final TokenEndpoint tokens;
  private final Secrets secrets;

  AuthorizationCode(Issuer issuer, TokenEndpoint tokens) {
    this.page = issuer.url(DoorProperties.AUTHORIZE_URL, "authorize");
    this.client = issuer.config().requireLine(DoorProperties.CLIENT_ID);
    this.redirect = redirect(issuer.config());
    this.tokens = tokens;
    this.secrets = issuer.secrets();
  }

  /** Microsoft Entra lets a client have any port of localhost, and not of 127.0.0.1. */
  private static String redirect(DoorConfig config) {
    Property key = DoorProperties.REDIRECT_URL;
    if (config.find(key).isEmpty()) {
      return config.find(DoorProperties.TENANT).isPresent()
          ? "http://localhost"
          : "http://127.0.0.1";
    }
    String url = config.requireUrl(key);
    Origin origin = Origin.find(url).orElseThrow();
    if (origin.isSecure() || !origin.isLoopback() || url.matches(".*[?#].*")) {
      throw config.fault(key, "it must be http on this machine, as http://127.0.0.1:8765/callback");
    }
    return url;
  }

  @Override
  public Optional<String> scope() {
    return tokens.scope();
  }

  @Override
  public TokenSource.Token signIn(SignIn.Visit visit) {
    String verifier = random();
    String state = random();
    secrets.add(verifier);
    try (RedirectListener listener = RedirectListener.open(redirect, state)) {
      String url = pageFor(listener.url(), state, verifier);
      visit.tell("open this page in a browser on this machine:\n  " + url, Optional.of(url));
      Map<String, String> answer = listener.await(visit, PATIENCE);
      String code = answer.getOrDefault("code", "");
      if (code.isEmpty()) {
        throw visit.refused(TokenAnswer.said(answer));
      }
      secrets.add(code, Authenticators.encoded(code));
      return tokens.require(form(code, listener.url(), verifier), visit.context());
    }
  }

  private String pageFor(String back, String state, String verifier) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client);
    query.put("redirect_uri", back);
    tokens.scope().ifPresent(scope -> query.put("scope", scope));
    query.put("state", state);
    query.put("code_challenge", challenge(verifier));
    query.put("code_challenge_method", "S256");
    String url = page;
    for (Map.Entry<String, String> each : query.entrySet()) {
      url = Query.with(url, each.getKey(), Authenticators.encoded(each.getValue()));
    }
    return url;
  }

  private static Map<String, String> form(String code, String back, String verifier) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", back);
    form.put("code_verifier", verifier);
    return form;
  }

  /** 256 bits in the letters of a code verifier. */
  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  /** The method S256 (RFC 7636, section 4.2). */
  static String challenge(String verifier) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return base64(sha.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    tokens.close();
  }
}
