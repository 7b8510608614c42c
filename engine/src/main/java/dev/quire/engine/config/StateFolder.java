package dev.quire.engine.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a user's programs keep what they remember between starts. */
final class StateFolder {
  private StateFolder() {}

  /** {@code quire} in XDG_STATE_HOME, else in LOCALAPPDATA (Windows), else in ~/.local/state. */
  static Path usual(Map<String, String> environment) {
    return set(environment, "XDG_STATE_HOME")
        .or(() -> set(environment, "LOCALAPPDATA"))
        .map(Path::of)
        .orElseGet(
            () ->
                Path.of(set(environment, "HOME").orElse(System.getProperty("user.home")))
                    .resolve(".local")
                    .resolve("state"))
        .resolve("quire");
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
