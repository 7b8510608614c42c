package dev.quire.spi;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a {@link ByteForm}, trusting nothing. One thread at a time. */
public final class ByteFormReader {
  private static final int HEAD = 2;
  private static final int CHECK = Integer.BYTES;
  private static final int DEEPEST = 500;

  private final ByteBuffer in;
  private int depth;

  private ByteFormReader(ByteBuffer in) {
    this.in = in;
  }

  /**
   * Reads bytes of one kind to their end.
   *
   * @param kind as the writer was given it
   * @param what it is, for messages: {@code a checkpoint}
   * @throws SourceException INVALID_VALUE for bytes that are not that, UNSUPPORTED for those of a
   *     newer version
   */
  public static <T> T read(
      byte[] bytes, byte kind, String what, Function<ByteFormReader, T> content) {
    if (bytes.length > 0 && bytes[0] > ByteFormWriter.VERSION && bytes[0] < ' ') {
      throw new SourceException(
              ErrorKind.UNSUPPORTED,
              what
                  + " in format "
                  + bytes[0]
                  + "; this version reads up to "
                  + ByteFormWriter.VERSION)
          .withHint("It was written by a newer version: read it with that one.");
    }
    if (bytes.length < HEAD + CHECK
        || bytes[0] != ByteFormWriter.VERSION
        || !isIntact(bytes)
        || bytes[1] != kind) {
      throw damaged(what, null);
    }
    ByteFormReader reader =
        new ByteFormReader(ByteBuffer.wrap(bytes, HEAD, bytes.length - HEAD - CHECK));
    try {
      T value = content.apply(reader);
      if (reader.in.hasRemaining()) {
        throw new IllegalArgumentException(reader.in.remaining() + " bytes too many");
      }
      return value;
    } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
      throw damaged(what, e);
    }
  }

  private static boolean isIntact(byte[] bytes) {
    CRC32 check = new CRC32();
    check.update(bytes, 0, bytes.length - CHECK);
    return ByteBuffer.wrap(bytes).getInt(bytes.length - CHECK) == (int) check.getValue();
  }

  private static SourceException damaged(String what, @Nullable Throwable cause) {
    return new SourceException(
        ErrorKind.INVALID_VALUE, "the bytes are not " + what + ", or they were damaged", cause);
  }

  int octet() {
    return in.get();
  }

  public boolean bool() {
    byte value = in.get();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("neither true nor false: " + value);
    }
    return value == 1;
  }

  public int integer() {
    return in.getInt();
  }

  public long whole() {
    return in.getLong();
  }

  public byte[] block() {
    byte[] block = new byte[count()];
    in.get(block);
    return block;
  }

  /** A number of things of which each takes a byte at least. */
  private int count() {
    int count = in.getInt();
    if (count < 0 || count > in.remaining()) {
      throw new IllegalArgumentException(
          "a length of " + count + " with " + in.remaining() + " left");
    }
    return count;
  }

  /** UTF-8 of any length that the bytes hold. */
  public String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(block())).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  <E extends Enum<E>> E constant(Class<E> type) {
    String name = text();
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
              ErrorKind.UNSUPPORTED, "unknown " + type.getSimpleName() + " '" + name + "'", e)
          .withHint("It was written by a newer version: read it with that one.");
    }
  }

  public <T> Optional<T> optional(Supplier<T> reader) {
    return bool() ? Optional.of(reader.get()) : Optional.empty();
  }

  public OptionalLong optionalWhole() {
    return bool() ? OptionalLong.of(whole()) : OptionalLong.empty();
  }

  OptionalInt optionalInteger() {
    return bool() ? OptionalInt.of(integer()) : OptionalInt.empty();
  }

  /** A list of things of which each takes a byte at least. */
  public <T> List<T> list(Supplier<T> reader) {
    List<T> values = new ArrayList<>();
    for (int left = count(); left > 0; left--) {
      values.add(reader.get());
    }
    return values;
  }

  /** Reads something that may hold others of its kind, down to a bound. */
  <T> T nested(Supplier<T> reader) {
    if (depth >= DEEPEST) {
      throw new IllegalArgumentException("nested deeper than " + DEEPEST);
    }
    depth++;
    T value = reader.get();
    depth--;
    return value;
  }
}
