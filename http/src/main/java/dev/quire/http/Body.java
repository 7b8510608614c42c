package dev.quire.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The decoded body of an answer in memory, if it ends early enough, or else what was read of it and
 * the rest as it comes. One thread at a time; may be handed to another.
 */
public final class Body {
  private static final int LARGEST = 8 << 20;
  private static final int SHARE_OF_HEAP = 32;
  private static final int FIRST = 32 * 1024;
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final byte[] array;
  private final int length;
  private final InputStream rest;
  private final boolean whole;

  private Body(byte[] array, int length, InputStream rest, boolean whole) {
    this.array = array;
    this.length = length;
    this.rest = rest;
    this.whole = whole;
  }

  /** How many bytes of a page are worth to be kept in memory: 8 MiB, in a small heap less. */
  public static int most() {
    return (int) Math.min(LARGEST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /**
   * Reads a body until it ends or is longer than {@code most}. Of one that announces to be longer,
   * nothing is read.
   *
   * @param spare taken in place of a new array if it is long enough, for example the one of an
   *     earlier body that nobody needs any more
   * @throws IOException when the body ends too soon
   */
  static Body read(HttpResponse response, byte[] spare, int most) throws IOException {
    InputStream in = response.body();
    long announced = announced(response);
    if (announced > most) {
      return new Body(spare, 0, in, false);
    }
    byte[] array = spare.length > Math.max(FIRST, announced) ? spare : room(announced);
    int length = 0;
    while (true) {
      int count = in.read(array, length, Math.min(array.length - 1, most) - length);
      if (count < 0) {
        array[length] = 0;
        return new Body(array, length, in, true);
      }
      length += count;
      if (length == most) {
        return atMost(array, length, in);
      }
      if (length == array.length - 1) {
        array = Arrays.copyOf(array, (int) Math.min(2L * array.length, most + 1L));
      }
    }
  }

  private static byte[] room(long announced) {
    return new byte[announced < 0 ? FIRST : (int) announced + 2];
  }

  /** What the head says of the length, if it is the length of what is read. */
  private static long announced(HttpResponse response) {
    String length = response.header("Content-Length").orElse("");
    boolean said =
        LENGTH.matcher(length).matches() && response.headers("Content-Encoding").isEmpty();
    return said ? Long.parseLong(length) : -1;
  }

  /** The body may end just here. */
  private static Body atMost(byte[] array, int length, InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      array[length] = 0;
      return new Body(array, length, in, true);
    }
    InputStream one = new ByteArrayInputStream(new byte[] {(byte) next});
    return new Body(array, length, new SequenceInputStream(one, in), false);
  }

  /** Whether {@link #array()} has all of it. */
  public boolean isWhole() {
    return whole;
  }

  /**
   * The bytes from place 0 on; what follows {@link #length()} is not of the body, but if it is
   * whole, at least one byte follows, and it is 0. Who has read the body may use the array anew.
   */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  /** All of the body from its first byte on; if it is whole, as often as one likes. */
  public InputStream stream() {
    InputStream read = new ByteArrayInputStream(array, 0, length);
    return whole ? read : length == 0 ? rest : new SequenceInputStream(read, rest);
  }
}
