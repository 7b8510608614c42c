package dev.quire.odata.batch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The body of a part: what comes before the next boundary. One that ends without its boundary was
 * cut, which is an error. One thread.
 */
final class PartBody extends InputStream {
  private final InputStream in;
  private final byte[] end;
  private final byte[] buffer = new byte[16 * 1024];
  private int at;

  /** Bytes up to here are of the body. */
  private int safe;

  private int filled;
  private boolean ended;

  /**
   * @param end a line feed, two hyphens and the boundary
   */
  PartBody(InputStream in, String end) {
    this.in = in;
    this.end = end.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    while (at == safe) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, safe - at);
    System.arraycopy(buffer, at, bytes, from, count);
    at += count;
    return count;
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, at, buffer, 0, filled - at);
    filled -= at;
    at = 0;
    safe = 0;
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      throw new EOFException("the answer to $batch is cut off inside of the answer in it");
    }
    filled += count;
    int found = find();
    ended = found >= 0;
    // The line feed belongs to the boundary, and so does a carriage return before it.
    int known = ended ? found : Math.max(0, filled - end.length);
    safe = known > 0 && buffer[known - 1] == '\r' ? known - 1 : known;
  }

  private int find() {
    for (int start = 0; start + end.length <= filled; start++) {
      int same = 0;
      while (same < end.length && buffer[start + same] == end[same]) {
        same++;
      }
      if (same == end.length) {
        return start;
      }
    }
    return -1;
  }
}
