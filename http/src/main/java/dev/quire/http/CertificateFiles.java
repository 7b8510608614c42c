package dev.quire.http;

import dev.quire.spi.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the files that configuration names for TLS; each fault names key and file. */
final class CertificateFiles {
  private static final int MOST = 16 << 20;

  private CertificateFiles() {}

  static byte[] bytes(DoorConfig config, Property property) {
    String name = config.requireLine(property);
    try {
      Path file = config.source().resolve(property.name(), name);
      if (Files.size(file) > MOST) {
        throw config.fault(property, "the file " + name + " is too large for certificates");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw config.fault(property, "the file " + name + " does not exist");
    } catch (IOException e) {
      throw config.fault(
          property, "the file " + name + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** The blocks of a PEM file. */
  static List<Pem> blocks(DoorConfig config, Property property, byte[] bytes) {
    try {
      return Pem.parse(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw config.fault(
          property, "the file " + config.require(property) + " is no whole PEM file");
    }
  }

  /** The certificates among the blocks. */
  static List<X509Certificate> certificates(
      DoorConfig config, Property property, List<Pem> blocks) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem block : blocks) {
        if (block.label().equals("CERTIFICATE")) {
          found.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (CertificateException e) {
      throw config.fault(
          property, "the file " + config.require(property) + " has a broken certificate in it");
    }
    if (found.isEmpty()) {
      throw config.fault(
          property, "the file " + config.require(property) + " has no PEM block CERTIFICATE in it");
    }
    return found;
  }

  static boolean isOver(X509Certificate certificate, Instant now) {
    return certificate.getNotAfter().toInstant().isBefore(now);
  }
}
