package dev.quire.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS trusts and what it presents. Certificates and host names are always checked: there is no
 * way to turn that off.
 */
final class Tls {
  private Tls() {}

  /**
   * What makes the sockets of an origin: with the certificates that this Java trusts, those of
   * {@code http.ca_file} besides, and, for the source's own origin alone, the client's certificate.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION when a file is not right
   */
  static Function<Origin, SSLSocketFactory> from(DoorConfig config, Origin api, Instant now) {
    checkKeys(config);
    boolean trusting = config.find(DoorProperties.CA_FILE).isPresent();
    boolean presenting = config.find(DoorProperties.CLIENT_CERTIFICATE).isPresent();
    if (!trusting && !presenting) {
      return standard();
    }
    TrustManager @Nullable [] trust = trusting ? trust(config, now) : null;
    SSLSocketFactory plain = factory(config, null, trust);
    SSLSocketFactory own =
        presenting ? factory(config, ClientIdentity.read(config, now), trust) : plain;
    return origin -> origin.equals(api) ? own : plain;
  }

  /** As this Java is set up; made when the first https connection is, not before. */
  static Function<Origin, SSLSocketFactory> standard() {
    return origin -> (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  private static void checkKeys(DoorConfig config) {
    for (var key : List.of(DoorProperties.CLIENT_KEY, DoorProperties.CLIENT_KEY_PASSWORD)) {
      if (config.source().has(key.name())
          && !config.source().has(DoorProperties.CLIENT_CERTIFICATE.name())) {
        throw config.fault(key, "needs http.client_certificate");
      }
    }
  }

  private static SSLSocketFactory factory(
      DoorConfig config, KeyManager @Nullable [] keys, TrustManager @Nullable [] trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw config.fault(DoorProperties.CA_FILE, "TLS cannot be set up: " + e.getMessage());
    }
  }

  private static TrustManager[] trust(DoorConfig config, Instant now) {
    byte[] bytes = CertificateFiles.bytes(config, DoorProperties.CA_FILE);
    List<X509Certificate> added =
        CertificateFiles.certificates(
            config,
            DoorProperties.CA_FILE,
            CertificateFiles.blocks(config, DoorProperties.CA_FILE, bytes));
    if (added.stream().allMatch(c -> CertificateFiles.isOver(c, now))) {
      throw config.fault(
          DoorProperties.CA_FILE,
          config.require(DoorProperties.CA_FILE)
              + ": every certificate in it has expired, the first at "
              + added.get(0).getNotAfter().toInstant());
    }
    try {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      int number = 0;
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager standard) {
          for (X509Certificate issuer : standard.getAcceptedIssuers()) {
            all.setCertificateEntry("standard" + number++, issuer);
          }
        }
      }
      for (X509Certificate certificate : added) {
        all.setCertificateEntry("added" + number++, certificate);
      }
      return managers(all);
    } catch (GeneralSecurityException | IOException e) {
      throw config.fault(DoorProperties.CA_FILE, "cannot be used: " + e.getMessage());
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
