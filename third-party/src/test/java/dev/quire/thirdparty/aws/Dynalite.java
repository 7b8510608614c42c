package dev.quire.thirdparty.aws;

import dev.quire.thirdparty.servers.Installed;
import dev.quire.thirdparty.servers.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A DynamoDB made by another team (dynalite). Thread-safe. */
final class Dynalite implements AutoCloseable {
  private final ServerProcess server;

  private Dynalite(ServerProcess server) {
    this.server = server;
  }

  static Dynalite start() throws IOException, InterruptedException {
    String program =
        Installed.require("dynalite").resolve("node_modules/dynalite/cli.js").toString();
    return new Dynalite(
        ServerProcess.start(
            Map.of(),
            List.of(
                "node", program, "--host", "127.0.0.1", "--port", "PORT", "--createTableMs", "0")));
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
