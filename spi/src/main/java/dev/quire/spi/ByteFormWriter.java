package dev.quire.spi;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Writes the parts of a {@link ByteForm}, big-endian. One thread at a time. */
public final class ByteFormWriter {
  static final byte VERSION = 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private interface Write {
    void run() throws IOException;
  }

  /**
   * @param kind what is written; {@link ByteForm} lists the kinds
   */
  public ByteFormWriter(byte kind) {
    bytes.write(VERSION);
    bytes.write(kind);
  }

  private static void unchecked(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  void octet(int value) {
    unchecked(() -> out.writeByte(value));
  }

  public void bool(boolean value) {
    unchecked(() -> out.writeByte(value ? 1 : 0));
  }

  public void integer(int value) {
    unchecked(() -> out.writeInt(value));
  }

  public void whole(long value) {
    unchecked(() -> out.writeLong(value));
  }

  public void block(byte[] value) {
    unchecked(
        () -> {
          out.writeInt(value.length);
          out.write(value);
        });
  }

  /** UTF-8; text that is no Unicode (half of a surrogate pair) is refused, not replaced. */
  public void text(String value) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] block = new byte[encoded.remaining()];
      encoded.get(block);
      block(block);
    } catch (CharacterCodingException e) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "a text with half of a surrogate pair has no byte form", e);
    }
  }

  /** An enum constant, by its name, so that constants may be added anywhere. */
  void constant(Enum<?> value) {
    text(value.name());
  }

  public <T> void optional(Optional<T> value, Consumer<T> writer) {
    bool(value.isPresent());
    value.ifPresent(writer);
  }

  public <T> void list(Collection<T> values, Consumer<T> writer) {
    integer(values.size());
    values.forEach(writer);
  }

  /** The bytes, with their check. */
  public byte[] finish() {
    CRC32 check = new CRC32();
    check.update(bytes.toByteArray());
    integer((int) check.getValue());
    return bytes.toByteArray();
  }
}
