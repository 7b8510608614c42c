package dev.quire.thirdparty.rest;

import dev.quire.thirdparty.servers.Installed;
import dev.quire.thirdparty.servers.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** REST servers by other teams, as {@code third-party/servers/install} puts them there. */
final class RestServers {
  private static final Path DOCKER_REGISTRY = Path.of("/usr/bin/docker-registry");

  private RestServers() {}

  /** json-server with the table {@code items}: ids from 1 to a count. */
  static ServerProcess jsonServer(Path folder, int count) throws Exception {
    String items =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                id ->
                    "{\"id\":%d,\"name\":\"item %d\",\"price\":%s,\"created\":\"2026-01-01T00:00:%02dZ\"}"
                        .formatted(id, id, id / 4.0, id % 60))
            .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    Path data = Files.writeString(folder.resolve("db.json"), items);
    return node(
        "json-server",
        "json-server",
        "--host",
        "127.0.0.1",
        "--port",
        "PORT",
        "--quiet",
        data.toString());
  }

  /** Answers that GitHub gave once, by @octokit/fixtures-server. */
  static ServerProcess github() throws Exception {
    Path fixtures =
        Installed.require("octokit-fixtures")
            .resolve("node_modules/@octokit/fixtures/scenarios/api.github.com/paginate-issues");
    return node(
        "octokit-fixtures",
        "octokit-fixtures-server",
        "--port",
        "PORT",
        "--fixtures-url",
        "http://127.0.0.1:PORT",
        "--log-level",
        "silent",
        "--fixtures",
        fixtures.resolve("normalized-fixture.json").toString());
  }

  /** The base URL of recorded answers. */
  static String scenario(String server, String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/fixtures"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"scenario\":\"" + name + "\"}"))
            .build();
    String answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return answer.replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
  }

  /** Azurite's tables, kept in memory. */
  static ServerProcess azurite() throws Exception {
    return node(
        "azurite",
        "azurite-table",
        "--tableHost",
        "127.0.0.1",
        "--tablePort",
        "PORT",
        "--inMemoryPersistence",
        "--disableTelemetry",
        "--skipApiVersionCheck");
  }

  private static ServerProcess node(String folder, String program, String... arguments)
      throws Exception {
    Path file = Installed.require(folder).resolve("node_modules/.bin").resolve(program);
    List<String> command = new ArrayList<>(List.of("node", file.toString()));
    command.addAll(List.of(arguments));
    return ServerProcess.start(Map.of(), command);
  }

  /** A Docker registry with so many repositories, {@code team/app0001} and on. */
  static ServerProcess dockerRegistry(Path folder, int count) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(DOCKER_REGISTRY),
        "docker-registry is not installed: run third-party/servers/install");
    for (String name : repositories(count)) {
      Path repository = folder.resolve("docker/registry/v2/repositories").resolve(name);
      Files.createDirectories(repository.resolve("_layers"));
      Files.createDirectories(repository.resolve("_manifests/tags/v1/current"));
    }
    Path config = folder.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error}
        storage: {filesystem: {rootdirectory: %s}}
        """
            .formatted(folder));
    return ServerProcess.start(
        Map.of("REGISTRY_HTTP_ADDR", "127.0.0.1:PORT"),
        List.of(DOCKER_REGISTRY.toString(), "serve", config.toString()));
  }

  static List<String> repositories(int count) {
    return IntStream.rangeClosed(1, count).mapToObj("team/app%04d"::formatted).toList();
  }
}
