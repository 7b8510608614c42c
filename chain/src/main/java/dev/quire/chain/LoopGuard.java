package dev.quire.chain;

import dev.quire.spi.Continuation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers every continuation of a chain, as 128 bits of its SHA-256, so that a cycle of any
 * length is seen at its first repetition. Thread-safe.
 */
final class LoopGuard {
  private final Set<Mark> seen = new HashSet<>();
  private final MessageDigest digest = sha256();

  private record Mark(long high, long low) {

    /** Any bits of a digest will do. */
    @Override
    public int hashCode() {
      return (int) high;
    }
  }

  /** Whether this continuation is new; a second call with an equal one answers false. */
  synchronized boolean isNew(Continuation continuation) {
    return seen.add(mark(continuation));
  }

  /** Whether {@link #isNew} has had this continuation. */
  synchronized boolean knows(Continuation continuation) {
    return seen.contains(mark(continuation));
  }

  private Mark mark(Continuation continuation) {
    byte[] hash = digest.digest(continuation.value().getBytes(StandardCharsets.UTF_8));
    ByteBuffer buffer = ByteBuffer.wrap(hash);
    return new Mark(buffer.getLong(), buffer.getLong());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
