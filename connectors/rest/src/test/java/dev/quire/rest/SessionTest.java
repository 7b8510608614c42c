package dev.quire.rest;

import static dev.quire.rest.Api.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.PageChain;
import dev.quire.rest.json.JsonTree;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shipped spec of Elasticsearch against a server that plays it as its documentation has it, and
 * refuses whatever differs: points in time are opened, renewed by every answer and closed.
 */
class SessionTest {
  private static final int ALL = 5;

  private final List<String> open = new ArrayList<>();
  private final List<String> searched = new ArrayList<>();
  private int names;
  private String extra = "\"timed_out\":false,\"_shards\":{\"total\":2,\"failed\":0},";

  private Api api() {
    return new Api("elasticsearch", Map.of("page_size", "2"), this::answer);
  }

  private Reply answer(ReceivedRequest request) {
    return switch (request.method() + " " + request.target()) {
      case "POST /logs/_pit?keep_alive=2m" -> opened();
      case "POST /_search" -> search((Map<?, ?>) JsonTree.parse(request.text()));
      case "DELETE /_pit" -> closed((Map<?, ?>) JsonTree.parse(request.text()));
      default -> refused(400, "illegal_argument_exception", "unknown " + request.target());
    };
  }

  private Reply opened() {
    return Reply.json("{\"id\":\"" + newName() + "\"}");
  }

  private String newName() {
    open.clear();
    open.add("pit/" + ++names + "==");
    return open.get(0);
  }

  private Reply closed(Map<?, ?> body) {
    boolean known = open.remove(String.valueOf(body.get("id")));
    return Reply.json("{\"succeeded\":true,\"num_freed\":1}").withStatus(known ? 200 : 404);
  }

  private static Reply refused(int status, String type, String reason) {
    return Reply.json(
            "{\"error\":{\"type\":\"%s\",\"reason\":\"%s\"},\"status\":%d}"
                .formatted(type, reason, status))
        .withStatus(status);
  }

  private Reply search(Map<?, ?> body) {
    Map<?, ?> pit = (Map<?, ?>) body.get("pit");
    if (!open.contains(String.valueOf(pit.get("id"))) || !"2m".equals(pit.get("keep_alive"))) {
      return refused(404, "search_context_missing_exception", "No search context found");
    }
    assertThat(body.get("sort")).hasToString("[{_shard_doc=asc}]");
    assertThat(body.get("size")).isEqualTo(new BigDecimal(2));
    searched.add(String.valueOf(body.get("query")));
    List<?> after = (List<?>) body.get("search_after");
    int from = after == null ? 0 : ((BigDecimal) after.get(0)).intValueExact();
    String hits =
        IntStream.rangeClosed(from + 1, Math.min(ALL, from + 2))
            .mapToObj(
                id ->
                    "{\"_index\":\"logs-1\",\"_id\":\"d%1$d\",\"_source\":{\"n\":%1$d},\"sort\":[%1$d]}"
                        .formatted(id))
            .collect(Collectors.joining(","));
    return Reply.json(
        "{\"pit_id\":\"%s\",%s\"hits\":{\"hits\":[%s]}}".formatted(newName(), extra, hits));
  }

  @Test
  void all_documents_come_from_one_point_in_time_that_is_closed_at_the_end() {
    try (Api api = api()) {
      assertThat(
              api.read(
                  "documents",
                  List.of("id", "stored_in", "document"),
                  is("index", "logs"),
                  is("query", "n:*")))
          .hasSize(ALL)
          .contains(List.of("d3", "logs-1", "{\"n\":3}"));
      assertThat(searched).hasSize(4).containsOnly("{query_string={query=n:*}}");
      assertThat(api.requests()).hasSize(6).last().asString().startsWith("DELETE /_pit {\"id\":");
      assertThat(open).isEmpty();
    }
  }

  @Test
  void a_read_that_stops_early_closes_it_too() {
    try (Api api = api()) {
      PageChain chain = api.chain("documents", List.of("id"), is("index", "logs"));
      assertThat(chain.next()).hasSize(2);
      chain.close();
      assertThat(open).isEmpty();
      assertThat(api.requests()).hasSize(3);
    }
  }

  @Test
  void so_does_a_statement_that_was_cancelled() {
    try (Api api = api()) {
      PageChain chain = api.chain("documents", List.of("id"), is("index", "logs"));
      chain.next();
      api.statement.cancel();
      chain.close();
      assertThat(open).isEmpty();
    }
  }

  @Test
  void nothing_is_opened_before_the_first_page_is_wanted() {
    try (Api api = api()) {
      api.chain("documents", List.of("id"), is("index", "logs")).close();
      assertThat(api.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "timed_out":true,                                  | /timed_out
          "timed_out":false,"_shards":{"total":2,"failed":1}, | /_shards/failed
          """)
  void a_search_that_lacks_a_part_is_an_error(String part, String place) {
    extra = part;
    try (Api api = api()) {
      assertThatThrownBy(() -> api.read("documents", List.of("id"), is("index", "logs")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining(place);
    }
  }

  @Test
  void a_point_in_time_that_passed_is_an_error_that_says_so() {
    try (Api api = api()) {
      PageChain chain = api.chain("documents", List.of("id"), is("index", "logs"));
      chain.next();
      open.clear();
      assertThatThrownBy(chain::next).hasMessageContaining("search_context_missing_exception");
      chain.close();
    }
  }
}
