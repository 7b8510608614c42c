package dev.quire.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A member's name as it stands in a page, with its quotes and the colon after it. One thread at a
 * time.
 */
final class Name {
  /** Its place in the list of wanted names, or -1. */
  final int wanted;

  /** How many bytes it has. */
  final int length;

  /** The name that came after it; null when that is not known. */
  @Nullable Name after;

  /** Whether it came after another one. */
  boolean linked;

  private final byte[] bytes;

  /** The first eight bytes, or as many as there are. */
  private final long head;

  private final long headMask;

  /** The last eight. */
  private final long tail;

  /** Those between them, eight each; some may be of the tail as well. */
  private final long[] middle;

  /**
   * @param quoted the name with its quotes
   */
  Name(byte[] quoted, int wanted) {
    this.wanted = wanted;
    this.length = quoted.length + 1;
    this.bytes = Arrays.copyOf(quoted, length);
    bytes[length - 1] = ':';
    byte[] padded = Arrays.copyOf(bytes, Math.max(length, 8));
    this.head = Eight.at(padded, 0);
    this.headMask = length < 8 ? -1L >>> 8 * (8 - length) : -1L;
    this.tail = Eight.at(padded, padded.length - 8);
    this.middle = new long[Math.max(0, (length - 9) / 8)];
    for (int i = 0; i < middle.length; i++) {
      middle[i] = Eight.at(padded, 8 * i + 8);
    }
  }

  static Name of(String name, int wanted) {
    return new Name(('"' + name + '"').getBytes(StandardCharsets.UTF_8), wanted);
  }

  /** Whether it stands at a place. It is not said of the last few bytes of an array. */
  boolean isAt(byte[] b, int at) {
    if (at + Math.max(length, 8) > b.length) {
      return false;
    }
    return (Eight.at(b, at) & headMask) == head
        && (length <= 8 || Eight.at(b, at + length - 8) == tail)
        && (middle.length == 0 || isMiddleAt(b, at + 8));
  }

  private boolean isMiddleAt(byte[] b, int at) {
    for (int i = 0; i < middle.length; i++) {
      if (Eight.at(b, at + 8 * i) != middle[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes of two places, quotes included, are the name. */
  boolean is(byte[] b, int from, int to) {
    return Arrays.equals(bytes, 0, length - 1, b, from, to);
  }

  int hash() {
    return hash(bytes, 1, length - 2);
  }

  /** The hash of a name without its quotes. */
  static int hash(byte[] b, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + b[i];
    }
    return hash ^ hash >>> 15;
  }
}
