package dev.quire.aws.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256, and HMAC (RFC 2104) over it: {@code javax.crypto} checks its policy files and providers
 * at its first use, which a short statement over plain HTTP would feel.
 */
final class Sha256 {
  private static final int BLOCK = 64;

  private Sha256() {}

  static byte[] of(byte[] data) {
    return digest().digest(data);
  }

  static byte[] hmac(byte[] key, byte[] data) {
    byte[] used = key.length > BLOCK ? of(key) : key;
    MessageDigest digest = digest();
    digest.update(padded(used, 0x36));
    byte[] inner = digest.digest(data);
    digest.update(padded(used, 0x5c));
    return digest.digest(inner);
  }

  private static byte[] padded(byte[] key, int pad) {
    byte[] block = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      block[i] = (byte) (i < key.length ? key[i] ^ pad : pad);
    }
    return block;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
