package dev.quire.rest;

import static dev.quire.rest.Api.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.PageChain;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose path takes its values from the rows of another table. */
class ChildTableTest {
  @TempDir Path folder;

  private static final String SPEC =
      """
      url: URL
      tables:
        repos:
          path: /repos
          columns: {name: string}
          paging: {style: link_header}
        issues:
          path: /repos/{owner}/{repo}/issues
          parent: {table: repos, owner: /owner/login, repo: /name}
          columns: {id: integer}
          paging: {style: page, parameter: page}
        comments:
          path: /repos/{owner}/{repo}/issues/{issue}/comments
          parent: {table: issues, owner: owner, repo: repo, issue: /id}
          columns: {text: string}
      """;

  private Api api() {
    return new Api(folder, SPEC, ChildTableTest::answer);
  }

  private static Reply answer(ReceivedRequest request) {
    if (request.path().equals("/repos")) {
      return request.parameter("p").isPresent()
          ? Reply.json(
              "[{\"owner\":{\"login\":\"b/c\"},\"name\":\"z\"},"
                  + "{\"owner\":{\"login\":\"a\"},\"name\":\"x\"},{\"name\":\"lost\"}]")
          : Reply.json("[{\"owner\":{\"login\":\"a\"},\"name\":\"x\"}]")
              .withHeader("Link", "</repos?p=2>; rel=next");
    }
    if (request.path().endsWith("/comments")) {
      return Reply.json("[{\"text\":\"" + request.path() + "\"}]");
    }
    int page = Integer.parseInt(request.parameter("page").orElseThrow());
    boolean ofX = request.path().equals("/repos/a/x/issues");
    return Reply.json(
        page == 1 ? "[{\"id\":" + (ofX ? 1 : 3) + "}]" : page == 2 && ofX ? "[{\"id\":2}]" : "[]");
  }

  @Test
  void without_values_every_row_of_the_parent_is_followed_once() {
    try (Api api = api()) {
      assertThat(api.read("issues", List.of("owner", "repo", "id")))
          .containsExactly(
              List.of("a", "x", "1"), List.of("a", "x", "2"), List.of("b/c", "z", "3"));
      assertThat(api.requests())
          .containsExactly(
              "GET /repos",
              "GET /repos/a/x/issues?page=1",
              "GET /repos/a/x/issues?page=2",
              "GET /repos/a/x/issues?page=3",
              "GET /repos?p=2",
              "GET /repos/b%2Fc/z/issues?page=1",
              "GET /repos/b%2Fc/z/issues?page=2");
      assertThat(api.statement.warnings())
          .containsExactly(
              "svc.repos has rows without a value for owner: nothing of issues can be asked for"
                  + " them");
    }
  }

  @Test
  void with_all_values_the_parent_is_not_asked() {
    try (Api api = api()) {
      assertThat(api.read("issues", List.of("id"), is("owner", "a"), is("repo", "x"))).hasSize(2);
      assertThat(api.requests()).hasSize(3).noneMatch(each -> each.startsWith("GET /repos?"));
    }
  }

  @Test
  void with_some_values_the_other_rows_of_the_parent_are_left_out() {
    try (Api api = api()) {
      assertThat(api.read("issues", List.of("repo", "id"), is("owner", "b/c")))
          .containsExactly(List.of("z", "3"));
      assertThat(api.requests()).hasSize(4);
    }
  }

  @Test
  void a_parent_may_have_a_parent() {
    try (Api api = api()) {
      assertThat(api.read("comments", List.of("text"), is("owner", "b/c")))
          .containsExactly(List.of("/repos/b%2Fc/z/issues/3/comments"));
    }
  }

  @Test
  void each_row_of_the_parent_is_a_part_that_can_be_read_beside_the_others_and_resumed() {
    try (Api api = api()) {
      var table = api.table("issues");
      List<Split> splits = api.splits(table, 4, List.of("id"));

      assertThat(splits)
          .extracting(Split::label)
          .containsExactly("owner=a, repo=x", "owner=b/c, repo=z");
      assertThat(api.rows(table, splits.get(1))).containsExactly(List.of("3"));
    }
  }

  @Test
  void no_more_of_the_parent_is_read_than_the_statement_needs() {
    try (Api api = api()) {
      PageChain chain = api.chain("issues", List.of("id"));
      assertThat(chain.next()).hasSize(1);
      chain.close();
      assertThat(api.requests()).containsExactly("GET /repos", "GET /repos/a/x/issues?page=1");
    }
  }

  @Test
  void a_chain_goes_on_after_any_page_with_no_row_twice() {
    for (int pages = 1; pages <= 3; pages++) {
      try (Api api = api()) {
        PageChain chain = api.chain("issues", List.of("repo", "id"));
        List<String> rows = new ArrayList<>();
        for (int page = 0; page < pages; page++) {
          chain.next().forEach(row -> rows.add(row[0] + "" + row[1]));
        }
        Checkpoint reached = chain.checkpoint(1);
        chain.close();
        PageChain rest = api.chain("issues", reached, List.of("repo", "id"));
        for (var page = rest.next(); page != null; page = rest.next()) {
          page.forEach(row -> rows.add(row[0] + "" + row[1]));
        }
        assertThat(rows).containsExactly("x1", "x2", "z3");
      }
    }
  }

  @Test
  void a_page_that_failed_is_asked_for_again_where_it_was() {
    int[] failures = {1};
    try (Api api =
        new Api(
            folder,
            SPEC,
            request ->
                request.path().contains("/z/") && failures[0]-- > 0
                    ? Reply.status(403)
                    : answer(request))) {
      PageChain chain = api.chain("issues", List.of("id"));
      chain.next();
      chain.next();
      assertThatThrownBy(chain::next).hasMessageContaining("403");
      assertThat(chain.next()).hasSize(1);
      while (chain.next() != null) {
        // to the end
      }
      assertThat(chain.rows()).isEqualTo(3);
    }
  }

  @Test
  void the_plan_says_it_and_asks_nothing() {
    try (Api api = api()) {
      var table = api.table("issues");
      var answer = table.pushDown(ScanRequest.of(List.of("id")));

      assertThat(answer.notes()).containsExactly("one chain for each row of repos");
      assertThat(
              table
                  .open(Split.whole(table.schema().name(), answer.accepted()), api.statement)
                  .firstRequest()
                  .url())
          .endsWith("/repos/{owner}/{repo}/issues?page=1");
      assertThat(table.schema().columns())
          .noneMatch(column -> column.has(Column.Trait.REQUIRED_FILTER));
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void what_the_parent_needs_the_child_needs() {
    String spec =
        """
        url: URL
        tables:
          repos: {path: "/orgs/{org}/repos", columns: {name: string}}
          tags:
            path: /orgs/{org}/repos/{repo}/tags
            parent: {table: repos, org: org, repo: /name}
            columns: {tag: string}
        """;
    try (Api api =
        new Api(
            folder,
            spec,
            request ->
                Reply.json(
                    request.path().endsWith("/tags")
                        ? "[{\"tag\":\"v1\"}]"
                        : "[{\"name\":\"r\"}]"))) {
      assertThat(api.table("tags").schema().findColumn("org").orElseThrow())
          .matches(column -> column.has(Column.Trait.REQUIRED_FILTER));
      assertThat(api.read("tags", List.of("org", "repo", "tag"), is("org", "o")))
          .containsExactly(List.of("o", "r", "v1"));
      assertThat(api.requests()).containsExactly("GET /orgs/o/repos", "GET /orgs/o/repos/r/tags");
      assertThatThrownBy(() -> api.read("tags", List.of("tag")))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_STATEMENT));
    }
  }

  @Test
  void a_parent_that_fails_is_an_error_with_its_name() {
    try (Api api = new Api(folder, SPEC, request -> Reply.status(403))) {
      assertThatThrownBy(() -> api.read("issues", List.of("id")))
          .hasMessageContaining("svc.repos: ");
    }
  }
}
