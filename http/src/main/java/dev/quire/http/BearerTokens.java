package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Held held;

  /**
   * A token in use.
   *
   * @param endless whether the endpoint said nothing of its end
   * @param until the monotonic time of its renewal
   */
  private record Held(String value, boolean endless, long until) {}

  /**
   * @param secrets gets the tokens, and holds what the source must not show
   */
  BearerTokens(TokenSource source, TimeSource time, Secrets secrets) {
    this.source = source;
    this.time = time;
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
    Cancellation cancellation = new Cancellation();
    try (CallContext.Registration registration =
        context.onCancel(() -> cancellation.cancel("the statement was cancelled"))) {
      cancellation.block(this::takeLock);
    }
    try {
      Held token = held;
      if (token == null || !isFresh(token)) {
        token = hold(source.fetch(context));
      }
      return token.value();
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock takeLock() throws InterruptedException {
    lock.lockInterruptibly();
    return lock;
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
  public List<String> secrets() {
    return secrets.all();
  }

  @Override
  public void close() {
    source.close();
  }
}
