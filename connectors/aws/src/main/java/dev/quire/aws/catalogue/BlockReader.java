package dev.quire.aws.catalogue;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads what {@link BlockWriter} wrote. Bytes that end too early fail with {@link
 * BufferUnderflowException}, other nonsense with another unchecked exception.
 */
final class BlockReader {
  private final ByteBuffer bytes;
  private final List<String> texts;

  BlockReader(byte[] block) {
    this.bytes = ByteBuffer.wrap(block);
    this.texts = list(this::storedText);
  }

  private String storedText() {
    int length = count();
    String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without end");
  }

  int integer() {
    return Math.toIntExact(number());
  }

  /** A number of things that follow, each of a byte at least. */
  int count() {
    int count = integer();
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return count;
  }

  String text() {
    return texts.get(integer());
  }

  Optional<String> optionalText() {
    int place = integer();
    return place == 0 ? Optional.empty() : Optional.of(texts.get(place - 1));
  }

  boolean flag() {
    return integer() != 0;
  }

  OptionalLong optionalNumber() {
    if (!flag()) {
      return OptionalLong.empty();
    }
    long value = number();
    return OptionalLong.of(value >>> 1 ^ -(value & 1));
  }

  <E extends Enum<E>> E constant(Class<E> type) {
    return type.getEnumConstants()[integer()];
  }

  <T> List<T> list(Supplier<T> element) {
    int count = count();
    List<T> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(element.get());
    }
    return all;
  }

  boolean isAtEnd() {
    return !bytes.hasRemaining();
  }
}
