package dev.quire.engine.spill;

import java.util.Arrays;

/** Bytes that are put together, the most significant first. One thread at a time. */
final class ByteSink {
  private byte[] bytes = new byte[64];
  private int size;

  void put(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) value;
  }

  void putAll(byte[] values) {
    if (bytes.length - size < values.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size * 2, size + values.length));
    }
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
  }

  void putInt(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      put(value >>> shift);
    }
  }

  void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  /** In as few bytes as it needs; those near to zero need the fewest. */
  void putShort(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      put((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    put((int) rest);
  }

  int size() {
    return size;
  }

  /** Turns the order of what was put since around. */
  void invertFrom(int start) {
    for (int i = start; i < size; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  /** What was put, and begins anew. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }
}
