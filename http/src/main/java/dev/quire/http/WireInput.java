package dev.quire.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/** The buffered bytes of a connection, with a timeout for each read. One thread at a time. */
final class WireInput extends InputStream {
  /** Java reads into memory of its own first, as much as is asked for, and keeps that. */
  private static final int MOST_READ = 128 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int at;
  private int end;
  private IntSupplier timeout = () -> 0;

  WireInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  void setTimeout(IntSupplier millis) {
    this.timeout = millis;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (at == end && length >= buffer.length) {
      return fetch(target, offset, Math.min(length, MOST_READ));
    }
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(buffer, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, fetch(buffer, 0, buffer.length));
    }
    return at < end;
  }

  private int fetch(byte[] target, int offset, int length) throws IOException {
    socket.setSoTimeout(Math.max(1, timeout.getAsInt()));
    return in.read(target, offset, length);
  }

  /** Whether bytes were received that nobody has read. */
  boolean hasLeftover() {
    return at < end;
  }

  /**
   * A line without its end.
   *
   * @param most characters, so that a server cannot fill the memory
   */
  String readLine(int most) throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (true) {
      int c = read();
      if (c < 0) {
        throw new EOFException("the connection was closed in the middle of the answer's head");
      }
      if (c == '\n') {
        break;
      }
      if (line.length() >= most) {
        throw new ProtocolException("a line of the answer's head is longer than " + most);
      }
      line.append((char) c);
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return utf8(line);
  }

  private static String utf8(StringBuilder latin) {
    String text = latin.toString();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}
