package dev.quire.thirdparty.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where {@code third-party/servers/install} has put the servers. */
public final class Installed {
  private Installed() {}

  /** The folder of a server; skips the test when it is not installed. */
  public static Path require(String name) {
    Path home =
        Optional.ofNullable(System.getenv("QUIRE_SERVERS"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache", "quire", "servers"));
    Path folder = home.resolve(name);
    assumeTrue(
        Files.isDirectory(folder), name + " is not installed: run third-party/servers/install");
    return folder;
  }
}
