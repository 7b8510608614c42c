package dev.quire.thirdparty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.rest.spec.ShippedSpecs;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Quota;
import dev.quire.thirdparty.rest.RestReading.Answer;
import dev.quire.thirdparty.servers.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
 * Each paging style against a server by another team: all rows, in its order, none twice, and not
 * one request more than its pages.
 */
class RestServersTest {
  @TempDir Path folder;

  private Answer read(String spec, Map<String, String> settings, String sql) throws Exception {
    Map<String, String> source = new HashMap<>(settings);
    source.put("spec", Files.writeString(folder.resolve("spec.yaml"), spec).toString());
    return RestReading.read(source, sql);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  private static final String ITEMS =
      """
      tables:
        items:
          path: /items
          key: id
          columns: {id: integer, name: string, price: "decimal(9, 2)", created: timestamptz}
      """;

  @Test
  void json_server_is_read_by_its_links() throws Exception {
    try (ServerProcess server = RestServers.jsonServer(folder, 95)) {
      String paging =
          """
          parameters: {_page: "1"}
          paging: {style: link_header}
          page_size: {parameter: _limit, usual: 20}
          """;

      Answer answer = read(ITEMS + paging, Map.of("url", server.url()), "SELECT id FROM svc.items");

      assertThat(answer.column()).isEqualTo(numbers(1, 95));
      assertThat(answer.requests()).hasSize(5);
      assertThat(answer.requests().get(4)).endsWith("/items?_page=5&_limit=20");
    }
  }

  @Test
  void a_range_of_json_server_begins_at_a_known_page_as_long_as_that_has_not_moved()
      throws Exception {
    try (ServerProcess server = RestServers.jsonServer(folder, 95)) {
      String paging =
          """
          parameters: {_page: "1"}
          paging: {style: link_header}
          page_size: {parameter: _limit, usual: 20}
          """;
      Files.writeString(folder.resolve("ranges.yaml"), ITEMS + paging);
      Map<String, String> settings =
          Map.of(
              "url",
              server.url(),
              "spec",
              folder.resolve("ranges.yaml").toString(),
              "page_index",
              "on");
      ConnectorContext context =
          ConnectorContext.system().withCache(Optional.of(folder.resolve("cache")));
      String sql = "SELECT id FROM svc.items LIMIT 10 OFFSET 65";

      assertThat(RestReading.read(settings, sql, context).requests()).hasSize(4);
      Answer second = RestReading.read(settings, sql, context);
      assertThat(second.column()).isEqualTo(numbers(66, 75));
      assertThat(second.requests()).hasSize(1);
      assertThat(second.requests().get(0)).contains("_page=4");

      HttpRequest deletion =
          HttpRequest.newBuilder(URI.create(server.url() + "/items/1")).DELETE().build();
      HttpClient.newHttpClient().send(deletion, HttpResponse.BodyHandlers.discarding());
      Answer moved = RestReading.read(settings, sql, context);
      assertThat(moved.column()).isEqualTo(numbers(67, 76));
      assertThat(moved.requests()).hasSize(5);
      assertThat(moved.warnings()).singleElement().asString().contains("pages have moved");
    }
  }

  @Test
  void json_server_is_read_by_its_offsets_and_total() throws Exception {
    try (ServerProcess server = RestServers.jsonServer(folder, 100)) {
      String paging =
          """
          paging: {style: offset, parameter: _start, total: {header: X-Total-Count}}
          page_size: {parameter: _limit, usual: 20}
          """;

      Answer answer = read(ITEMS + paging, Map.of("url", server.url()), "SELECT id FROM svc.items");

      assertThat(answer.column()).isEqualTo(numbers(1, 100));
      assertThat(answer.requests()).hasSize(5);
    }
  }

  @Test
  void json_server_is_read_by_its_page_numbers_to_the_first_empty_page() throws Exception {
    try (ServerProcess server = RestServers.jsonServer(folder, 45)) {
      String paging =
          """
          paging: {style: page, parameter: _page}
          page_size: {parameter: _limit, usual: 20}
          """;

      Answer answer = read(ITEMS + paging, Map.of("url", server.url()), "SELECT id FROM svc.items");

      assertThat(answer.column()).isEqualTo(numbers(1, 45));
      assertThat(answer.requests()).hasSize(4);
    }
  }

  @Test
  void github_is_followed_to_another_path_than_the_first() throws Exception {
    try (ServerProcess server = RestServers.github()) {
      String spec =
          """
          headers: {Accept: application/vnd.github.v3+json}
          paging: {style: link_header}
          page_size: {parameter: per_page, usual: 100, most: 100}
          tables:
            issues:
              path: /repos/{owner}/{repo}/issues
              key: id
              columns: {number: integer, id: bigint, title: string, author: {type: string, path: /user/login}}
          """;
      Map<String, String> source =
          Map.of(
              "url",
              RestServers.scenario(server.url(), "paginate-issues"),
              "page_size",
              "3",
              "auth.type",
              "api_key",
              "auth.name",
              "Authorization",
              "auth.value",
              "token 0000000000000000000000000000000000000001");

      Answer answer =
          read(
              spec,
              source,
              "SELECT number, author FROM svc.issues"
                  + " WHERE owner = 'octokit-fixture-org' AND repo = 'paginate-issues'");

      List<String> expected = new ArrayList<>(numbers(1, 13));
      Collections.reverse(expected);
      assertThat(answer.column()).isEqualTo(expected);
      assertThat(answer.requests()).hasSize(5);
      assertThat(answer.requests().get(4)).contains("/repositories/1000/issues?per_page=3&page=5");
      Quota quota = answer.quotas().get(0);
      assertThat(quota.name()).isEqualTo("core");
      assertThat(quota.limit()).hasValue(5_000);
      assertThat(quota.remaining()).isBetween(1L, 4_999L);
    }
  }

  @Test
  void a_docker_registry_is_read_by_its_relative_links() throws Exception {
    try (ServerProcess server = RestServers.dockerRegistry(folder, 250)) {
      String spec = ShippedSpecs.text("docker-registry");
      Map<String, String> source = Map.of("url", server.url());

      Answer answer = read(spec, source, "SELECT name FROM svc.repositories");
      Answer tags =
          read(spec, source, "SELECT tag FROM svc.tags WHERE repository = 'team/app0007'");

      assertThat(answer.column()).isEqualTo(RestServers.repositories(250));
      assertThat(answer.requests()).hasSize(3);
      assertThat(tags.column()).containsExactly("v1");
    }
  }

  @Test
  void azure_tables_are_read_by_their_two_continuation_headers() throws Exception {
    try (AzureTables tables = AzureTables.start(125)) {
      String signature =
          AzureTables.signature().entrySet().stream()
              .map(each -> each.getKey() + ": \"" + each.getValue() + "\"")
              .collect(Collectors.joining(", ", "parameters: {", "}\n"));

      Answer answer =
          read(
              signature + ShippedSpecs.text("azure-tables"),
              Map.of("url", tables.url(), "page_size", "50"),
              "SELECT \"RowKey\" FROM svc.entities WHERE \"table\" = 'people'");

      assertThat(answer.column())
          .isEqualTo(IntStream.range(0, 125).mapToObj("%04d"::formatted).toList());
      assertThat(answer.requests()).hasSize(3);
    }
  }
}
