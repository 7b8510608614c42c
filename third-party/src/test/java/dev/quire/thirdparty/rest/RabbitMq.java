package dev.quire.thirdparty.rest;

import dev.quire.thirdparty.servers.Installed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * RabbitMQ with its management API on the loopback address: a node and a port mapper of its own,
 * with data, cookie and log in a folder. Stopped by its processes.
 */
final class RabbitMq implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(150);
  private static final Path PORT_MAPPER = Path.of("/usr/bin/epmd");
  private static final String GUEST =
      "Basic " + Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process portMapper;
  private final Process server;
  private final Path log;
  private final String url;

  private RabbitMq(Process portMapper, Process server, Path log, String url) {
    this.portMapper = portMapper;
    this.server = server;
    this.log = log;
    this.url = url;
  }

  static RabbitMq start(Path folder) throws Exception {
    Path program =
        Installed.require("rabbitmq").resolve("lib/rabbitmq_server-3.10.8/sbin/rabbitmq-server");
    Assumptions.assumeTrue(
        Files.isExecutable(PORT_MAPPER) && Files.isExecutable(program),
        "rabbitmq is not installed: run third-party/servers/install");
    int management = freePort();
    String mapperPort = Integer.toString(freePort());
    Path config =
        Files.writeString(
            folder.resolve("rabbitmq.conf"),
            """
            listeners.tcp.1 = 127.0.0.1:%d
            management.tcp.ip = 127.0.0.1
            management.tcp.port = %d
            """
                .formatted(freePort(), management));
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", folder.toString());
    environment.put("RABBITMQ_NODENAME", "quire" + management + "@localhost");
    environment.put("RABBITMQ_DIST_PORT", Integer.toString(freePort()));
    environment.put("ERL_EPMD_PORT", mapperPort);
    environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
    environment.put("RABBITMQ_LOGS", "-");
    environment.put("RABBITMQ_PID_FILE", folder.resolve("pid").toString());
    environment.put("RABBITMQ_CONFIG_FILE", config.toString());
    environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
    environment.put("RABBITMQ_ENABLED_PLUGINS", "rabbitmq_management");
    environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString());
    environment.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
        "-start_epmd false +sbwt none -kernel inet_dist_use_interface {127,0,0,1}");
    Path log = folder.resolve("server.log");
    Process mapper =
        run(environment, log, PORT_MAPPER.toString(), "-address", "127.0.0.1", "-port", mapperPort);
    Process server = run(environment, log, program.toString());
    RabbitMq rabbit = new RabbitMq(mapper, server, log, "http://127.0.0.1:" + management);
    try {
      rabbit.awaitAnswer();
      return rabbit;
    } catch (Exception e) {
      rabbit.close();
      throw e;
    }
  }

  private static Process run(Map<String, String> environment, Path log, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws Exception {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (System.nanoTime() < end) {
      if (server.waitFor(200, TimeUnit.MILLISECONDS)) {
        throw new IOException("RabbitMQ has ended: " + Files.readString(log));
      }
      try {
        if (send("GET", "/api/overview", "") == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It is still starting.
      }
    }
    throw new IOException("RabbitMQ does not answer: " + Files.readString(log));
  }

  String url() {
    return url;
  }

  /** Declares a queue. */
  void declare(String queue) throws Exception {
    int status = send("PUT", "/api/queues/%2F/" + queue, "{\"durable\":true}");
    if (status != 201) {
      throw new IllegalStateException(queue + ": " + status);
    }
  }

  private int send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", GUEST)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** The shell script passes nothing on, so its children are ended, too. */
  @Override
  public void close() throws Exception {
    List<ProcessHandle> children = server.descendants().toList();
    children.forEach(ProcessHandle::destroy);
    server.destroy();
    if (!server.waitFor(20, TimeUnit.SECONDS)) {
      children.forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
    }
    portMapper.destroy();
    portMapper.waitFor(10, TimeUnit.SECONDS);
  }
}
