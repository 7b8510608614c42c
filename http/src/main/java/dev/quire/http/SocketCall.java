package dev.quire.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt over a socket. */
final class SocketCall implements Transport.Call {
  private final Transport.Wire wire;
  private final SocketTransport transport;
  private volatile boolean aborted;
  private volatile @Nullable Connection connection;
  private @Nullable WireBody body;
  private boolean mayStay;

  SocketCall(Transport.Wire wire, SocketTransport transport) {
    this.wire = wire;
    this.transport = transport;
  }

  @Override
  public Transport.Head send() throws IOException {
    Connection kept = transport.findKept(wire.origin());
    if (kept != null) {
      return exchange(use(kept));
    }
    return exchange(connect(transport.route(wire.origin())));
  }

  private Connection connect(Route route) throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(route.host());
    for (int i = 0; ; i++) {
      Connection fresh = use(transport.newConnection());
      try {
        fresh.open(route, addresses[i], wire.connectTimeout());
        return fresh;
      } catch (ConnectException | NoRouteToHostException | SocketTimeoutException e) {
        fresh.abort();
        if (aborted || i == addresses.length - 1) {
          throw e;
        }
      }
    }
  }

  private Connection use(Connection next) throws SocketException {
    connection = next;
    if (aborted) {
      next.abort();
      throw new SocketException("aborted before it was sent");
    }
    return next;
  }

  private Transport.Head exchange(Connection used) throws IOException {
    Route route = used.route();
    WireInput in = used.in();
    in.setTimeout(wire.readTimeout());
    String status;
    try {
      used.out().write(request(route));
      used.out().flush();
      status = in.readLine(HeadReader.MOST_LINE);
    } catch (SocketTimeoutException | ProtocolException e) {
      throw e;
    } catch (IOException e) {
      if (!used.isUsed() || aborted) {
        throw e;
      }
      transport.drop(wire.origin());
      throw new Transport.StaleConnectionException(e);
    }
    Transport.Head head = HeadReader.read(status, in);
    if (head.status() == 407 && route.proxy().isPresent() && !route.isTunnel()) {
      throw new ProxyAuthenticationException(route.host());
    }
    body = WireBody.of(wire.method(), head, in);
    mayStay =
        body.isDelimited() && !isAmbiguous(head.headers()) && staysOpen(status, head.headers());
    body.atEnd(this::close); // Who reads an answer long after it has come keeps no connection.
    return head;
  }

  private byte[] request(Route route) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append(wire.method())
        .append(' ')
        .append(route.target(wire.target()))
        .append(" HTTP/1.1\r\n");
    field(head, "Host", wire.origin().authority());
    for (Map.Entry<String, String> header : wire.headers().entrySet()) {
      field(head, header.getKey(), header.getValue());
    }
    route.authorizationInRequest().ifPresent(known -> field(head, "Proxy-Authorization", known));
    wire.body().ifPresent(bytes -> field(head, "Content-Length", "" + bytes.length));
    head.append("\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length());
    all.write(head.toString().getBytes(StandardCharsets.UTF_8));
    if (wire.body().isPresent()) {
      all.write(wire.body().get());
    }
    return all.toByteArray();
  }

  private static void field(StringBuilder head, String name, String value) {
    if (isBroken(name) || isBroken(value) || name.isBlank()) {
      throw new IllegalArgumentException("the header " + name.strip() + " has a line break in it");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static boolean isBroken(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf(0) >= 0;
  }

  /** Whether another reader could see another end of the body (RFC 9112, section 6.3). */
  private static boolean isAmbiguous(Headers headers) {
    return headers.first("Transfer-Encoding").isPresent()
        && headers.first("Content-Length").isPresent();
  }

  private static boolean staysOpen(String status, Headers headers) {
    return status.startsWith("HTTP/1.1")
        ? !headers.has("Connection", "close")
        : headers.has("Connection", "keep-alive");
  }

  @Override
  public InputStream body() {
    WireBody opened = body;
    if (opened == null) {
      throw new IllegalStateException("nothing was answered yet");
    }
    return opened;
  }

  @Override
  public void abort() {
    aborted = true;
    Connection used = connection;
    if (used != null) {
      used.abort();
    }
  }

  @Override
  public void close() {
    Connection used = connection;
    connection = null;
    if (used == null) {
      return;
    }
    if (mayStay && body != null && body.ended() && !aborted) {
      transport.keep(wire.origin(), used);
    } else {
      used.abort();
    }
  }
}
