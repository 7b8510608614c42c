package dev.quire.odata;

import dev.quire.spi.OwnerFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32;

/**
 * The copy of one metadata document on the disk: a few lines that say what it is, an empty line,
 * and the document. Immutable.
 */
final class MetadataCopy {
  private static final String FORM = "1";

  private final Path file;
  private final String origin;

  /**
   * A document as it was read.
   *
   * @param etag as the service sent it
   * @param read when
   */
  record Kept(byte[] document, Optional<String> etag, Instant read) {

    /** Whether it may be used unasked; one from the future is from a clock that was set back. */
    boolean isFresh(Instant now, Duration maxAge) {
      return !read.isAfter(now) && now.isBefore(read.plus(maxAge));
    }
  }

  /**
   * @param folder of all copies; made when the first is kept
   * @param source whose it is: two sources at one URL may see different tables
   * @param url of the document; it may hold secrets, and is kept as a digest
   */
  MetadataCopy(Path folder, String source, String url) {
    this.origin = digest(source + "\n" + url);
    this.file = folder.resolve("metadata").resolve(origin + ".copy");
  }

  /** What was kept; empty if there is nothing, or nothing whole. */
  Optional<Kept> find() {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int end = headEnd(bytes);
      Properties head = new Properties();
      head.load(new ByteArrayInputStream(bytes, 0, end));
      byte[] document = Arrays.copyOfRange(bytes, end, bytes.length);
      boolean right =
          FORM.equals(head.getProperty("form"))
              && origin.equals(head.getProperty("origin"))
              && checksum(document).equals(head.getProperty("checksum"));
      return right
          ? Optional.of(
              new Kept(
                  document,
                  Optional.ofNullable(head.getProperty("etag")),
                  Instant.parse(head.getProperty("read"))))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // a copy that cannot be used is as good as none
    }
  }

  private static int headEnd(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
        return i + 2;
      }
    }
    return bytes.length;
  }

  /** Keeps a document; where that cannot be done, nothing is kept. */
  void keep(Kept kept) {
    try {
      Files.createDirectories(file.getParent());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(head(kept).getBytes(StandardCharsets.UTF_8));
      out.write(kept.document());
      OwnerFile.replace(file, out.toByteArray());
    } catch (IOException | RuntimeException e) {
      // It is read from the service the next time.
    }
  }

  private String head(Kept kept) {
    return "form="
        + FORM
        + "\norigin="
        + origin
        + "\nread="
        + kept.read()
        + "\nchecksum="
        + checksum(kept.document())
        + kept.etag().map(tag -> "\netag=" + tag.replace("\\", "\\\\")).orElse("")
        + "\n\n";
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is replaced by the next one that is kept.
    }
  }

  private static String checksum(byte[] document) {
    CRC32 sum = new CRC32();
    sum.update(document);
    return document.length + "-" + Long.toHexString(sum.getValue());
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
