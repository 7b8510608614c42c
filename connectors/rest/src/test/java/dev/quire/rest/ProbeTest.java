package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ProbeRequest;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spec that probing finds is one that reads all rows. */
class ProbeTest {
  private static final int ALL = 25;

  @TempDir Path folder;

  private static String probe(String path, Function<ReceivedRequest, Reply> answers) {
    return ProbeTrial.spec(ProbeRequest.get(path), answers);
  }

  private void readsAll(String path, Function<ReceivedRequest, Reply> answers, String paging) {
    ProbeTrial.readsAll(folder, ProbeRequest.get(path), answers, ALL, paging);
  }

  private static int number(ReceivedRequest request, String name, int absent) {
    return request.parameter(name).map(Integer::parseInt).orElse(absent);
  }

  private static String rows(int from, int count) {
    return IntStream.range(from, Math.min(ALL, from + count))
        .mapToObj(id -> "{\"id\":" + id + ",\"at\":\"2026-01-01T00:00:00Z\",\"n\":{\"a\":1}}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void finds_links() {
    readsAll(
        "/v1/things?kind=a",
        request -> {
          int page = number(request, "page", 0);
          Reply reply = Reply.json(rows(page * 10, 10));
          return page == 2
              ? reply
              : reply.withHeader("Link", "<?page=" + (page + 1) + ">; rel=\"next\"");
        },
        "paging: {style: link_header}");
  }

  @Test
  void finds_next_urls() {
    readsAll(
        "/things",
        request -> {
          int at = number(request, "at", 0);
          String next = at >= 20 ? "null" : "\"/things?at=" + (at + 10) + "\"";
          return Reply.json("{\"links\":{\"next\":" + next + "},\"data\":" + rows(at, 10) + "}");
        },
        "paging: {style: next_url, at: /links/next}");
  }

  @Test
  void finds_where_a_token_goes() {
    readsAll(
        "/things",
        request -> {
          int at = number(request, "page_token", 0);
          String next = at >= 20 ? "" : Integer.toString(at + 10);
          return Reply.json("{\"next_cursor\":\"" + next + "\",\"items\":" + rows(at, 10) + "}");
        },
        "paging: {style: token, from: /next_cursor, parameter: page_token}");
  }

  @Test
  void finds_offset_limit_and_total() {
    readsAll(
        "/things",
        request ->
            Reply.json(
                "{\"total\":25,\"items\":"
                    + rows(number(request, "offset", 0), number(request, "limit", 10))
                    + "}"),
        "paging: {style: offset, parameter: offset, start: 0, total: /total}");
  }

  @Test
  void finds_pages_that_count_from_one() {
    readsAll(
        "/things",
        request -> Reply.json(rows((number(request, "page", 1) - 1) * 10, 10)),
        "paging: {style: page, parameter: page, start: 1}");
  }

  @Test
  void finds_pages_that_count_from_zero() {
    readsAll(
        "/things",
        request -> Reply.json(rows(number(request, "page", 0) * 10, 10)),
        "paging: {style: page, parameter: page, start: 0}");
  }

  @Test
  void says_that_no_paging_was_found_and_what_the_columns_are() {
    String spec = probe("/things", request -> Reply.json(rows(0, ALL)));

    assertThat(spec)
        .contains("# Unsure: no paging was found", "# Unsure: no parameter for the page size")
        .contains("id: bigint", "at: timestamptz", "\"n.a\": {type: bigint, path: /n/a}");
  }

  @Test
  void a_page_for_people_and_an_empty_list_are_refused() {
    assertThatThrownBy(() -> probe("/things", request -> Reply.html("<html>log in</html>")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("not JSON but text/html");
    assertThatThrownBy(() -> probe("/things", request -> Reply.json("[]")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no list with rows");
  }
}
