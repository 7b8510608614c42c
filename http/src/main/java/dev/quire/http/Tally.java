package dev.quire.http;

import dev.quire.spi.Quota;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What is known of one request so far, for its report. One thread. */
final class Tally {
  final long began;
  long bytes;
  OptionalInt status = OptionalInt.empty();
  List<Quota> quotas = List.of();

  /** Null for success, which is said last. */
  @Nullable String fault = "failed";

  Tally(long began) {
    this.began = began;
  }

  /** The same stream, its bytes counted. */
  InputStream counting(InputStream in) {
    return new Counting(in);
  }

  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      bytes += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      bytes += Math.max(0, count);
      return count;
    }
  }
}
