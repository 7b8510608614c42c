package dev.quire.http;

import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over sockets, with kept connections. Chosen for its cold start, for URLs that leave byte
 * for byte, and because an abort is felt at once. Thread-safe.
 */
final class SocketTransport implements Transport {
  private static final Duration MOST_IDLE = Duration.ofSeconds(30);
  private static final int MOST_KEPT = 32;

  private final TimeSource time;
  private final Function<Origin, SSLSocketFactory> tls;
  private final Function<Origin, Route> routes;
  private final Map<Origin, Deque<Connection>> idle = new HashMap<>();
  private boolean closed;

  /**
   * @param tls asked when the first https connection is made, not before
   * @param routes through a proxy or not
   */
  SocketTransport(
      TimeSource time, Function<Origin, SSLSocketFactory> tls, Function<Origin, Route> routes) {
    this.time = time;
    this.tls = tls;
    this.routes = routes;
  }

  /**
   * With the certificates and proxies that this Java uses, and those that configuration adds.
   *
   * @param api the source's own origin
   */
  static SocketTransport from(DoorConfig config, Origin api, TimeSource time) {
    return new SocketTransport(time, Tls.from(config, api, time.now()), Proxies.from(config));
  }

  Route route(Origin origin) {
    return routes.apply(origin);
  }

  Connection newConnection() throws IOException {
    return new Connection(tls);
  }

  @Override
  public Call prepare(Wire wire) {
    return new SocketCall(wire, this);
  }

  /** A kept connection that still lives, the one used last first. */
  synchronized @Nullable Connection findKept(Origin origin) {
    Deque<Connection> kept = idle.getOrDefault(origin, new ArrayDeque<>());
    for (Connection candidate; (candidate = kept.pollFirst()) != null; ) {
      if (candidate.isFresh(time.nanoTime(), MOST_IDLE)) {
        return candidate;
      }
      candidate.abort();
    }
    return null;
  }

  synchronized void keep(Origin origin, Connection connection) {
    Deque<Connection> kept = idle.computeIfAbsent(origin, o -> new ArrayDeque<>());
    if (closed || kept.size() >= MOST_KEPT) {
      connection.abort();
      return;
    }
    connection.rest(time.nanoTime());
    kept.addFirst(connection);
  }

  /** Closes what waits for use: one of them turned out to be closed by the other side. */
  synchronized void drop(Origin origin) {
    Deque<Connection> kept = idle.remove(origin);
    if (kept != null) {
      kept.forEach(Connection::abort);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.values().forEach(kept -> kept.forEach(Connection::abort));
    idle.clear();
  }
}
