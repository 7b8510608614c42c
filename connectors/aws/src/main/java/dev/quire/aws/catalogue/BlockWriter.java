package dev.quire.aws.catalogue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes one block of the catalogue: numbers of seven bits a byte, and texts as places in a table
 * that stands before everything else.
 */
final class BlockWriter {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Map<String, Integer> texts = new LinkedHashMap<>();

  BlockWriter number(long value) {
    number(body, value);
    return this;
  }

  private static void number(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  BlockWriter text(String text) {
    return number(place(text));
  }

  private int place(String text) {
    return texts.computeIfAbsent(text, unused -> texts.size());
  }

  BlockWriter text(Optional<String> text) {
    return number(text.isEmpty() ? 0 : place(text.get()) + 1);
  }

  BlockWriter flag(boolean flag) {
    return number(flag ? 1 : 0);
  }

  /** A number that may be absent; negative ones too. */
  BlockWriter number(OptionalLong value) {
    flag(value.isPresent());
    value.ifPresent(each -> number(each << 1 ^ each >> 63));
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    number(all, texts.size());
    for (String text : texts.keySet()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      number(all, utf8.length);
      all.writeBytes(utf8);
    }
    all.writeBytes(body.toByteArray());
    return all.toByteArray();
  }
}
