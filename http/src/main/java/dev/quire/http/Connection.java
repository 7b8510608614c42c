package dev.quire.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an origin. One thread at a time, but {@link #abort} may come from any. On a
 * channel, so that an interrupt ends a read, and so that a closed one is seen without waiting.
 */
final class Connection {
  private final Function<Origin, SSLSocketFactory> tls;
  private final SocketChannel channel;
  private volatile boolean aborted;
  private @Nullable Route route;
  private @Nullable WireInput in;
  private @Nullable OutputStream out;
  private boolean used;
  private long idleSince;

  /**
   * @param tls makes the sockets of https
   */
  Connection(Function<Origin, SSLSocketFactory> tls) throws IOException {
    this.tls = tls;
    channel = SocketChannel.open();
  }

  /**
   * Connects, with TLS for https: the certificate and its host name are always checked.
   *
   * @param address of the route's host
   */
  void open(Route route, InetAddress address, Duration timeout) throws IOException {
    this.route = route;
    Socket plain = channel.socket();
    plain.setTcpNoDelay(true);
    plain.connect(new InetSocketAddress(address, route.port()), millis(timeout));
    if (route.isTunnel()) {
      tunnel(plain, route, timeout);
    }
    Origin origin = route.origin();
    Socket top = origin.isSecure() ? secured(plain, origin, timeout) : plain;
    in = new WireInput(top);
    out = top.getOutputStream();
  }

  /** Asks the proxy to pass bytes on (RFC 9110, section 9.3.6). */
  private static void tunnel(Socket plain, Route route, Duration timeout) throws IOException {
    String address = route.origin().address();
    String request = "CONNECT " + address + " HTTP/1.1\r\nHost: " + address + "\r\n";
    String known = route.authorization().map(a -> "Proxy-Authorization: " + a + "\r\n").orElse("");
    String all = request + known + "\r\n";
    plain.getOutputStream().write(all.getBytes(StandardCharsets.US_ASCII));
    WireInput in = new WireInput(plain);
    in.setTimeout(() -> millis(timeout));
    Transport.Head head = HeadReader.read(in.readLine(HeadReader.MOST_LINE), in);
    if (head.status() == 407) {
      throw new ProxyAuthenticationException(route.host());
    }
    if (head.status() / 100 != 2 || in.hasLeftover()) {
      throw new ConnectException(
          "the proxy " + route.host() + " answered " + head.status() + " " + head.reason());
    }
  }

  private SSLSocket secured(Socket plain, Origin origin, Duration timeout) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.apply(origin).createSocket(plain, origin.plainHost(), origin.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.setSoTimeout(millis(timeout));
    secure.startHandshake();
    return secure;
  }

  private static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis() + 1));
  }

  /** The way on which it was opened. */
  Route route() {
    return opened(route);
  }

  WireInput in() {
    return opened(in);
  }

  OutputStream out() {
    return opened(out);
  }

  private static <V> V opened(@Nullable V value) {
    if (value == null) {
      throw new IllegalStateException("the connection is not open");
    }
    return value;
  }

  /** Whether an answer came over it before. */
  boolean isUsed() {
    return used;
  }

  /** Notes that it waits for use from now on. */
  void rest(long nanoTime) {
    used = true;
    idleSince = nanoTime;
  }

  /**
   * Whether it may carry another request: not idle for too long, and nothing has come since, not
   * even the other side's end.
   */
  boolean isFresh(long nanoTime, Duration mostIdle) {
    if (aborted || nanoTime - idleSince > mostIdle.toNanos() || in().hasLeftover()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) == 0;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Closes the channel below any TLS, which waits for nobody. */
  void abort() {
    aborted = true;
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be closed.
    }
  }
}
