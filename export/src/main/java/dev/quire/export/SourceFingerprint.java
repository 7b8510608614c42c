package dev.quire.export;

import dev.quire.engine.config.Configuration;
import dev.quire.spi.SourceConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** By what a source is known again: what it is and where, and nothing that only lets in. */
public final class SourceFingerprint {
  private static final List<String> KEYS =
      List.of("url", "endpoint", "region", "spec", "profile", "role", "tenant");

  private static final int BYTES_SHOWN = 8;

  private SourceFingerprint() {}

  /** {@code crm odata 1f3a9c0b55e0d2aa}; the name alone for a source that is not configured. */
  public static String of(Configuration configuration, String name) {
    SourceConfig source = configuration.sources().get(name);
    if (source == null) {
      return name;
    }
    StringBuilder text = new StringBuilder();
    for (String key : KEYS) {
      source.find(key).ifPresent(value -> text.append(key).append('=').append(value).append('\n'));
    }
    return name + " " + configuration.types().get(name) + " " + digest(text.toString());
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES_SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
