package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.OwnerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The file that keeps a refresh token from one start to the next. It is replaced as a whole, and
 * readable by its owner alone. Thread-safe.
 */
final class TokenCache {
  private final DoorConfig config;
  private final Path file;
  private final String client;

  private TokenCache(DoorConfig config, Path file, String client) {
    this.config = config;
    this.file = file;
    this.client = client;
  }

  /**
   * The configured file, whose folder must be there.
   *
   * @param client whose tokens they are
   */
  static Optional<TokenCache> find(DoorConfig config, String client) {
    if (config.find(DoorProperties.TOKEN_CACHE).isEmpty()) {
      return Optional.empty();
    }
    String name = config.requireLine(DoorProperties.TOKEN_CACHE);
    Path file =
        config
            .source()
            .resolve(DoorProperties.TOKEN_CACHE.name(), name)
            .toAbsolutePath()
            .normalize();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw config.fault(
          DoorProperties.TOKEN_CACHE, "'" + name + "' must be a file in a folder that exists");
    }
    return Optional.of(new TokenCache(config, file, client));
  }

  /**
   * The kept token.
   *
   * @param root what it must go back to
   * @throws dev.quire.spi.SourceException CONFIGURATION when the file cannot be read or is another
   *     client's
   */
  Optional<String> find(String root) {
    Map<String, String> fields;
    try {
      fields = JsonFields.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw config.fault(
          DoorProperties.TOKEN_CACHE,
          file + " cannot be read as a token cache; remove it or name another file");
    }
    if (!client.equals(fields.get("client"))) {
      throw config.fault(
          DoorProperties.TOKEN_CACHE,
          file + " holds the token of another client; each source needs a file of its own");
    }
    return Optional.ofNullable(fields.get("refresh_token"))
        .filter(token -> digest(root).equals(fields.get("for")))
        .filter(token -> token.matches("[\\x20-\\x7e]+"));
  }

  /** Keeps a token. If that fails, the user is warned, and the answer is false. */
  boolean keep(String root, String token, CallContext context) {
    String text =
        "{\"client\": "
            + quoted(client)
            + ",\n \"for\": "
            + quoted(digest(root))
            + ",\n \"refresh_token\": "
            + quoted(token)
            + "}\n";
    try {
      OwnerFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      context.warn(
          "the new refresh token could not be kept in "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + "): it lasts as long as this process");
      return false;
    }
  }

  /** Says which token it was without telling it. */
  private static String digest(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return out.append('"').toString();
  }
}
