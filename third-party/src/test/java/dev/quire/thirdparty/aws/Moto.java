package dev.quire.thirdparty.aws;

import dev.quire.thirdparty.servers.Installed;
import dev.quire.thirdparty.servers.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** An AWS made by another team (moto), and boto3 as another reader of it. Thread-safe. */
public final class Moto implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String RUN =
      "from moto.server import main; main(['-H', '127.0.0.1', '-p', 'PORT'])";

  private final ServerProcess server;

  private Moto(ServerProcess server) {
    this.server = server;
  }

  /** Starts one that checks nobody's signature. */
  public static Moto start() throws IOException, InterruptedException {
    return start(Map.of());
  }

  /** Starts one that checks signatures and permissions after {@link #checkSignatures}. */
  static Moto startChecking() throws IOException, InterruptedException {
    return start(Map.of("INITIAL_NO_AUTH_ACTION_COUNT", "1000000"));
  }

  private static Moto start(Map<String, String> settings) throws IOException, InterruptedException {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("PYTHONPATH", Installed.require("moto").toString());
    return new Moto(ServerProcess.start(environment, List.of(PYTHON, "-c", RUN)));
  }

  /** Where it listens. */
  public String url() {
    return server.url();
  }

  /** Runs a part of {@code aws/seed.py}, or {@code all}; gives what it printed. */
  public String seed(String part) throws IOException, InterruptedException {
    return python("seed.py", url(), part);
  }

  /** The elements that boto3 reads, as a JSON list. */
  public String read(String service, String operation, String parameters, String result)
      throws IOException, InterruptedException {
    return python("read.py", url(), service, operation, parameters, result);
  }

  void checkSignatures() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/moto-api/reset-auth"))
            .POST(HttpRequest.BodyPublishers.ofString("0"))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }

  static String python(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON, script(script)));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed;
    try (InputStream out = process.getInputStream()) {
      printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException(script + " has failed");
    }
    return printed;
  }

  private static String script(String name) {
    try {
      return Path.of(Objects.requireNonNull(Moto.class.getResource("/aws/" + name)).toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
