package dev.quire.thirdparty.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on a free port of the loopback address. Thread-safe. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final int port;

  private ServerProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param environment and command have the word PORT where the port goes
   */
  public static ServerProcess start(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> words = new ArrayList<>();
    command.forEach(word -> words.add(word.replace("PORT", Integer.toString(port))));
    Path log = Files.createTempFile("quire-server", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
    environment.forEach(
        (name, value) ->
            builder.environment().put(name, value.replace("PORT", Integer.toString(port))));
    ServerProcess server = new ServerProcess(builder.start(), log, port);
    server.awaitAnswer();
    return server;
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (System.nanoTime() < end) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("the server has ended: " + Files.readString(log));
      }
      try {
        HttpURLConnection call = (HttpURLConnection) URI.create(url()).toURL().openConnection();
        call.getResponseCode();
        call.disconnect();
        return;
      } catch (IOException notYet) {
        // It is still starting.
      }
    }
    close();
    throw new IOException("the server does not answer: " + Files.readString(log));
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
