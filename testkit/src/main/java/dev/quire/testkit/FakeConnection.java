package dev.quire.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection to a {@link FakeApi}: requests and replies in turn. Runs in its own thread. */
final class FakeConnection implements Runnable {
  private static final int CHUNK = 1000;
  private static final int POLL_MILLIS = 10;
  private static final int TLS_HANDSHAKE = 0x16;

  private final FakeApi api;
  private final Socket socket;

  FakeConnection(FakeApi api, Socket socket) {
    this.api = api;
    this.socket = socket;
  }

  boolean isOpen() {
    return !socket.isClosed();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it was to be closed anyway
    }
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      boolean goOn = true;
      while (goOn) {
        goOn = exchange(in, out);
      }
    } catch (IOException e) {
      // the client went away, or the test closed the server: both are ways to end
    }
  }

  private boolean exchange(InputStream in, OutputStream out) throws IOException {
    String line = readLine(in);
    if (line == null) {
      return false;
    }
    String[] parts = line.split(" ", 3);
    if (parts.length < 3) {
      throw new IOException("not a request line: " + line);
    }
    Map<String, List<String>> headers = readHeaders(in);
    if (headers.getOrDefault("Expect", List.of()).contains("100-continue")) {
      out.write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
      out.flush();
    }
    byte[] body = readBody(in, headers);
    Reply reply = api.answer(parts[0], parts[1], headers, body);
    boolean wantsClose = has(headers.get("Connection"), "close");
    return send(reply, parts[0].equals("HEAD"), in, out) && !wantsClose;
  }

  private static @Nullable String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b == TLS_HANDSHAKE && line.size() == 0) {
        throw new IOException("the client speaks TLS");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static Map<String, List<String>> readHeaders(InputStream in) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    while (true) {
      String line = readLine(in);
      if (line == null) {
        throw new EOFException("the request ended in its headers");
      }
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("not a header: " + line);
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
  }

  private static byte[] readBody(InputStream in, Map<String, List<String>> headers)
      throws IOException {
    if (has(headers.get("Transfer-Encoding"), "chunked")) {
      return readChunks(in);
    }
    List<String> lengths = headers.get("Content-Length");
    return lengths == null ? new byte[0] : readFully(in, Integer.parseInt(lengths.get(0)));
  }

  private static byte[] readChunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String head = readLine(in);
      if (head == null) {
        throw new EOFException("the request ended in its chunks");
      }
      int size = Integer.parseInt(head.split(";", 2)[0].strip(), 16);
      body.write(readFully(in, size));
      readLine(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static byte[] readFully(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the request ended in its body");
    }
    return bytes;
  }

  private static boolean has(@Nullable List<String> values, String wanted) {
    return values != null && values.stream().anyMatch(wanted::equalsIgnoreCase);
  }

  /** Answers whether the connection can be used again. */
  private boolean send(Reply reply, boolean headOnly, InputStream in, OutputStream out)
      throws IOException {
    if (reply.endAfter() == Reply.BEFORE_HEAD && !finish(reply, in)) {
      return false;
    }
    if (reply.framing() != Reply.Framing.RAW) {
      out.write(head(reply));
    }
    byte[] body = headOnly ? new byte[0] : reply.body();
    int first = Math.min(body.length, Math.max(0, reply.endAfter()));
    writeBody(reply, body, 0, first, out);
    out.flush();
    if (reply.endAfter() != Reply.BEFORE_HEAD && !finish(reply, in)) {
      return false;
    }
    writeBody(reply, body, first, body.length, out);
    if (reply.framing() == Reply.Framing.CHUNKED && !headOnly) {
      out.write(ascii("0\r\n\r\n"));
    }
    out.flush();
    boolean closes =
        reply.headers().stream()
            .anyMatch(
                header ->
                    header.name().equalsIgnoreCase("Connection")
                        && header.value().equalsIgnoreCase("close"));
    return !closes && reply.framing() != Reply.Framing.UNTIL_CLOSE;
  }

  /** Does what the reply's end asks for; answers whether the rest of the reply follows. */
  private boolean finish(Reply reply, InputStream in) throws IOException {
    switch (reply.end()) {
      case COMPLETE -> {
        return true;
      }
      case CLOSE -> {
        return false;
      }
      case RESET -> {
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
      }
      case STALL -> {
        return stall(in);
      }
    }
    throw new IllegalStateException("unknown end " + reply.end());
  }

  /** Waits for the test; answers false if the client went away first. */
  private boolean stall(InputStream in) throws IOException {
    int since = api.beginStall();
    boolean gone = false;
    socket.setSoTimeout(POLL_MILLIS);
    try {
      while (!gone && !api.isReleased(since)) {
        gone = isGone(in);
      }
    } finally {
      api.endStall(gone);
    }
    socket.setSoTimeout(0);
    return !gone;
  }

  private static boolean isGone(InputStream in) {
    try {
      in.mark(1);
      int next = in.read();
      in.reset();
      return next < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static byte[] head(Reply reply) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(reply.status()).append(" Said\r\n");
    for (Reply.Header header : reply.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    boolean bodiless = reply.status() == 204 || reply.status() == 304;
    if (reply.framing() == Reply.Framing.CHUNKED) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (reply.framing() == Reply.Framing.CONTENT_LENGTH && !bodiless) {
      long length = reply.announcedLength().orElse(reply.body().length);
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return ascii(head.append("\r\n").toString());
  }

  private static void writeBody(Reply reply, byte[] body, int from, int to, OutputStream out)
      throws IOException {
    if (reply.framing() != Reply.Framing.CHUNKED) {
      out.write(body, from, to - from);
      return;
    }
    for (int at = from; at < to; at += CHUNK) {
      int size = Math.min(CHUNK, to - at);
      out.write(ascii(Integer.toHexString(size) + "\r\n"));
      out.write(body, at, size);
      out.write(ascii("\r\n"));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
