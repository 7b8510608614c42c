package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ProbeRequest;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the probe finds by itself in the ways of well-known APIs, and what it does not believe. */
class ProbeStylesTest {
  private static final int ALL = 45;

  @TempDir Path folder;

  private String reads(
      ProbeRequest request, Function<ReceivedRequest, Reply> answers, String paging) {
    return ProbeTrial.readsAll(folder, request, answers, ALL, paging);
  }

  private static int number(ReceivedRequest request, String name, int absent) {
    return request
        .parameter(name)
        .filter(v -> v.matches("\\d+"))
        .map(Integer::parseInt)
        .orElse(absent);
  }

  private static int inBody(ReceivedRequest request, String name, int absent) {
    Matcher found = Pattern.compile("\"" + name + "\":\\s*\"?\\[?(\\d+)").matcher(request.text());
    return found.find() ? Integer.parseInt(found.group(1)) : absent;
  }

  private static String row(int id) {
    return "{\"id\":" + id + ",\"name\":\"row " + id + "\"}";
  }

  private static String rows(int from, int count) {
    return rows(from, count, ProbeStylesTest::row);
  }

  private static String rows(int from, int count, java.util.function.IntFunction<String> row) {
    return IntStream.range(Math.max(0, from), Math.min(ALL, from + count))
        .mapToObj(row)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void stripe_goes_on_after_the_last_id() {
    String spec =
        reads(
            ProbeRequest.get("/v1/charges"),
            request -> {
              int from = number(request, "starting_after", -1) + 1;
              int size = Math.min(20, number(request, "limit", 10));
              return Reply.json(
                  "{\"object\":\"list\",\"has_more\":%s,\"data\":%s}"
                      .formatted(from + size < ALL, rows(from, size)));
            },
            "paging: {style: keyset, value: /id, parameter: starting_after, more: /has_more}");
    assertThat(spec).contains("page_size: {parameter: limit, usual: 20, most: 20}");
  }

  @Test
  void since_id_is_found_without_a_flag() {
    reads(
        ProbeRequest.get("/orders"),
        request -> Reply.json(rows(number(request, "since_id", -1) + 1, 10)),
        "paging: {style: keyset, value: /id, parameter: since_id}");
  }

  @Test
  void salesforce_links_to_the_next_records() {
    reads(
        ProbeRequest.get("/services/data/v61.0/query?q=SELECT+Id+FROM+A"),
        request -> {
          int from = Integer.parseInt(request.path().replaceAll(".*query(/01g-)?", "0"));
          String next =
              from + 20 < ALL
                  ? ",\"nextRecordsUrl\":\"/services/data/v61.0/query/01g-" + (from + 20) + "\""
                  : "";
          return Reply.json(
              "{\"totalSize\":45,\"done\":%s%s,\"records\":%s}"
                  .formatted(next.isEmpty(), next, rows(from, 20)));
        },
        "paging: {style: next_url, at: /nextRecordsUrl}");
  }

  @Test
  void nested_and_odd_next_links_are_followed() {
    for (String shape :
        new String[] {
          "{\"_links\":{\"self\":{\"href\":\"/items\"},\"next\":{\"href\":\"%s\"}},\"items\":%s}",
          "{\"paging\":{\"next\":\"%s\",\"previous\":\"/items?at=0\"},\"items\":%s}",
          "{\"@odata.nextLink\":\"%s\",\"value\":%s}",
          "{\"pagination\":{\"next_url\":\"%s\"},\"results\":%s}"
        }) {
      reads(
          ProbeRequest.get("/items"),
          request -> {
            int at = number(request, "at", 0);
            String text =
                shape.formatted(at + 20 < ALL ? "items?at=" + (at + 20) : "END", rows(at, 20));
            return Reply.json(text.replace("\"END\"", "null"));
          },
          "paging: {style: next_url");
    }
  }

  @Test
  void media_wiki_continues_with_several_parameters() {
    reads(
        ProbeRequest.get("/w/api.php?action=query&format=json"),
        request -> {
          int at = number(request, "apcontinue", 0);
          String more =
              at + 20 < ALL
                  ? "\"continue\":{\"apcontinue\":\"%d\",\"continue\":\"-||\"},".formatted(at + 20)
                  : "";
          return Reply.json("{" + more + "\"query\":{\"allpages\":" + rows(at, 20) + "}}");
        },
        "paging: {style: token_object, at: /continue}");
  }

  @Test
  void cosmos_takes_its_continuation_header_back() {
    reads(
        ProbeRequest.get("/docs"),
        request -> {
          int at = request.header("x-ms-continuation").map(Integer::parseInt).orElse(0);
          Reply reply = Reply.json("{\"Documents\":" + rows(at, 20) + ",\"_count\":20}");
          return at + 20 < ALL
              ? reply.withHeader("x-ms-continuation", Integer.toString(at + 20))
              : reply;
        },
        "paging: {style: token, from: {header: \"x-ms-continuation\"}, header: \"x-ms-continuation\"}");
  }

  @Test
  void gitlab_tells_the_next_page_in_a_header() {
    reads(
        ProbeRequest.get("/api/v4/projects"),
        request -> {
          int page = number(request, "page", 1);
          int size = Math.min(20, number(request, "per_page", 10));
          String next = page * size < ALL ? Integer.toString(page + 1) : "";
          return Reply.json(rows((page - 1) * size, size)).withHeader("X-Next-Page", next);
        },
        "paging: {style: token, from: {header: \"X-Next-Page\"}, parameter: page}");
  }

  @Test
  void scim_counts_from_one() {
    reads(
        ProbeRequest.get("/scim/v2/Users"),
        request -> {
          int start = Math.max(1, number(request, "startIndex", 1));
          int size = Math.min(20, number(request, "count", 20));
          return Reply.json(
              "{\"totalResults\":45,\"startIndex\":%d,\"itemsPerPage\":%d,\"Resources\":%s}"
                  .formatted(start, size, rows(start - 1, size)));
        },
        "paging: {style: offset, parameter: startIndex, start: 1, total: /totalResults}");
  }

  @Test
  void the_total_of_offsets_may_be_in_a_header() {
    String spec =
        reads(
            ProbeRequest.get("/items?offset=0&limit=10"),
            request ->
                Reply.json(rows(number(request, "offset", 0), number(request, "limit", 10)))
                    .withHeader("X-Total-Count", "45"),
            "paging: {style: offset, parameter: offset, start: 0, total: {header: \"X-Total-Count\"}}");
    assertThat(spec).doesNotContain("parameters:");
  }

  @Test
  void pages_may_say_how_many_there_are() {
    reads(
        ProbeRequest.get("/items"),
        request -> {
          int page = number(request, "page", 1);
          int size = Math.min(20, number(request, "per_page", 10));
          return page > 1 && (page - 1) * size >= ALL
              ? Reply.status(400)
              : Reply.json(
                  "{\"meta\":{\"total_pages\":%d},\"data\":%s}"
                      .formatted((ALL + size - 1) / size, rows((page - 1) * size, size)));
        },
        "paging: {style: page, parameter: page, start: 1, pages: /meta/total_pages}");
  }

  @Test
  void where_the_page_past_the_end_is_refused_a_short_page_is_the_end() {
    String spec =
        reads(
            ProbeRequest.get("/items"),
            request -> {
              int page = number(request, "page", 1);
              int size = Math.min(20, number(request, "per_page", 10));
              return (page - 1L) * size >= ALL
                  ? Reply.status(404)
                  : Reply.json(rows((page - 1) * size, size));
            },
            "paging: {style: page, parameter: page, start: 1, end: short_page}");
    assertThat(spec).contains("# Unsure: the end is not announced, and what is past it is refused");
  }

  private static final String GRAPHQL =
      """
      {"query": "query($first: Int, $after: String) { items(first: $first, after: $after) {nodes {id name} pageInfo {hasNextPage endCursor}} }",
       "variables": {"first": 10}}""";

  @Test
  void graphql_goes_on_at_the_end_cursor() {
    String spec =
        reads(
            ProbeTrial.post("/graphql", GRAPHQL),
            request -> {
              String variables = request.text().replaceAll("(?s).*\"variables\":", "");
              int at = variables.matches("(?s).*after.*") ? inBody(request, "after", 0) : 0;
              int size = Math.min(20, inBody(request, "first", 10));
              return Reply.json(
                  "{\"data\":{\"items\":{\"nodes\":%s,\"pageInfo\":{\"hasNextPage\":%s,\"endCursor\":\"%d\"}}}}"
                      .formatted(rows(at, size), at + size < ALL, at + size));
            },
            "paging: {style: token, from: /data/items/pageInfo/endCursor, body: /variables/after,"
                + " more: /data/items/pageInfo/hasNextPage}");
    assertThat(spec).contains("page_size: {body: /variables/first, usual: 20, most: 20}");
  }

  @Test
  void elasticsearch_searches_after_what_it_sorts_by() {
    String spec =
        reads(
            ProbeTrial.post("/things/_search", "{\"size\": 10, \"sort\": [\"id\"]}"),
            request -> {
              int at = inBody(request, "search_after", -1) + 1;
              int size = inBody(request, "size", 10);
              return size > 100
                  ? Reply.status(400)
                  : Reply.json(
                      "{\"hits\":{\"total\":{\"value\":45},\"hits\":%s}}"
                          .formatted(
                              rows(
                                  at,
                                  size,
                                  id ->
                                      "{\"_index\":\"things\",\"_source\":%s,\"sort\":[%d]}"
                                          .formatted(row(id), id))));
            },
            "paging: {style: keyset, value: /sort, body: /search_after}");
    assertThat(spec).contains("rows: /hits/hits", "id: {type: bigint, path: /_source/id}");
  }

  @Test
  void a_token_may_go_into_the_body() {
    reads(
        ProbeTrial.post("/list", "{}"),
        request -> {
          int at = inBody(request, "NextToken", 0);
          String next = at + 20 < ALL ? "\"" + (at + 20) + "\"" : "null";
          return Reply.json("{\"NextToken\":" + next + ",\"Items\":" + rows(at, 20) + "}");
        },
        "paging: {style: token, from: /NextToken, body: /NextToken}");
  }

  @Test
  void a_parameter_that_is_ignored_is_not_taken_for_paging() {
    String spec =
        ProbeTrial.spec(
            ProbeRequest.get("/items?page=1&offset=0"), request -> Reply.json(rows(0, 20)));

    assertThat(spec).contains("paging: {style: none}", "# Unsure: no paging was found");
  }

  @Test
  void a_next_link_that_repeats_the_page_is_told_and_not_used() {
    String spec =
        ProbeTrial.spec(
            ProbeRequest.get("/items"),
            request -> Reply.json("{\"next\":\"/items?page=2\",\"items\":" + rows(0, 20) + "}"));

    assertThat(spec)
        .contains("paging: {style: none}")
        .contains("{style: next_url, at: /next}, but the second page repeats the first");
  }

  @Test
  void a_next_link_to_another_origin_is_told_and_not_followed() {
    String spec =
        ProbeTrial.spec(
            ProbeRequest.get("/items"),
            request ->
                Reply.json(
                    "{\"next\":\"http://elsewhere.invalid/items?page=2\",\"items\":"
                        + rows(0, 20)
                        + "}"));

    assertThat(spec)
        .contains("paging: {style: none}", "at another origin, to which Quire does not go");
  }
}
