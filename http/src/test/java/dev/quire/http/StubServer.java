package dev.quire.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server of raw bytes on loopback: it answers by a script and notes what it was sent. */
final class StubServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Reply> script;
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** A request as it came. */
  record Seen(String line, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    String target() {
      return line.split(" ")[1];
    }
  }

  /** What is answered. */
  interface Reply {
    void to(Seen request, OutputStream out) throws IOException;
  }

  private StubServer(ServerSocket listener, List<Reply> script) {
    this.listener = listener;
    this.script = script;
    Thread thread = new Thread(this::accept, "stub");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers in this order; the last one again and again. */
  static StubServer answering(Reply... script) {
    return answering(ServerSocketFactory.getDefault(), script);
  }

  static StubServer answering(ServerSocketFactory sockets, Reply... script) {
    try {
      return new StubServer(
          sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), List.of(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A whole answer with its length. */
  static Reply reply(int status, String headers, String body) {
    return reply(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static Reply reply(int status, String headers, byte[] body) {
    return (request, out) -> {
      String extra = headers.isEmpty() ? "" : headers.strip().replace("\n", "\r\n") + "\r\n";
      String head = "HTTP/1.1 " + status + " S\r\n" + extra + "Content-Length: " + body.length;
      out.write((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.write(body);
    };
  }

  static Reply ok(String body) {
    return reply(200, "", body);
  }

  /** Bytes as they are; then the connection is closed. */
  static Reply raw(String bytes) {
    return (request, out) -> {
      out.write(bytes.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      throw new IOException("closes");
    };
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(socket), "stub-connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Seen seen; (seen = read(in, socket.getOutputStream())) != null; ) {
        int index;
        synchronized (requests) {
          index = requests.size();
          requests.add(seen);
        }
        script.get(Math.min(index, script.size() - 1)).to(seen, socket.getOutputStream());
      }
    } catch (IOException e) {
      // The script closes, or the client went away.
    }
  }

  private static Seen read(InputStream in, OutputStream out) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String field; !(field = String.valueOf(line(in))).isEmpty(); ) {
      int colon = field.indexOf(':');
      if (colon < 0) {
        out.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes());
        return null;
      }
      headers.put(field.substring(0, colon), field.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    return new Seen(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c; (c = in.read()) != '\n'; ) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return listener.getLocalPort();
  }

  List<Seen> requests() {
    return requests;
  }

  Seen request(int index) {
    return requests.get(index);
  }

  int connections() {
    return connections.get();
  }

  /** Closes what is connected, as a server does with idle connections. */
  void dropConnections() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dropConnections();
  }
}
