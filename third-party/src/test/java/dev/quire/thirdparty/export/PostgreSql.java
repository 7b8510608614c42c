package dev.quire.thirdparty.export;

import dev.quire.thirdparty.servers.Installed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server with an empty database, in a process of its own. Thread-safe. */
final class PostgreSql implements AutoCloseable {
  private static final String NOBODY = "65534";

  private final Process process;
  private final Path folder;
  private final int port;

  private PostgreSql(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  static PostgreSql start() throws IOException, InterruptedException {
    Path installed = Installed.require("postgresql");
    Path folder = Files.createTempDirectory("quire-postgresql");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path bin = readable(installed, folder).resolve("usr/lib/postgresql/15/bin");
    String data = folder.resolve("data").toString();
    Process made =
        run(
            folder,
            bin.resolve("initdb"),
            "-D",
            data,
            "-U",
            "quire",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8");
    if (made.waitFor() != 0) {
      throw new IOException("initdb: " + Files.readString(log(folder)));
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        run(
            folder,
            bin.resolve("postgres"),
            "-D",
            data,
            "-h",
            "127.0.0.1",
            "-p",
            "" + port,
            "-k",
            "");
    PostgreSql server = new PostgreSql(process, folder, port);
    server.awaitAnswer();
    return server;
  }

  private static Path log(Path folder) {
    return folder.resolve("log");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** PostgreSQL does not run as root, and nobody else sees into root's home. */
  private static Path readable(Path installed, Path folder)
      throws IOException, InterruptedException {
    if (!isRoot()) {
      return installed;
    }
    Path copy = folder.resolve("program");
    new ProcessBuilder("cp", "-r", installed.toString(), copy.toString()).start().waitFor();
    return copy;
  }

  private static Process run(Path folder, Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
        .start();
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("the server has ended: " + Files.readString(log(folder)));
      }
      try {
        connect().close();
        return;
      } catch (SQLException notYet) {
        // It is still starting.
      }
    }
    close();
    throw new IOException("the server does not answer");
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=quire";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
