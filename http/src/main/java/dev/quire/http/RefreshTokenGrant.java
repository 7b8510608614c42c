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
 * Access tokens for a refresh token (RFC 6749, section 6). A refresh token that the endpoint gives
 * in its place is used from then on, and kept in the file of {@code auth.token_cache}. Asked by one
 * thread at a time.
 */
final class RefreshTokenGrant implements TokenSource {
  private final DoorConfig config;
  private final TokenEndpoint endpoint;
  private final Secrets secrets;
  private final Optional<TokenCache> cache;
  private boolean cached;
  private @Nullable Rotated newest;

  /**
   * A refresh token that came from the endpoint.
   *
   * @param root the configured one that it goes back to
   */
  private record Rotated(String root, String token) {
    @Override
    public String toString() {
      return "Rotated[***]";
    }
  }

  private RefreshTokenGrant(
      DoorConfig config, TokenEndpoint endpoint, Secrets secrets, Optional<TokenCache> cache) {
    this.config = config;
    this.endpoint = endpoint;
    this.secrets = secrets;
    this.cache = cache;
    this.cached = cache.isPresent();
  }

  static RefreshTokenGrant from(DoorConfig config, TokenEndpoint endpoint, Secrets secrets) {
    config.requireLine(DoorProperties.REFRESH_TOKEN);
    return new RefreshTokenGrant(
        config, endpoint, secrets, TokenCache.find(config, endpoint.client()));
  }

  @Override
  public Token fetch(CallContext context) {
    Set<String> tried = new HashSet<>();
    SourceException refusal = null;
    while (true) {
      String root = config.requireLine(DoorProperties.REFRESH_TOKEN);
      Optional<String> next = candidates(root).filter(token -> !tried.contains(token)).findFirst();
      if (next.isEmpty()) {
        throw refusal == null
            ? new SourceException(ErrorKind.AUTHENTICATION, "no refresh token is left to try")
            : refusal;
      }
      tried.add(next.get());
      TokenEndpoint.Answer answer = endpoint.ask(form(next.get()), context);
      if (answer instanceof TokenEndpoint.Issued issued) {
        keep(root, next.get(), issued.token(), context);
        return issued.token();
      }
      TokenEndpoint.Refused refused = (TokenEndpoint.Refused) answer;
      if (!refused.error().equals("invalid_grant")) {
        throw refused.fault();
      }
      refusal = refused.fault();
    }
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
    return Stream.of(kept, held, Optional.of(root)).flatMap(Optional::stream);
  }

  private Map<String, String> form(String refreshToken) {
    secrets.add(refreshToken, Authenticators.encoded(refreshToken));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken);
    return form;
  }

  private void keep(String root, String used, Token token, CallContext context) {
    String next = token.refreshToken().orElse(used);
    newest = new Rotated(root, next);
    if (cached && !next.equals(root)) {
      cached = cache.isPresent() && cache.get().keep(root, next, context);
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
