package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each style, and the cases of group F: which requests are made, and where the end is. */
class PagingTest {
  @TempDir Path folder;

  private static final String TABLE =
      """
      url: URL
      tables:
        items:
          path: /items
      """;

  private Api api(String paging, Function<ReceivedRequest, Reply> answers) {
    String columns = paging.contains("columns:") ? "" : "columns: {id: integer}\n";
    return new Api(folder, TABLE + (columns + paging).indent(4), answers);
  }

  private static List<String> ids(Api api) {
    return api.read("items", List.of("id")).stream().map(row -> row.get(0)).toList();
  }

  private static String rows(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(id -> "{\"id\":" + id + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  private static int parameter(ReceivedRequest request, String name, int absent) {
    return request.parameter(name).map(Integer::parseInt).orElse(absent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{style: offset, parameter: skip}; true",
        "{style: page, parameter: page}; true",
        "{style: keyset, value: /id, parameter: after}; true",
        "{style: link_header}; false",
        "{style: next_url, at: /next}; false",
        "{style: token, from: /next, parameter: token}; false"
      })
  void numbers_and_keys_last_and_links_and_tokens_may_not(String paging, boolean lasts) {
    try (Api api = api("paging: " + paging, request -> Reply.json("[]"))) {
      assertThat(api.table("items").continuationsLast()).isEqualTo(lasts);
    }
  }

  @Test
  void f1_the_next_link_is_followed_and_no_other() {
    try (Api api =
        api(
            "paging: {style: link_header}",
            request ->
                request.parameter("page").isPresent()
                    ? Reply.json(rows(3, 4))
                    : Reply.json(rows(1, 2))
                        .withHeader(
                            "Link",
                            "</items?page=2>; rel=\"next\", </items?page=9>; rel=\"last\""))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 4));
      assertThat(api.requests()).containsExactly("GET /items", "GET /items?page=2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</items?p=2>; rel=next",
        "</items?p=2>; rel=\"NEXT prefetch\"",
        "</items?p=2>; title=\"a, b; c\"; rel=\"prev next\"",
        "</first>; rel=first, </items?p=2> ; rel = \"next\"",
        "<?p=2>;rel=next;rel=prev",
      })
  void f2_a_next_link_is_known_in_every_form(String link) {
    try (Api api =
        api(
            "paging: {style: link_header}",
            request ->
                request.parameter("p").isPresent()
                    ? Reply.json(rows(2, 2))
                    : Reply.json(rows(1, 1)).withHeader("link", link))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
    }
  }

  @Test
  void f2_the_next_link_may_stand_in_a_second_header() {
    try (Api api =
        api(
            "paging: {style: link_header}",
            request ->
                request.parameter("p").isPresent()
                    ? Reply.json(rows(2, 2))
                    : Reply.json(rows(1, 1))
                        .withHeader("Link", "</help>; rel=help")
                        .withHeader("Link", "</items?p=2>; rel=next"))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
    }
  }

  @Test
  void f3_commas_and_semicolons_inside_a_link_are_part_of_it() {
    try (Api api =
        api(
            "paging: {style: link_header}",
            request ->
                request.query().isEmpty()
                    ? Reply.json(rows(1, 1)).withHeader("Link", "</items?a=1,2;b=3>; rel=\"next\"")
                    : Reply.json(rows(2, 2)))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
      assertThat(api.requests()).last().isEqualTo("GET /items?a=1,2;b=3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"</items?p=2>; rel=\"nextish\"", "</items?p=2>", "", "nonsense"})
  void f5_without_a_next_link_the_page_is_the_last(String link) {
    try (Api api =
        api(
            "paging: {style: link_header}",
            request -> Reply.json(rows(1, 1)).withHeader("Link", link))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"response_metadata\":{\"next_cursor\":\"\"},", ""})
  void f7_an_empty_cursor_and_none_are_the_end(String end) {
    try (Api api =
        api(
            "rows: /members\npaging: {style: token, from: /response_metadata/next_cursor, parameter: cursor}",
            request ->
                Reply.json(
                    request.parameter("cursor").isPresent()
                        ? "{" + end + "\"members\":" + rows(2, 2) + "}"
                        : "{\"members\":"
                            + rows(1, 1)
                            + ",\"response_metadata\":{\"next_cursor\":\"dXNlcg==\"}}"))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
      assertThat(api.requests()).last().isEqualTo("GET /items?cursor=dXNlcg%3D%3D");
    }
  }

  @Test
  void f8_a_page_with_fewer_rows_than_asked_for_is_not_the_end() {
    try (Api api =
        api(
            "rows: /members\npage_size: {parameter: limit, usual: 200}\n"
                + "paging: {style: token, from: /next, parameter: cursor}",
            request ->
                Reply.json(
                    request.parameter("cursor").isPresent()
                        ? "{\"members\":" + rows(38, 40) + "}"
                        : "{\"next\":\"c\",\"members\":" + rows(1, 37) + "}"))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 40));
      assertThat(api.requests())
          .containsExactly("GET /items?limit=200", "GET /items?limit=200&cursor=c");
    }
  }

  @Test
  void f10_the_last_id_is_where_the_next_page_begins() {
    try (Api api =
        api(
            "rows: /data\npaging: {style: keyset, value: /id, parameter: starting_after, more: /has_more}",
            request ->
                Reply.json(
                    request.parameter("starting_after").isPresent()
                        ? "{\"data\":" + rows(10, 12) + ",\"has_more\":false}"
                        : "{\"has_more\":true,\"data\":" + rows(7, 9) + "}"))) {
      assertThat(ids(api)).isEqualTo(numbers(7, 12));
      assertThat(api.requests()).containsExactly("GET /items", "GET /items?starting_after=9");
    }
  }

  @Test
  void f12_a_page_without_rows_and_with_a_token_goes_on() {
    try (Api api =
        api(
            "rows: {at: /items, absent: empty}\n"
                + "paging: {style: token, from: /nextPageToken, parameter: pageToken}",
            request ->
                switch (parameter(request, "pageToken", 1)) {
                  case 1 -> Reply.json("{\"nextPageToken\":\"2\",\"items\":[]}");
                  case 2 -> Reply.json("{\"nextPageToken\":\"3\"}");
                  default -> Reply.json("{\"items\":" + rows(1, 1) + "}");
                })) {
      assertThat(ids(api)).isEqualTo(numbers(1, 1));
      assertThat(api.requests()).hasSize(3);
    }
  }

  @Test
  void f15_without_a_total_an_empty_page_is_the_end() {
    try (Api api =
        api(
            "page_size: {parameter: limit, usual: 3}\npaging: {style: offset, parameter: offset}",
            request -> {
              int offset = parameter(request, "offset", -1);
              return Reply.json(offset >= 6 ? "[]" : rows(offset + 1, offset + 3));
            })) {
      assertThat(ids(api)).isEqualTo(numbers(1, 6));
      assertThat(api.requests())
          .containsExactly(
              "GET /items?limit=3&offset=0",
              "GET /items?limit=3&offset=3",
              "GET /items?limit=3&offset=6");
    }
  }

  @Test
  void a_total_saves_the_empty_page_and_a_lowered_cap_loses_no_row() {
    try (Api api =
        api(
            "rows: /items\npage_size: {parameter: limit, usual: 100}\n"
                + "paging: {style: offset, parameter: startAt, total: /total}",
            request -> {
              int from = parameter(request, "startAt", -1) + 1;
              return Reply.json(
                  "{\"items\":" + rows(from, Math.min(5, from + 1)) + ",\"total\":5}");
            })) {
      assertThat(ids(api)).isEqualTo(numbers(1, 5));
      assertThat(api.requests()).hasSize(3);
    }
  }

  @Test
  void a_total_that_the_rows_do_not_reach_is_an_error() {
    try (Api api =
        api(
            "rows: /items\npaging: {style: offset, parameter: o, total: {header: X-Total-Count}}",
            request ->
                Reply.json(
                        parameter(request, "o", 0) == 0
                            ? "{\"items\":" + rows(1, 2) + "}"
                            : "{\"items\":[]}")
                    .withHeader("X-Total-Count", "15"))) {
      assertThatThrownBy(() -> ids(api))
          .hasMessageContaining("no rows at 2")
          .hasMessageContaining("15");
    }
  }

  @Test
  void a_service_that_ignores_the_offset_is_noticed() {
    try (Api api =
        api("paging: {style: offset, parameter: offset}", request -> Reply.json(rows(1, 3)))) {
      assertThatThrownBy(() -> ids(api))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOOP))
          .hasMessageContaining("the parameter 'offset'");
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  void pages_are_numbered_from_where_the_api_begins() {
    try (Api api =
        api(
            "rows: /items\npaging: {style: page, parameter: page, start: 0, pages: /page_count}",
            request -> {
              int page = parameter(request, "page", -1);
              return Reply.json(
                  "{\"page_count\":3,\"items\":" + rows(page * 2 + 1, page * 2 + 2) + "}");
            })) {
      assertThat(ids(api)).isEqualTo(numbers(1, 6));
      assertThat(api.requests()).hasSize(3).first().isEqualTo("GET /items?page=0");
    }
  }

  @Test
  void scim_counts_rows_from_one() {
    try (Api api =
        api(
            "rows: /Resources\npage_size: {parameter: count, usual: 2}\n"
                + "paging: {style: offset, parameter: startIndex, start: 1, total: /totalResults}",
            request -> {
              int from = parameter(request, "startIndex", -1);
              return Reply.json(
                  "{\"totalResults\":3,\"Resources\":" + rows(from, Math.min(3, from + 1)) + "}");
            })) {
      assertThat(ids(api)).isEqualTo(numbers(1, 3));
      assertThat(api.requests())
          .containsExactly("GET /items?count=2&startIndex=1", "GET /items?count=2&startIndex=3");
    }
  }

  @Test
  void f22_a_relative_url_stays_on_the_host_and_headers_go_along() {
    try (Api api =
        api(
            "rows: /records\nheaders: {Sforce-Query-Options: batchSize=200}\n"
                + "paging: {style: next_url, at: /nextRecordsUrl}",
            request -> {
              assertThat(request.header("Sforce-Query-Options")).hasValue("batchSize=200");
              return Reply.json(
                  request.path().endsWith("-2000")
                      ? "{\"done\":true,\"records\":" + rows(2, 2) + "}"
                      : "{\"done\":false,\"nextRecordsUrl\":\"/services/data/v60.0/query/01g-2000\","
                          + "\"records\":"
                          + rows(1, 1)
                          + "}");
            })) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
      assertThat(api.requests())
          .containsExactly("GET /items", "GET /services/data/v60.0/query/01g-2000");
    }
  }

  @Test
  void f25_an_absent_token_is_the_end() {
    try (Api api =
        api(
            "rows: /issues\npaging: {style: token, from: /nextPageToken, parameter: nextPageToken}",
            request ->
                Reply.json(
                    request.parameter("nextPageToken").isPresent()
                        ? "{\"issues\":" + rows(2, 2) + "}"
                        : "{\"issues\":" + rows(1, 1) + ",\"nextPageToken\":\"t\"}"))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
    }
  }

  @Test
  void f31_rows_that_a_page_repeats_at_its_beginning_come_once() {
    try (Api api =
        api(
            "columns: {id: integer, at: integer}\nkey: id\npage_size: {parameter: n, usual: 3}\n"
                + "paging: {style: keyset, value: /at, parameter: since, inclusive: true}",
            request ->
                Reply.json(
                    switch (parameter(request, "since", 0)) {
                      case 0 -> "[{\"id\":1,\"at\":1},{\"id\":2,\"at\":2},{\"id\":3,\"at\":2}]";
                      case 2 -> "[{\"id\":2,\"at\":2},{\"id\":3,\"at\":2},{\"id\":4,\"at\":3}]";
                      default -> "[{\"id\":4,\"at\":3}]";
                    }))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 4));
    }
  }

  @Test
  void f31_a_page_full_of_one_value_is_an_error() {
    try (Api api =
        api(
            "columns: {id: integer, at: integer}\npage_size: {parameter: n, usual: 2}\n"
                + "paging: {style: keyset, value: /at, parameter: since, inclusive: true}",
            request -> Reply.json("[{\"id\":1,\"at\":2},{\"id\":2,\"at\":2}]"))) {
      assertThatThrownBy(() -> ids(api)).hasMessageContaining("same value at /at");
    }
  }

  @Test
  void search_after_goes_into_the_body_as_the_list_that_it_is() {
    try (Api api =
        api(
            "method: POST\nbody: {size: 2, sort: [{at: asc}]}\nrows: /hits/hits\n"
                + "columns: {id: {type: integer, path: /_source/id}}\n"
                + "paging: {style: keyset, value: /sort, body: /search_after}",
            request ->
                Reply.json(
                    request.text().contains("search_after")
                        ? "{\"hits\":{\"hits\":[]}}"
                        : "{\"hits\":{\"hits\":[{\"_source\":{\"id\":1},\"sort\":[17,\"a\"]}]}}"))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 1));
      assertThat(api.requests())
          .containsExactly(
              "POST /items {\"size\":2,\"sort\":[{\"at\":\"asc\"}]}",
              "POST /items {\"size\":2,\"sort\":[{\"at\":\"asc\"}],\"search_after\":[17,\"a\"]}");
    }
  }

  @Test
  void graphql_pages_through_its_variables() {
    try (Api api =
        api(
            "method: POST\nbody: {query: 'query($after: String) { … }', variables: {first: 2}}\n"
                + "rows: /data/repo/issues/nodes\n"
                + "paging: {style: token, from: /data/repo/issues/pageInfo/endCursor,"
                + " body: /variables/after, more: /data/repo/issues/pageInfo/hasNextPage}",
            request -> {
              boolean last = request.text().contains("\"after\":\"Y3Vyc29yOjI=\"");
              return Reply.json(
                  "{\"data\":{\"repo\":{\"issues\":{\"pageInfo\":{\"hasNextPage\":"
                      + !last
                      + ",\"endCursor\":\"Y3Vyc29yOjI=\"},\"nodes\":"
                      + (last ? rows(3, 3) : rows(1, 2))
                      + "}}}}");
            })) {
      assertThat(ids(api)).isEqualTo(numbers(1, 3));
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  void a_flag_that_says_more_without_a_token_is_an_error() {
    try (Api api =
        api(
            "rows: /items\npaging: {style: token, from: /next, parameter: p, more: /more}",
            request -> Reply.json("{\"items\":" + rows(1, 1) + ",\"more\":true}"))) {
      assertThatThrownBy(() -> ids(api)).hasMessageContaining("there is more, but not where");
    }
  }

  @Test
  void all_members_of_a_continue_object_go_into_the_next_request() {
    try (Api api =
        api(
            "rows: /query/pages\nparameters: {action: query, list: all}\n"
                + "paging: {style: token_object, at: /continue}",
            request ->
                Reply.json(
                    request.parameter("continue").isPresent()
                        ? "{\"batchcomplete\":true,\"query\":{\"pages\":" + rows(2, 2) + "}}"
                        : "{\"continue\":{\"apcontinue\":\"B&c\",\"continue\":\"-||\"},"
                            + "\"query\":{\"pages\":"
                            + rows(1, 1)
                            + "}}"))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
      assertThat(api.requests())
          .last()
          .isEqualTo("GET /items?action=query&list=all&apcontinue=B%26c&continue=-%7C%7C");
    }
  }

  @Test
  void several_headers_carry_the_place_together() {
    try (Api api =
        api(
            """
            rows: /value
            paging:
              style: token
              parts:
                - {from: {header: x-ms-continuation-NextPartitionKey}, parameter: NextPartitionKey}
                - {from: {header: x-ms-continuation-NextRowKey}, parameter: NextRowKey}
            """,
            request ->
                request.query().isEmpty()
                    ? Reply.json("{\"value\":" + rows(1, 1) + "}")
                        .withHeader("x-ms-continuation-NextPartitionKey", "1!4!cA--")
                    : Reply.json("{\"value\":" + rows(2, 2) + "}"))) {
      assertThat(ids(api)).isEqualTo(numbers(1, 2));
      assertThat(api.requests()).last().isEqualTo("GET /items?NextPartitionKey=1%214%21cA--");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"maintenance\"", "5", "true"})
  void a_plain_value_is_no_page(String body) {
    try (Api api = api("paging: {style: none}", request -> Reply.json(body))) {
      assertThatThrownBy(() -> ids(api))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE))
          .hasMessageContaining("its top is not a list");
    }
  }

  @Test
  void a_limit_asks_for_no_more_rows_than_it_needs() {
    try (Api api =
        api(
            "page_size: {parameter: per_page, usual: 100, most: 100}\npaging: {style: link_header}",
            request -> Reply.json(rows(1, 5)))) {
      api.read("items", List.of("id"), OptionalLong.of(5));

      assertThat(api.requests()).containsExactly("GET /items?per_page=5");
    }
  }
}
