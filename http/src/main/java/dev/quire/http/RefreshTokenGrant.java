package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens for a refresh token (RFC 6749, section 6) that is configured or comes from a
 * sign-in. A refresh token that the endpoint gives in its place is used from then on, and kept in
 * the file of {@code auth.token_cache}. Asked by one thread at a time.
 */
final class RefreshTokenGrant implements TokenSource {
  private final DoorConfig config;
  private final TokenEndpoint endpoint;
  private final Secrets secrets;
  private final Optional<TokenCache> cache;
  private final Optional<SignIn> signIn;
  private boolean cached;
  private @Nullable Rotated newest;

  /**
   * A refresh token that came from the endpoint.
   *
   * @param root the configured one, or the sign-in, that it goes back to
   */
  private record Rotated(String root, String token) {
    @Override
    public String toString() {
      return "Rotated[***]";
    }
  }

  private RefreshTokenGrant(
      Issuer issuer, TokenEndpoint endpoint, Optional<TokenCache> cache, Optional<SignIn> signIn) {
    this.config = issuer.config();
    this.endpoint = endpoint;
    this.secrets = issuer.secrets();
    this.cache = cache;
    this.cached = cache.isPresent();
    this.signIn = signIn;
  }

  /** Begins with the configured refresh token. */
  static RefreshTokenGrant configured(Issuer issuer, TokenEndpoint endpoint) {
    issuer.config().requireLine(DoorProperties.REFRESH_TOKEN);
    return new RefreshTokenGrant(issuer, endpoint, issuer.cache(endpoint), Optional.empty());
  }

  /** Begins with a sign-in, and with another one when no refresh token is good any more. */
  static RefreshTokenGrant after(SignIn.Way way, Issuer issuer, TokenEndpoint endpoint) {
    Optional<TokenCache> cache = issuer.cache(endpoint);
    SignIn signIn = new SignIn(way, cache.isPresent(), issuer.surroundings());
    return new RefreshTokenGrant(issuer, endpoint, cache, Optional.of(signIn));
  }

  @Override
  public Token fetch(CallContext context) {
    Set<String> tried = new HashSet<>();
    SourceException refusal = null;
    while (true) {
      String root = root();
      Optional<String> next = candidates(root).filter(token -> !tried.contains(token)).findFirst();
      if (next.isEmpty()) {
        return started(root, refusal, context);
      }
      tried.add(next.get());
      TokenEndpoint.Answer answer = endpoint.ask(form(next.get()), context);
      if (answer instanceof TokenEndpoint.Issued issued) {
        keep(root, issued.token().refreshToken().orElse(next.get()), context);
        return issued.token();
      }
      TokenEndpoint.Refused refused = (TokenEndpoint.Refused) answer;
      if (!refused.error().equals("invalid_grant")) {
        throw refused.fault();
      }
      refusal = refused.fault();
    }
  }

  private String root() {
    return signIn
        .map(SignIn::root)
        .orElseGet(() -> config.requireLine(DoorProperties.REFRESH_TOKEN));
  }

  /** A token without a refresh token. */
  private Token started(String root, @Nullable SourceException refusal, CallContext context) {
    if (signIn.isEmpty()) {
      throw refusal == null
          ? new SourceException(ErrorKind.AUTHENTICATION, "no refresh token is left to try")
          : refusal;
    }
    Token token = signIn.get().fetch(context);
    token.refreshToken().ifPresent(next -> keep(root, next, context));
    return token;
  }

  /**
   * The newest first. The file is read each time: another process may have had the token exchanged.
   * One that goes back to another configured token is passed over, because the user has signed in
   * again since.
   */
  private Stream<String> candidates(String root) {
    Optional<String> kept = cached ? cache.flatMap(file -> file.find(root)) : Optional.empty();
    Optional<String> held =
        Optional.ofNullable(newest).filter(r -> r.root().equals(root)).map(Rotated::token);
    Optional<String> configured = signIn.isPresent() ? Optional.empty() : Optional.of(root);
    return Stream.of(kept, held, configured).flatMap(Optional::stream);
  }

  private Map<String, String> form(String refreshToken) {
    secrets.add(refreshToken, Authenticators.encoded(refreshToken));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken);
    return form;
  }

  private void keep(String root, String next, CallContext context) {
    newest = new Rotated(root, next);
    if (cached && !next.equals(root)) {
      cached = cache.isPresent() && cache.get().keep(root, next, context);
    }
  }

  @Override
  public void close() {
    signIn.ifPresent(SignIn::close);
    endpoint.close();
  }
}
