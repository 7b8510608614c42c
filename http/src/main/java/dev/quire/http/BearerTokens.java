package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that are asked for: one token for all requests, renewed by one of them at a time
 * before it expires or when it is refused. Thread-safe.
 */
final class BearerTokens implements Authenticator {
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private final TokenSource source;
  private final TimeSource time;
  private final Secrets secrets;
  private final StatementLock lock;
  private volatile @Nullable Held held;

  /**
   * A token in use.
   *
   * @param endless whether the endpoint said nothing of its end
   * @param until the monotonic time of its renewal
   */
  record Held(String value, boolean endless, long until) {
    @Override
    public String toString() {
      return "Held[***]";
    }
  }

  /**
   * @param secrets gets the tokens, and holds what the source must not show
   */
  BearerTokens(TokenSource source, TimeSource time, Secrets secrets) {
    this.source = source;
    this.time = time;
    this.lock = new StatementLock(time);
    this.secrets = secrets;
  }

  @Override
  public Signed apply(HttpRequest request, CallContext context) {
    Held token = held;
    String value = token != null && isFresh(token) ? token.value() : renewed(context);
    return new Signed(request.url(), Map.of("Authorization", "Bearer " + value), value);
  }

  private boolean isFresh(Held token) {
    return token.endless() || time.nanoTime() - token.until() < 0;
  }

  private String renewed(CallContext context) {
    return lock.hold(
            context,
            "fetching a token",
            () -> {
              Held token = held;
              return token != null && isFresh(token) ? token : hold(source.fetch(context));
            })
        .value();
  }

  private Held hold(TokenSource.Token token) {
    Duration lifetime = token.lifetime().orElse(Duration.ZERO);
    Duration half = lifetime.dividedBy(2);
    Duration use = half.compareTo(MARGIN) < 0 ? half : lifetime.minus(MARGIN);
    Held next =
        new Held(token.value(), token.lifetime().isEmpty(), time.nanoTime() + use.toNanos());
    secrets.add(token.value());
    held = next;
    return next;
  }

  @Override
  public boolean refresh(Signed rejected, CallContext context) {
    Held token = held;
    if (token != null && token.value().equals(rejected.credential())) {
      held = null;
    }
    return true;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    source.close();
  }
}
