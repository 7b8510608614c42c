package dev.quire.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Pattern;

/**
 * The body of an answer by HTTP/1.1's framing (RFC 9112, section 6). An end before the announced
 * one is an EOFException. One thread at a time.
 */
abstract class WireBody extends InputStream {
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private boolean ended;
  private Runnable atEnd = () -> {};

  /** The framing that the head of an answer announces. */
  static WireBody of(String method, Transport.Head head, WireInput in) throws ProtocolException {
    Headers headers = head.headers();
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return new Counted(in, 0);
    }
    if (!headers.words("Transfer-Encoding").isEmpty()) {
      if (headers.words("Transfer-Encoding").size() > 1
          || !headers.has("Transfer-Encoding", "chunked")) {
        throw new ProtocolException(
            "unknown Transfer-Encoding: " + headers.words("Transfer-Encoding"));
      }
      return new Chunked(in);
    }
    String length = onlyLength(headers);
    return length.isEmpty() ? new ToClose(in) : new Counted(in, Long.parseLong(length));
  }

  private static String onlyLength(Headers headers) throws ProtocolException {
    String length = "";
    for (String value : headers.words("Content-Length")) {
      boolean differs = !length.isEmpty() && !length.equals(value);
      if (differs || !LENGTH.matcher(value).matches()) {
        throw new ProtocolException("unusable Content-Length: " + headers.words("Content-Length"));
      }
      length = value;
    }
    return length;
  }

  /** Whether the body was read to its announced end. */
  final boolean ended() {
    return ended;
  }

  /** Whether another answer may follow on the same connection. */
  boolean isDelimited() {
    return true;
  }

  /** What to do when the body has come to its end, if it has not yet. */
  final void atEnd(Runnable task) {
    atEnd = task;
  }

  final int end() {
    ended = true;
    atEnd.run();
    return -1;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    return ended ? -1 : length == 0 ? 0 : readSome(target, offset, length);
  }

  abstract int readSome(byte[] target, int offset, int length) throws IOException;

  /** As many bytes as Content-Length says. */
  private static final class Counted extends WireBody {
    private final WireInput in;
    private final long announced;
    private long left;

    Counted(WireInput in, long announced) {
      this.in = in;
      this.announced = announced;
      this.left = announced;
      if (announced == 0) {
        end();
      }
    }

    @Override
    int readSome(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException(
            "the body was cut after " + (announced - left) + " of " + announced + " bytes");
      }
      left -= count;
      if (left == 0) {
        end();
      }
      return count;
    }
  }

  /** Chunks, and a last one that is empty. */
  private static final class Chunked extends WireBody {
    private static final int MOST_TRAILERS = 100;
    private static final Pattern SIZE = Pattern.compile("[0-9a-fA-F]{1,15}");
    private final WireInput in;
    private long left;
    private boolean first = true;

    Chunked(WireInput in) {
      this.in = in;
    }

    @Override
    int readSome(byte[] target, int offset, int length) throws IOException {
      if (left == 0 && !nextChunk()) {
        return end();
      }
      int count = in.read(target, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw cut();
      }
      left -= count;
      return count;
    }

    private boolean nextChunk() throws IOException {
      try {
        if (!first && !in.readLine(16).isEmpty()) {
          throw new ProtocolException("a chunk is longer than it says");
        }
        first = false;
        left = size(in.readLine(4096));
        return left > 0 || skipTrailers();
      } catch (EOFException e) {
        throw cut();
      }
    }

    private static long size(String line) throws ProtocolException {
      int semicolon = line.indexOf(';');
      String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
      if (!SIZE.matcher(size).matches()) {
        throw new ProtocolException("a chunk has no size");
      }
      return Long.parseLong(size, 16);
    }

    private boolean skipTrailers() throws IOException {
      for (int i = 0; i < MOST_TRAILERS; i++) {
        if (in.readLine(64 * 1024).isEmpty()) {
          return false;
        }
      }
      throw new ProtocolException("more than " + MOST_TRAILERS + " trailers");
    }

    private static EOFException cut() {
      return new EOFException("the body was cut before its last chunk");
    }
  }

  /** All that comes until the other side closes. */
  private static final class ToClose extends WireBody {
    private final WireInput in;

    ToClose(WireInput in) {
      this.in = in;
    }

    @Override
    boolean isDelimited() {
      return false;
    }

    @Override
    int readSome(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      return count < 0 ? end() : count;
    }
  }
}
