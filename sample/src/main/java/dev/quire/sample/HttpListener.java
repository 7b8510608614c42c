package dev.quire.sample;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A small HTTP/1.1 server on the loopback address: one daemon thread per connection, connections
 * kept alive. Thread-safe.
 */
final class HttpListener implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ServerSocket socket;
  private final Function<HttpCall, HttpAnswer> handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private HttpListener(ServerSocket socket, Function<HttpCall, HttpAnswer> handler) {
    this.socket = socket;
    this.handler = handler;
  }

  /**
   * Listens at once.
   *
   * @throws UncheckedIOException when the port is taken
   */
  static HttpListener start(int port, Function<HttpCall, HttpAnswer> handler) {
    try {
      ServerSocket socket = new ServerSocket(port, 100, InetAddress.getByAddress(LOOPBACK));
      HttpListener listener = new HttpListener(socket, handler);
      daemon("quire-sample-accept", listener::accept);
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The sample server cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(socket);
    connections.forEach(HttpListener::closeQuietly);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        daemon("quire-sample-connection", () -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(connection.getInputStream(), 4096);
      BufferedOutputStream out = new BufferedOutputStream(connection.getOutputStream(), 34 * 1024);
      for (HttpCall call = HttpCall.read(in); call != null; call = HttpCall.read(in)) {
        HttpReply.send(handler.apply(call), call, out);
        if (call.header("connection").equalsIgnoreCase("close")) {
          return;
        }
      }
    } catch (IOException gone) {
      // The client went away, or the server was closed: nobody is left to tell.
    } finally {
      connections.remove(connection);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // It is closed for all that matters here.
    }
  }
}
