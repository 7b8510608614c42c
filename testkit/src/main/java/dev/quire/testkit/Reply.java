package dev.quire.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a {@link FakeApi} answers, right or wrong. Made by a static method, changed by the others;
 * each gives a new one. Immutable.
 *
 * @param headers sent as they are, in order, names repeated where wanted
 * @param body as it goes over the wire, before it is cut into chunks
 * @param framing how the receiver is told where the body ends
 * @param announcedLength a Content-Length that differs from the truth
 * @param end what happens after {@code endAfter} bytes of the body
 * @param endAfter bytes of the body that are sent; {@link #BEFORE_HEAD} for nothing at all
 */
public record Reply(
    int status,
    List<Header> headers,
    byte[] body,
    Framing framing,
    OptionalLong announcedLength,
    End end,
    int endAfter) {

  static final int BEFORE_HEAD = -1;

  /** One header line. */
  public record Header(String name, String value) {}

  /** How the receiver is told where the body ends. */
  public enum Framing {
    CONTENT_LENGTH,
    CHUNKED,
    /** Neither length nor chunks: the end of the connection is the end of the body. */
    UNTIL_CLOSE,
    /** The body is the whole answer, status line and all. */
    RAW
  }

  /** What the server does when it has sent what it wants to send. */
  public enum End {
    /** Ends the body as its framing asks; the connection stays, unless a header says close. */
    COMPLETE,
    /** Closes the connection in order, wherever it stands. */
    CLOSE,
    /** Closes with a TCP reset. */
    RESET,
    /** Sends nothing more and keeps the connection until the test releases it. */
    STALL
  }

  public Reply {
    headers = List.copyOf(headers);
  }

  /** A status without a body. */
  public static Reply status(int status) {
    return new Reply(
        status,
        List.of(),
        new byte[0],
        Framing.CONTENT_LENGTH,
        OptionalLong.empty(),
        End.COMPLETE,
        Integer.MAX_VALUE);
  }

  /** 200 with JSON text. */
  public static Reply json(String json) {
    return status(200).withHeader("Content-Type", "application/json").withBody(json);
  }

  /** 200 with a page for people. */
  public static Reply html(String html) {
    return status(200).withHeader("Content-Type", "text/html; charset=utf-8").withBody(html);
  }

  /** 200 with plain text. */
  public static Reply text(String text) {
    return status(200).withHeader("Content-Type", "text/plain; charset=utf-8").withBody(text);
  }

  /** 302 to another place. */
  public static Reply redirect(String location) {
    return redirect(302, location);
  }

  public static Reply redirect(int status, String location) {
    return status(status).withHeader("Location", location);
  }

  /** 429 that says when to come back, in whatever text. */
  public static Reply throttled(String retryAfter) {
    return status(429).withHeader("Retry-After", retryAfter);
  }

  /** Bytes sent as they are, status line and all; then the connection is closed. */
  public static Reply raw(byte[] bytes) {
    return status(0).withBody(bytes).with(Framing.RAW).with(End.CLOSE, Integer.MAX_VALUE);
  }

  /** The connection is closed in order without a byte of an answer. */
  public static Reply closeWithoutAnswer() {
    return status(200).with(End.CLOSE, BEFORE_HEAD);
  }

  /** The connection is reset without a byte of an answer. */
  public static Reply resetWithoutAnswer() {
    return status(200).with(End.RESET, BEFORE_HEAD);
  }

  /** The request is taken and nothing is answered until {@link FakeApi#release}. */
  public static Reply stall() {
    return status(200).with(End.STALL, BEFORE_HEAD);
  }

  /** 200 with a small gzip body that becomes a JSON text of so many bytes. */
  public static Reply gzipBomb(long decodedBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[1 << 16];
    Arrays.fill(block, (byte) 'a');
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
      gzip.write("{\"value\":[\"".getBytes(StandardCharsets.UTF_8));
      for (long left = decodedBytes; left > 0; left -= block.length) {
        gzip.write(block, 0, (int) Math.min(left, block.length));
      }
      gzip.write("\"]}".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json("").withHeader("Content-Encoding", "gzip").withBody(out.toByteArray());
  }

  public Reply withStatus(int code) {
    return new Reply(code, headers, body, framing, announcedLength, end, endAfter);
  }

  /** One more header line; a name may come several times. */
  public Reply withHeader(String name, String value) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header(name, value));
    return new Reply(status, all, body, framing, announcedLength, end, endAfter);
  }

  public Reply withRetryAfter(String value) {
    return withHeader("Retry-After", value);
  }

  public Reply withBody(byte[] bytes) {
    return new Reply(status, headers, bytes, framing, announcedLength, end, endAfter);
  }

  public Reply withBody(String text) {
    return withBody(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The body compressed, and said to be. */
  public Reply gzip() {
    return withHeader("Content-Encoding", "gzip").withBody(gzipped(body));
  }

  /** The body compressed in the zlib format, and said to be. */
  public Reply deflate() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return withHeader("Content-Encoding", "deflate").withBody(out.toByteArray());
  }

  /** The body compressed and then cut in the middle, with a Content-Length that fits the cut. */
  public Reply cutGzip() {
    byte[] whole = gzipped(body);
    return withHeader("Content-Encoding", "gzip").withBody(Arrays.copyOf(whole, whole.length / 2));
  }

  private static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The body cut to its first bytes, with a Content-Length that fits the cut. */
  public Reply cutBody(int bytes) {
    return withBody(Arrays.copyOf(body, Math.min(bytes, body.length)));
  }

  /** The body cut in its middle, with a Content-Length that fits the cut. */
  public Reply cutBody() {
    return cutBody(body.length / 2);
  }

  /** The body without length, cut in its middle, and the connection closed in order. */
  public Reply cutBodyThenClose() {
    return cutBody().withHeader("Connection", "close").with(Framing.UNTIL_CLOSE);
  }

  /** A Content-Length larger than the body that is sent before the connection is closed. */
  public Reply shortBody() {
    return new Reply(
        status,
        headers,
        body,
        framing,
        OptionalLong.of(body.length + 100L),
        End.CLOSE,
        Integer.MAX_VALUE);
  }

  /** The body in chunks. */
  public Reply chunked() {
    return with(Framing.CHUNKED);
  }

  /** Half of the body in chunks, and the connection closed in the midst of them. */
  public Reply brokenChunk() {
    return chunked().with(End.CLOSE, body.length / 2);
  }

  /** All of the body in chunks, and the connection closed before the chunk that ends them. */
  public Reply withoutLastChunk() {
    return chunked().with(End.CLOSE, body.length);
  }

  /** The body without a length; the connection ends it. */
  public Reply untilClose() {
    return with(Framing.UNTIL_CLOSE);
  }

  /** The connection is reset after so many bytes of the body. */
  public Reply resetAfter(int bytes) {
    return with(End.RESET, bytes);
  }

  /** The connection is closed in order after so many bytes of the body. */
  public Reply closeAfter(int bytes) {
    return with(End.CLOSE, bytes);
  }

  /** After so many bytes of the body nothing more comes until {@link FakeApi#release}. */
  public Reply stallAfter(int bytes) {
    return with(End.STALL, bytes);
  }

  /** The connection is closed after this answer, and a header says so. */
  public Reply thenClose() {
    return withHeader("Connection", "close");
  }

  private Reply with(Framing wanted) {
    return new Reply(status, headers, body, wanted, announcedLength, end, endAfter);
  }

  private Reply with(End wanted, int after) {
    return new Reply(status, headers, body, framing, announcedLength, wanted, after);
  }

  @Override
  public String toString() {
    return "Reply[" + status + ", " + body.length + " bytes, " + framing + ", " + end + "]";
  }
}
