package dev.quire.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads private keys with the JDK alone: PKCS#8, plain or encrypted, and PKCS#1 of RSA. */
final class PrivateKeys {
  /** Version 0, then the algorithm rsaEncryption without parameters (RFC 5208, RFC 8017). */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private PrivateKeys() {}

  static boolean isKey(Pem block) {
    return block.label().endsWith("PRIVATE KEY");
  }

  static boolean isEncrypted(Pem block) {
    return block.label().startsWith("ENCRYPTED");
  }

  /**
   * The key of a block.
   *
   * @param password of an encrypted one
   * @throws GeneralSecurityException with a message for the user; for an encrypted one this is most
   *     often the password
   */
  static PrivateKey read(Pem block, char[] password) throws GeneralSecurityException {
    if (block.headers()) {
      throw new InvalidKeySpecException(
          "the key is encrypted in the old way of OpenSSL; " + CONVERT);
    }
    return switch (block.label()) {
      case "PRIVATE KEY" -> decode(block.der());
      case "ENCRYPTED PRIVATE KEY" -> decode(decrypt(block.der(), password));
      case "RSA PRIVATE KEY" -> decode(wrapped(block.der()));
      default ->
          throw new InvalidKeySpecException(
              "'" + block.label() + "' is a form of key that is not read; " + CONVERT);
    };
  }

  private static final String CONVERT =
      "convert it to PKCS#8: openssl pkcs8 -topk8 -in OLD -out NEW";

  private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // A key of another kind.
      }
    }
    throw new InvalidKeySpecException("the private key is neither RSA, EC nor EdDSA, or is broken");
  }

  private static byte[] decrypt(byte[] der, char[] password) throws GeneralSecurityException {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      boolean second = info.getAlgName().equals("PBES2");
      String name = second ? info.getAlgParameters().toString() : info.getAlgName();
      Cipher cipher = Cipher.getInstance(name);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(password)),
          info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (IOException e) {
      throw new InvalidKeySpecException("the encrypted private key is broken", e);
    }
  }

  /** A PKCS#1 key as PKCS#8: a sequence of version, algorithm, and the key as octets. */
  private static byte[] wrapped(byte[] pkcs1) {
    byte[] octets = tagged(0x04, pkcs1);
    return tagged(
        0x30, ByteBuffer.allocate(RSA.length + octets.length).put(RSA).put(octets).array());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    byte[] length = BigInteger.valueOf(content.length).toByteArray();
    if (content.length < 128) {
      out.writeBytes(length);
    } else {
      int skipped = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - skipped));
      out.write(length, skipped, length.length - skipped);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** Whether the two belong together: what one signs the other confirms. */
  static boolean match(PrivateKey own, PublicKey open) {
    String name =
        switch (own.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      Signature signature = Signature.getInstance(name);
      signature.initSign(own);
      signature.update(RSA);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(RSA);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
