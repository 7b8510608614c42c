package dev.quire.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** 64 bits by which a row is known again, in another process and version. Stateless. */
final class RowFingerprint {
  private RowFingerprint() {}

  /** Of the first of these rows; empty if there is none. */
  static OptionalLong ofFirst(List<@Nullable Object[]> rows) {
    return rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(of(rows.get(0)));
  }

  private static long of(@Nullable Object[] row) {
    var digest = LoopGuard.sha256();
    for (Object value : row) {
      byte[] bytes = bytes(value);
      digest.update(ByteBuffer.allocate(4).putInt(0, value == null ? -1 : bytes.length));
      digest.update(bytes);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static byte[] bytes(@Nullable Object value) {
    if (value == null) {
      return new byte[0];
    }
    return value instanceof byte[] binary
        ? binary
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
