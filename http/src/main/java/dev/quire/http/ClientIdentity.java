package dev.quire.http;

import dev.quire.spi.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The client certificate and its key, from the files that configuration names. */
final class ClientIdentity {
  private final DoorConfig config;
  private final Instant now;

  /** A key and its certificate, followed by those that vouch for it. */
  private record Identity(PrivateKey key, List<X509Certificate> chain) {}

  private ClientIdentity(DoorConfig config, Instant now) {
    this.config = config;
    this.now = now;
  }

  /**
   * What TLS presents.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION when a file cannot be read, certificate and
   *     key do not match, or the certificate is not valid now
   */
  static KeyManager[] read(DoorConfig config, Instant now) {
    return new ClientIdentity(config, now).managers();
  }

  private KeyManager[] managers() {
    byte[] bytes = CertificateFiles.bytes(config, DoorProperties.CLIENT_CERTIFICATE);
    boolean pem = Pem.isPem(new String(bytes, StandardCharsets.ISO_8859_1));
    Identity identity = pem ? fromPem(bytes) : fromPkcs12(bytes);
    checkDates(identity.chain().get(0));
    char[] password = new char[0];
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, password);
      keys.setKeyEntry(
          "client", identity.key(), password, identity.chain().toArray(new Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, password);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw wrong("cannot be used: " + e.getMessage());
    }
  }

  private Identity fromPem(byte[] bytes) {
    List<Pem> blocks = CertificateFiles.blocks(config, DoorProperties.CLIENT_CERTIFICATE, bytes);
    List<X509Certificate> certificates =
        CertificateFiles.certificates(config, DoorProperties.CLIENT_CERTIFICATE, blocks);
    PrivateKey key = key(blocks);
    X509Certificate own =
        certificates.stream()
            .filter(c -> PrivateKeys.match(key, c.getPublicKey()))
            .findFirst()
            .orElseThrow(() -> wrong("the private key belongs to none of the certificates"));
    return new Identity(key, chain(own, certificates));
  }

  private PrivateKey key(List<Pem> beside) {
    boolean apart = config.find(DoorProperties.CLIENT_KEY).isPresent();
    List<Pem> blocks =
        apart
            ? CertificateFiles.blocks(
                config,
                DoorProperties.CLIENT_KEY,
                CertificateFiles.bytes(config, DoorProperties.CLIENT_KEY))
            : beside;
    Pem block =
        blocks.stream()
            .filter(PrivateKeys::isKey)
            .findFirst()
            .orElseThrow(
                () -> wrong("no private key; add it to the file, or name http.client_key"));
    boolean encrypted = PrivateKeys.isEncrypted(block);
    char[] password = encrypted ? password() : new char[0];
    try {
      return PrivateKeys.read(block, password);
    } catch (GeneralSecurityException e) {
      throw encrypted ? closed() : wrong(String.valueOf(e.getMessage()));
    }
  }

  /** The own certificate, then each one's issuer as far as it is there. */
  private static List<X509Certificate> chain(X509Certificate own, List<X509Certificate> all) {
    List<X509Certificate> chain = new ArrayList<>(List.of(own));
    Optional<X509Certificate> next = Optional.of(own);
    while (next.isPresent()) {
      X509Certificate last = next.get();
      next =
          all.stream()
              .filter(c -> c.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
              .filter(c -> !chain.contains(c))
              .findFirst();
      next.ifPresent(chain::add);
    }
    return chain;
  }

  private Identity fromPkcs12(byte[] bytes) {
    char[] password =
        config.find(DoorProperties.CLIENT_KEY_PASSWORD).isPresent() ? password() : new char[0];
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(bytes), password);
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.getKey(alias, password) instanceof PrivateKey key) {
          List<X509Certificate> chain = new ArrayList<>();
          Certificate[] kept = keys.getCertificateChain(alias);
          if (kept == null || kept.length == 0) {
            throw wrong("has no certificate for its key");
          }
          for (Certificate certificate : kept) {
            chain.add((X509Certificate) certificate);
          }
          return new Identity(key, chain);
        }
      }
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? closed()
          : wrong("is neither PEM nor PKCS#12");
    } catch (GeneralSecurityException e) {
      throw closed();
    }
    throw wrong("has no private key in it");
  }

  private char[] password() {
    return config.require(DoorProperties.CLIENT_KEY_PASSWORD).toCharArray();
  }

  private void checkDates(X509Certificate own) {
    String name = "the certificate of " + own.getSubjectX500Principal().getName();
    if (CertificateFiles.isOver(own, now)) {
      throw wrong(name + " expired at " + own.getNotAfter().toInstant());
    }
    if (own.getNotBefore().toInstant().isAfter(now)) {
      throw wrong(name + " is not valid before " + own.getNotBefore().toInstant());
    }
  }

  private SourceException closed() {
    return config.fault(
        DoorProperties.CLIENT_KEY_PASSWORD, "the password does not open the client's key");
  }

  private SourceException wrong(String problem) {
    return config.fault(
        DoorProperties.CLIENT_CERTIFICATE,
        config.require(DoorProperties.CLIENT_CERTIFICATE) + ": " + problem);
  }
}
