package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.rest.spec.SpecReader;
import dev.quire.spi.ProbeRequest;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows, columns, keys and page sizes that the probe finds. */
class ProbeGuessTest {

  private static String probe(String body) {
    String spec = ProbeTrial.spec(ProbeRequest.get("/things"), request -> Reply.json(body));
    SpecReader.parse("probe.yaml", spec);
    return spec;
  }

  @Test
  void types_are_the_narrowest_that_hold_every_value_seen() {
    String spec =
        probe(
            """
            [{"id":1,"big":123456789012345678901,"price":1.50,"rate":1.5e10,"day":"2026-01-02",
              "at":"2026-01-02T03:04:05.1+02:00","local":"2026-01-02T03:04:05","mixed":1,
              "uuid":"123e4567-e89b-12d3-a456-426614174000","text":"2026-01-02","none":null,"list":[1]},
             {"id":2,"big":1,"price":2,"rate":3,"day":"","at":null,"local":null,"mixed":"x",
              "uuid":null,"text":"soon","list":[]}]""");

    assertThat(spec)
        .contains("id: bigint", "big: decimal", "price: decimal", "rate: double", "day: date")
        .contains("at: timestamptz", "local: timestamp", "mixed: string", "uuid: uuid")
        .contains("text: string", "none: json # null in every row seen", "list: json")
        .contains("key: id");
  }

  @Test
  void objects_become_columns_and_those_with_names_of_their_own_do_not() {
    String many =
        IntStream.range(0, 40).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
    String spec =
        probe(
            "[{\"name\":\"a\",\"owner\":{\"login\":\"x\",\"deep\":{\"er\":1}},\"counts\":{%s},\"by\":{\"a b\":1}}]"
                .formatted(many));

    assertThat(spec)
        .contains("\"owner.login\": {type: string, path: /owner/login}")
        .contains("\"owner.deep\": {type: json, path: /owner/deep}")
        .contains("counts: json", "by: json", "key: name");
  }

  @Test
  void a_column_that_repeats_is_no_key() {
    assertThat(probe("[{\"id\":1,\"user_id\":7},{\"id\":1,\"user_id\":8}]"))
        .contains("key: user_id");
    assertThat(probe("[{\"size\":1},{\"size\":2}]")).contains("# Unsure: no key was found");
  }

  @Test
  void rows_are_what_is_named_like_them_and_others_are_told() {
    String answer =
        "{\"facets\":[{\"a\":1},{\"a\":2},{\"a\":3}],\"items\":[{\"id\":1},{\"id\":2}]}";

    assertThat(probe(answer))
        .contains("rows: /items", "# Unsure: there are other lists, at '/facets'");
    ProbeRequest told =
        new ProbeRequest("/things", false, Optional.empty(), Map.of(), Optional.of("/facets"));
    assertThat(ProbeTrial.spec(told, request -> Reply.json(answer)))
        .contains("rows: /facets")
        .doesNotContain("other lists");
    ProbeRequest wrong =
        new ProbeRequest("/things", false, Optional.empty(), Map.of(), Optional.of("/nope"));
    assertThatThrownBy(() -> ProbeTrial.spec(wrong, request -> Reply.json(answer)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no list with rows at '/nope'");
  }

  @Test
  void the_members_of_an_object_may_be_the_rows() {
    assertThat(probe("{\"eur\":{\"rate\":1.5},\"usd\":{\"rate\":1.25}}"))
        .contains("rows: {at: \"\", as: map}", "key: {type: string, path: \"/@key\"}")
        .contains("rate: decimal", "Quire read the whole list with it: 2 rows on 1 page");
  }

  /** The spec of a list of 5,000 with offsets whose page size the service changes. */
  private static String sized(IntUnaryOperator given, List<ReceivedRequest> requests) {
    return ProbeTrial.spec(
        ProbeRequest.get("/things"),
        Map.of(),
        request -> {
          int from = request.parameter("offset").map(Integer::parseInt).orElse(0);
          int size = given.applyAsInt(request.parameter("limit").map(Integer::parseInt).orElse(20));
          return size < 0
              ? Reply.status(400)
              : Reply.json(
                  IntStream.range(from, Math.min(5_000, from + size))
                      .mapToObj(id -> "{\"id\":" + id + "}")
                      .collect(Collectors.joining(",", "[", "]")));
        },
        requests);
  }

  @Test
  void the_most_rows_of_a_page_are_found_with_few_requests() {
    List<ReceivedRequest> requests = new ArrayList<>();

    assertThat(sized(size -> Math.min(100, size), requests))
        .contains("page_size: {parameter: limit, usual: 100, most: 100}");
    assertThat(requests).hasSizeLessThan(20);
    assertThat(sized(size -> size > 200 ? -1 : size, requests))
        .contains("page_size: {parameter: limit, usual: 200, most: 200}")
        .contains("a page of 200 is given, one of 500 is not");
    assertThat(sized(size -> size > 100 ? 20 : size, requests))
        .contains("page_size: {parameter: limit, usual: 100, most: 100}");
    assertThat(sized(size -> size > 1_000 ? -1 : size, requests))
        .contains("page_size: {parameter: limit, usual: 1000, most: 1000}");
    assertThat(sized(size -> size, requests))
        .contains("page_size: {parameter: limit, usual: 1000}")
        .contains("more than 1000 rows may come at once");
  }

  @Test
  void rows_that_change_while_they_are_read_are_known_by_their_key() {
    int[] clock = {0};
    String spec =
        ProbeTrial.spec(
            ProbeRequest.get("/queues"),
            request -> {
              int page = request.parameter("page").map(Integer::parseInt).orElse(1);
              int size = request.parameter("page_size").map(Integer::parseInt).orElse(10);
              return Reply.json(
                  IntStream.range((page - 1) * size, Math.min(25, page * size))
                      .mapToObj(id -> "{\"id\":" + id + ",\"busy\":" + clock[0]++ + "}")
                      .collect(Collectors.joining(",", "[", "]")));
            });

    assertThat(spec).contains("paging: {style: page, parameter: page, start: 1}");
  }
}
