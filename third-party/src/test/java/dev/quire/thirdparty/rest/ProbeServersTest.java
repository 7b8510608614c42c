package dev.quire.thirdparty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.StatementContext;
import dev.quire.rest.RestConnector;
import dev.quire.rest.spec.SpecReader;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ProbeRequest;
import dev.quire.spi.SourceConfig;
import dev.quire.thirdparty.servers.Installed;
import dev.quire.thirdparty.servers.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the probe says of servers by other teams, with nobody's help, reads all rows in order and
 * none twice.
 */
class ProbeServersTest {
  private static final int MOST_CALLS = 60;

  @TempDir Path folder;

  private static String probe(ProbeRequest request, Map<String, String> config) {
    ConnectorContext context = ConnectorContext.system();
    StatementContext call =
        new StatementContext(
            context.time(),
            new StatementContext.Limits(MOST_CALLS, Optional.empty()),
            report -> {});
    return new RestConnector()
        .probe(request, SourceConfig.of("svc", config), context, call)
        .orElseThrow();
  }

  /** The values of a column of the only table. */
  private List<String> read(String spec, Map<String, String> config, String column)
      throws Exception {
    Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
    Map<String, String> source = new HashMap<>(config);
    source.put("type", "rest");
    source.put("spec", file.toString());
    TableSpec table = SpecReader.read(file).tables().get(0);
    String sql = "SELECT \"" + column + "\" FROM svc.\"" + table.name().name() + "\"";
    return RestReading.read(source, sql).column();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void json_server() throws Exception {
    try (ServerProcess server = RestServers.jsonServer(folder, 95)) {
      String spec = probe(ProbeRequest.get(server.url() + "/items"), Map.of());

      assertThat(spec)
          .contains("{style: offset, parameter: _start, start: 0, total:", "parameter: _limit")
          .contains("id: bigint", "name: string", "price: decimal", "created: timestamptz");
      assertThat(read(spec, Map.of(), "id")).isEqualTo(numbers(1, 95));
    }
  }

  @Test
  void json_server_by_pages_has_links() throws Exception {
    try (ServerProcess server = RestServers.jsonServer(folder, 95)) {
      String spec = probe(ProbeRequest.get(server.url() + "/items?_page=1"), Map.of());

      assertThat(spec).contains("paging: {style: link_header}");
      assertThat(read(spec, Map.of(), "id")).isEqualTo(numbers(1, 95));
    }
  }

  @Test
  void docker_registry() throws Exception {
    try (ServerProcess server = RestServers.dockerRegistry(folder, 250)) {
      String spec = probe(ProbeRequest.get(server.url() + "/v2/_catalog"), Map.of());

      assertThat(spec)
          .contains("rows: /repositories", "paging: {style: link_header}", "{parameter: n,");
      assertThat(read(spec, Map.of(), "value")).isEqualTo(RestServers.repositories(250));
    }
  }

  @Test
  void rabbitmq() throws Exception {
    Map<String, String> auth =
        Map.of("auth.type", "basic", "auth.username", "guest", "auth.password", "guest");
    try (RabbitMq server = RabbitMq.start(folder)) {
      List<String> names = IntStream.range(0, 53).mapToObj("queue-%03d"::formatted).toList();
      for (String name : names) {
        server.declare(name);
      }
      String pages =
          probe(ProbeRequest.get(server.url() + "/api/queues?page=1&page_size=20"), auth);
      String whole = probe(ProbeRequest.get(server.url() + "/api/queues"), auth);

      assertThat(pages)
          .contains("{style: page, parameter: page, start: 1, pages: /page_count}")
          .contains("page_size: {parameter: page_size,", "rows: /items", "key: name");
      assertThat(read(pages, auth, "name")).isEqualTo(names);
      assertThat(whole).contains("paging: {style: none}", "Quire read the whole list with it");
      assertThat(read(whole, auth, "name")).isEqualTo(names);
    }
  }

  @Test
  void recorded_answers_of_github() throws Exception {
    Map<String, String> auth =
        Map.of(
            "auth.type",
            "api_key",
            "auth.name",
            "Authorization",
            "auth.value",
            "token 0000000000000000000000000000000000000001");
    try (ServerProcess server = RestServers.github()) {
      String recorded = RestServers.scenario(server.url(), "paginate-issues");
      ProbeRequest request =
          new ProbeRequest(
              recorded + "/repos/octokit-fixture-org/paginate-issues/issues?per_page=3",
              false,
              Optional.empty(),
              Map.of("Accept", "application/vnd.github.v3+json"),
              Optional.empty());
      String spec = probe(request, auth);

      List<String> expected = new ArrayList<>(numbers(1, 13));
      Collections.reverse(expected);
      assertThat(spec)
          .contains("paging: {style: link_header}", "key: id", "\"user.login\": {type: string")
          .doesNotContain("0000000000000000000000000000000000000001");
      // Each recorded answer is given once, so that they begin anew under another address.
      String anew = RestServers.scenario(server.url(), "paginate-issues");
      String path = anew.substring(server.url().length());
      assertThat(
              read(spec.replace(recorded.substring(server.url().length()), path), auth, "number"))
          .isEqualTo(expected);
    }
  }

  @Test
  void tables_of_azure_by_a_signature_that_stands_in_no_spec() throws Exception {
    try (AzureTables tables = AzureTables.start(125)) {
      Map<String, String> signature = AzureTables.signature();
      String query =
          signature.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue().replace("+", "%2B"))
              .collect(Collectors.joining("&"));
      String spec = probe(ProbeRequest.get(tables.url() + "/people()?" + query), Map.of());

      String secret = String.valueOf(signature.get("sig"));
      assertThat(spec)
          .contains("NextPartitionKey", "{parameter: \"$top\"", "rows: /value")
          .doesNotContain(secret);
      Map<String, String> auth =
          Map.of(
              "auth.type", "api_key", "auth.in", "query", "auth.name", "sig", "auth.value", secret);
      assertThat(read(spec, auth, "name"))
          .isEqualTo(IntStream.range(0, 125).mapToObj(i -> "person " + i).toList());
    }
  }

  @Test
  void the_document_of_github_becomes_a_spec_that_reads_its_recorded_answers() throws Exception {
    Path document =
        Installed.require("octokit-openapi")
            .resolve("node_modules/@octokit/openapi/generated/api.github.com.json");
    String spec = new RestConnector().describe(document).orElseThrow();

    List<TableSpec> all = SpecReader.parse("github.yaml", spec).tables();
    assertThat(all).hasSizeGreaterThan(300);
    assertThat(spec)
        .contains("  repos_issues:\n", "page_size: {parameter: per_page, usual: 100, most: 100}");
    try (ServerProcess server = RestServers.github()) {
      String url = RestServers.scenario(server.url(), "paginate-issues");
      Map<String, String> source =
          Map.of(
              "type",
              "rest",
              "spec",
              Files.writeString(
                      folder.resolve("github.yaml"),
                      "headers: {Accept: application/vnd.github.v3+json}\n" + spec)
                  .toString(),
              "url",
              url,
              "page_size",
              "3",
              "auth.type",
              "api_key",
              "auth.name",
              "Authorization",
              "auth.value",
              "token 0000000000000000000000000000000000000001");
      String sql =
          "SELECT number FROM svc.repos_issues WHERE owner = 'octokit-fixture-org'"
              + " AND repo = 'paginate-issues' ORDER BY number";
      assertThat(RestReading.read(source, sql).column()).isEqualTo(numbers(1, 13));
    }
  }
}
