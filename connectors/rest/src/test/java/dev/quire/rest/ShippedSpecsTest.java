package dev.quire.rest;

import static dev.quire.rest.Api.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.rest.spec.ShippedSpecs;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each spec that Quire brings, against answers in the form that its API documents. */
class ShippedSpecsTest {
  static final List<String> NAMES = ShippedSpecs.NAMES;

  private static boolean isFirst(ReceivedRequest request, String parameter) {
    return request.parameter(parameter).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void every_table_can_be_read_and_has_a_key(String name) {
    assertThat(ShippedSpecs.find(name).orElseThrow().tables())
        .isNotEmpty()
        .allSatisfy(table -> assertThat(table.key()).isNotEmpty());
  }

  @Test
  void a_name_that_nobody_brings_is_a_file_that_is_not_there() {
    assertThatThrownBy(() -> new Api("githib", Map.of(), request -> Reply.json("[]")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there is no file")
        .hasMessageContaining("githib")
        .hasMessageContaining("github");
  }

  @Test
  void the_list_of_names_is_that_of_the_files() throws Exception {
    Path folder =
        Path.of(ShippedSpecs.class.getResource("/dev/quire/rest/specs/github.yaml").toURI());
    try (Stream<Path> files = Files.list(folder.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(NAMES);
    }
  }

  @Test
  void github_gives_closed_issues_too_and_a_hundred_a_page() {
    String issue = "[{\"id\":%d,\"number\":1,\"user\":{\"login\":\"octocat\"},\"closed_at\":null}]";
    try (Api api =
        new Api(
            "github",
            Map.of(),
            request ->
                isFirst(request, "page")
                    ? Reply.json(issue.formatted(1))
                        .withHeader("Link", "</repositories/7/issues?page=2>; rel=\"next\"")
                    : Reply.json(issue.formatted(2)))) {
      assertThat(api.read("issues", List.of("id", "author"), is("owner", "o"), is("repo", "r")))
          .containsExactly(List.of("1", "octocat"), List.of("2", "octocat"));
      assertThat(api.requests())
          .containsExactly(
              "GET /repos/o/r/issues?state=all&per_page=100", "GET /repositories/7/issues?page=2");
    }
  }

  @Test
  void gitlab_pages_projects_by_keyset_links() {
    try (Api api =
        new Api(
            "gitlab",
            Map.of(),
            request ->
                isFirst(request, "cursor")
                    ? Reply.json("[{\"id\":1,\"archived\":false}]")
                        .withHeader("Link", "</projects?cursor=x>; rel=\"next\"")
                    : Reply.json("[{\"id\":2,\"archived\":true}]"))) {
      assertThat(api.read("projects", List.of("id", "archived")))
          .containsExactly(List.of("1", "false"), List.of("2", "true"));
      assertThat(api.requests().get(0)).contains("pagination=keyset").contains("per_page=100");
    }
  }

  @Test
  void gitlab_gives_the_issues_of_one_project() {
    try (Api api =
        new Api("gitlab", Map.of(), request -> Reply.json("[{\"project_id\":5,\"iid\":1}]"))) {
      assertThat(api.read("issues", List.of("iid"), is("project_id", 5L)))
          .containsExactly(List.of("1"));
      assertThat(api.requests()).containsExactly("GET /projects/5/issues?scope=all&per_page=100");
    }
  }

  @Test
  void slack_goes_on_until_the_cursor_is_empty() {
    try (Api api =
        new Api(
            "slack",
            Map.of(),
            request ->
                isFirst(request, "cursor")
                    ? Reply.json(
                        """
                        {"ok":true,"messages":[{"type":"message","user":"U1","text":"hi","ts":"1512085950.000216"}],
                         "has_more":true,"response_metadata":{"next_cursor":"bmV4dDox"}}""")
                    : Reply.json(
                        """
                        {"ok":true,"messages":[{"type":"message","text":"b","ts":"1512085940.000000"}],
                         "has_more":false,"response_metadata":{"next_cursor":""}}"""))) {
      assertThat(api.read("messages", List.of("channel", "ts"), is("channel", "C1")))
          .containsExactly(List.of("C1", "1512085950.000216"), List.of("C1", "1512085940.000000"));
      assertThat(api.requests())
          .containsExactly(
              "GET /conversations.history?channel=C1&limit=200",
              "GET /conversations.history?channel=C1&limit=200&cursor=bmV4dDox");
    }
  }

  @Test
  void slack_says_in_a_success_that_it_failed() {
    try (Api api =
        new Api(
            "slack",
            Map.of(),
            request -> Reply.json("{\"ok\":false,\"error\":\"missing_scope\"}"))) {
      assertThatThrownBy(() -> api.read("users", List.of("id")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("missing_scope");
    }
  }

  @Test
  void stripe_starts_after_the_last_id_while_there_is_more() {
    String page =
        "{\"object\":\"list\",\"url\":\"/v1/customers\",\"has_more\":%s,\"data\":"
            + "[{\"id\":\"%s\",\"balance\":0,\"created\":1680893993}]}";
    try (Api api =
        new Api(
            "stripe",
            Map.of(),
            request ->
                isFirst(request, "starting_after")
                    ? Reply.json(page.formatted("true", "cus_9"))
                    : Reply.json(page.formatted("false", "cus_8")))) {
      assertThat(api.read("customers", List.of("id", "created")))
          .containsExactly(
              List.of("cus_9", "2023-04-07T18:59:53Z"), List.of("cus_8", "2023-04-07T18:59:53Z"));
      assertThat(api.requests())
          .containsExactly(
              "GET /v1/customers?limit=100", "GET /v1/customers?limit=100&starting_after=cus_9");
    }
  }

  @Test
  void jira_finds_issues_until_there_is_no_token() {
    String issue =
        "\"issues\":[{\"id\":\"10%d\",\"key\":\"A-%d\",\"fields\":{\"summary\":\"s\",\"assignee\":null,"
            + "\"created\":\"2026-01-17T12:34:00.000+0000\"}}]";
    try (Api api =
        new Api(
            "jira",
            Map.of(),
            request ->
                isFirst(request, "nextPageToken")
                    ? Reply.json(
                        "{" + issue.formatted(1, 1) + ",\"isLast\":false,\"nextPageToken\":\"t\"}")
                    : Reply.json("{" + issue.formatted(2, 2) + ",\"isLast\":true}"))) {
      assertThat(
              api.read(
                  "issues", List.of("id", "key", "assignee", "created"), is("jql", "project=A")))
          .containsExactly(
              List.of("101", "A-1", "null", "2026-01-17T12:34:00Z"),
              List.of("102", "A-2", "null", "2026-01-17T12:34:00Z"));
      assertThat(api.requests()).hasSize(2);
      assertThat(api.requests().get(1)).contains("jql=project%3DA").contains("nextPageToken=t");
    }
  }

  @Test
  void jira_counts_projects_to_their_total() {
    String page = "{\"startAt\":%d,\"total\":2,\"values\":[{\"id\":\"1000%d\",\"key\":\"P\"}]}";
    try (Api api =
        new Api(
            "jira",
            Map.of(),
            request -> {
              int start = Integer.parseInt(request.parameter("startAt").orElse("0"));
              return Reply.json(page.formatted(start, start));
            })) {
      assertThat(api.read("projects", List.of("id")))
          .containsExactly(List.of("10000"), List.of("10001"));
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  void salesforce_follows_the_url_of_the_next_records() {
    String page = "{\"totalSize\":2,\"done\":%s,%s\"records\":[{\"Id\":\"%s\",\"Amount\":12.50}]}";
    try (Api api =
        new Api(
            "salesforce",
            Map.of(),
            request ->
                isFirst(request, "q")
                    ? Reply.json(page.formatted("true", "", "006B"))
                    : Reply.json(
                        page.formatted(
                            "false",
                            "\"nextRecordsUrl\":\"/services/data/v60.0/query/01g-2000\",",
                            "006A")))) {
      assertThat(api.read("opportunities", List.of("Id", "Amount")))
          .containsExactly(List.of("006A", "12.50"), List.of("006B", "12.50"));
      assertThat(api.requests().get(1)).isEqualTo("GET /services/data/v60.0/query/01g-2000");
    }
  }

  @Test
  void salesforce_says_why_in_a_list() {
    try (Api api =
        new Api(
            "salesforce",
            Map.of(),
            request ->
                Reply.json("[{\"message\":\"No such column\",\"errorCode\":\"INVALID_FIELD\"}]")
                    .withStatus(400))) {
      assertThatThrownBy(() -> api.read("accounts", List.of("Id")))
          .hasMessageContaining("INVALID_FIELD")
          .hasMessageContaining("No such column")
          .hasMessageNotContaining("[{");
    }
  }

  @Test
  void servicenow_is_followed_by_links_past_rows_that_may_not_be_seen() {
    String row = "{\"result\":[{\"sys_id\":\"%s\",\"state\":\"1\",\"closed_at\":\"\"}]}";
    try (Api api =
        new Api(
            "servicenow",
            Map.of(),
            request ->
                isFirst(request, "sysparm_offset")
                    ? Reply.json(row.formatted("a"))
                        .withHeader(
                            "Link",
                            "</api/now/table/incident?sysparm_limit=1000&sysparm_offset=1000>"
                                + ";rel=\"next\"")
                        .withHeader("X-Total-Count", "1001")
                    : Reply.json(row.formatted("b")).withHeader("X-Total-Count", "1001"))) {
      assertThat(api.read("incident", List.of("sys_id", "state", "closed_at")))
          .containsExactly(List.of("a", "1", "null"), List.of("b", "1", "null"));
      assertThat(api.requests().get(0)).contains("sysparm_query=ORDERBYsys_id");
    }
  }

  @Test
  void a_registry_names_the_tags_of_a_repository_with_slashes() {
    try (Api api =
        new Api(
            "docker-registry",
            Map.of(),
            request -> Reply.json("{\"name\":\"team/app\",\"tags\":[\"v1\",\"v2\"]}"))) {
      assertThat(api.read("tags", List.of("repository", "tag"), is("repository", "team/app")))
          .containsExactly(List.of("team/app", "v1"), List.of("team/app", "v2"));
      assertThat(api.requests()).containsExactly("GET /v2/team%2Fapp/tags/list?n=100");
    }
  }

  @Test
  void rabbitmq_is_asked_for_no_page_past_the_last() {
    String page =
        "{\"page\":%1$s,\"page_count\":2,\"page_size\":500,\"total_count\":2,\"item_count\":1,"
            + "\"items\":[{\"vhost\":\"/\",\"name\":\"q%1$s\",\"messages\":3}]}";
    try (Api api =
        new Api(
            "rabbitmq",
            Map.of(),
            request -> Reply.json(page.formatted(request.parameter("page").orElseThrow())))) {
      assertThat(api.read("queues", List.of("vhost", "name", "messages")))
          .containsExactly(List.of("/", "q1", "3"), List.of("/", "q2", "3"));
      assertThat(api.requests())
          .containsExactly(
              "GET /api/queues?page_size=500&page=1", "GET /api/queues?page_size=500&page=2");
    }
  }

  @Test
  void azure_tables_go_on_while_a_header_names_a_partition() {
    try (Api api =
        new Api(
            "azure-tables",
            Map.of(),
            request ->
                isFirst(request, "NextPartitionKey")
                    ? Reply.json("{\"value\":[]}")
                        .withHeader("x-ms-continuation-NextPartitionKey", "1!4!cDE=")
                        .withHeader("x-ms-continuation-NextRowKey", "1!8!MDAwNA==")
                    : Reply.json(
                        "{\"value\":[{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"x\":1}]}"))) {
      assertThat(api.read("entities", List.of("RowKey", "entity"), is("table", "people")))
          .containsExactly(List.of("r", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"x\":1}"));
      assertThat(api.requests())
          .containsExactly(
              "GET /people()?%24top=1000",
              "GET /people()?%24top=1000&NextPartitionKey=1%214%21cDE%3D"
                  + "&NextRowKey=1%218%21MDAwNA%3D%3D");
    }
  }
}
