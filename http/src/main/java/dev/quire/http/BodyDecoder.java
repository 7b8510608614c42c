package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Sizes;
import dev.quire.spi.SourceException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.ProtocolException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes content codings, and bounds how much may come out. */
final class BodyDecoder {
  /** What the door asks for. */
  static final String ACCEPTED = "gzip, deflate";

  private static final int MOST_CODINGS = 4;

  private BodyDecoder() {}

  /**
   * The decoded body; who asked for it closes it.
   *
   * @param codings the words of Content-Encoding, in the order in which they were applied
   * @param most decoded bytes; one more throws MALFORMED_RESPONSE
   */
  static InputStream decode(InputStream wire, List<String> codings, long most) throws IOException {
    if (codings.size() > MOST_CODINGS) {
      throw new ProtocolException("more than " + MOST_CODINGS + " content codings");
    }
    InputStream in = wire;
    for (int i = codings.size() - 1; i >= 0; i--) {
      in = decodeOne(in, codings.get(i).toLowerCase(Locale.ROOT));
    }
    return new Limited(in, most);
  }

  private static InputStream decodeOne(InputStream in, String coding) throws IOException {
    if (coding.equals("identity")) {
      return in;
    }
    Peeked peeked = new Peeked(in);
    return switch (coding) {
      case "gzip", "x-gzip" -> peeked.isEmpty() ? peeked : new GZIPInputStream(peeked, 16 * 1024);
      case "deflate" -> peeked.isEmpty() ? peeked : inflate(peeked);
      default ->
          throw new ProtocolException("unknown Content-Encoding '" + coding + "', not asked for");
    };
  }

  /** RFC 9110 means zlib by "deflate"; some servers send the bare format. */
  private static InputStream inflate(Peeked in) throws IOException {
    int first = in.read();
    int second = in.read();
    if (second >= 0) {
      in.unread(second);
    }
    in.unread(first);
    boolean zlib = (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
    return new BufferedInputStream(new Inflating(in, new Inflater(!zlib)), 16 * 1024);
  }

  /** Frees its inflater when it is closed. */
  private static final class Inflating extends InflaterInputStream {
    Inflating(InputStream in, Inflater inflater) {
      super(in, inflater, 16 * 1024);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }

  /**
   * Knows whether more is to come. GZIPInputStream asks {@code available()} whether a further
   * member follows, and would take a slow network for the end.
   */
  private static final class Peeked extends PushbackInputStream {
    Peeked(InputStream in) {
      super(in, 2);
    }

    boolean isEmpty() throws IOException {
      int next = read();
      if (next >= 0) {
        unread(next);
      }
      return next < 0;
    }

    @Override
    public int available() throws IOException {
      return isEmpty() ? 0 : 1;
    }
  }

  /** Counts what comes out. */
  private static final class Limited extends FilterInputStream {
    private final long most;
    private long count;

    Limited(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      add(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = in.read(target, offset, length);
      add(Math.max(0, n));
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      byte[] away = new byte[(int) Math.min(n, 8192)];
      return Math.max(0, read(away, 0, away.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void add(int n) {
      count += n;
      if (count > most) {
        throw new SourceException(
                ErrorKind.MALFORMED_RESPONSE,
                "the body is larger than " + Sizes.format(most) + " when decoded")
            .withHint("Raise http.max_body if the service really sends so much.");
      }
    }
  }
}
