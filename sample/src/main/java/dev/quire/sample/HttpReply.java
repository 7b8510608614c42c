package dev.quire.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Sends one answer: with a length when the body fits the buffer, else in chunks. One thread at a
 * time.
 */
final class HttpReply extends OutputStream {
  private static final int BUFFER = 32 * 1024;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final OutputStream socket;
  private final byte[] buffer = new byte[BUFFER];
  private String head = "";
  private int filled;
  private boolean chunked;

  private HttpReply(OutputStream socket) {
    this.socket = socket;
  }

  static void send(HttpAnswer answer, HttpCall call, OutputStream socket) throws IOException {
    HttpReply reply = new HttpReply(socket);
    boolean gzip = answer.compressible() && call.header("accept-encoding").contains("gzip");
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason(answer.status()));
    head.append("\r\n");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    if (gzip) {
      head.append("Content-Encoding: gzip\r\n");
    }
    reply.head = head.toString();
    if (gzip) {
      try (OutputStream zipped = new FastGzip(reply)) {
        answer.body().writeTo(zipped);
      }
    } else {
      answer.body().writeTo(reply);
    }
    reply.finish();
  }

  @Override
  public void write(int value) throws IOException {
    if (filled == BUFFER) {
      sendChunk();
    }
    buffer[filled++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int left = length;
    while (left > 0) {
      if (filled == BUFFER) {
        sendChunk();
      }
      int now = Math.min(left, BUFFER - filled);
      System.arraycopy(bytes, at, buffer, filled, now);
      filled += now;
      at += now;
      left -= now;
    }
  }

  private void sendChunk() throws IOException {
    if (!chunked) {
      ascii(head + "Transfer-Encoding: chunked\r\n\r\n");
      chunked = true;
    }
    if (filled > 0) {
      ascii(Integer.toHexString(filled) + "\r\n");
      socket.write(buffer, 0, filled);
      socket.write(LINE_END);
      filled = 0;
    }
  }

  private void finish() throws IOException {
    if (chunked) {
      sendChunk();
      ascii("0\r\n\r\n");
    } else {
      ascii(head + "Content-Length: " + filled + "\r\n\r\n");
      socket.write(buffer, 0, filled);
    }
    socket.flush();
  }

  private void ascii(String text) throws IOException {
    socket.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 414 -> "URI Too Long";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }

  /** Gzip at its fastest: the client is on the same machine. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(1);
    }
  }
}
