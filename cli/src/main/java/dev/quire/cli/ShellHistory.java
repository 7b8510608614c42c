package dev.quire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * Earlier statements, kept in a file that only its owner can read. Commands are not kept, nor
 * statements that seem to hold a secret. One thread at a time.
 */
final class ShellHistory extends DefaultHistory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** A word for a secret and a literal behind it, or a token that begins as JSON Web Tokens do. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?is).*((passw|pwd|secret|token|api_?key|credential|authorization|bearer).*'[^']"
              + "|eyJ[A-Za-z0-9_-]{16}).*");

  static boolean isKept(String line) {
    return !line.isBlank() && !ShellParser.isCommand(line) && !SECRET.matcher(line).matches();
  }

  @Override
  public void add(Instant time, String line) {
    if (isKept(line)) {
      super.add(time, line);
    }
  }

  /**
   * The file for these environment variables, made if there is none: {@code quire/history} in
   * {@code XDG_STATE_HOME} or {@code ~/.local/state}. Empty where it cannot be made for its owner
   * alone; then nothing is kept.
   */
  static Optional<Path> file(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (state.isEmpty() && home.isEmpty()) {
      return Optional.empty();
    }
    Path base = state.isEmpty() ? Path.of(home, ".local", "state") : Path.of(state);
    Path file = base.resolve("quire").resolve("history");
    try {
      Files.createDirectories(base.resolve("quire"));
      if (!Files.exists(file)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      return Optional.of(file);
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
