package dev.quire.aws;

import static dev.quire.aws.Models.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.aws.model.OperationModel.RowOrder;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Protocol;
import dev.quire.chain.PageChain;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Continuation;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Group A of the conformance matrix: tokens in the body, against the fake API. */
class TokenPagingTest {
  private final Chains chains = new Chains();
  private final Call call = Chains.call(Models.service(Protocol.JSON));

  @AfterEach
  void close() {
    chains.close();
  }

  private static Reply page(String rest, String... names) {
    StringBuilder json = new StringBuilder("{\"Things\":[");
    for (String name : names) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      json.append("{\"Name\":\"").append(name).append("\"}");
    }
    return Reply.json(json.append(']').append(rest).append('}').toString());
  }

  private static Reply next(String token, String... names) {
    return page(",\"NextToken\":\"" + token + "\"", names);
  }

  private List<String> bodies() {
    return chains.api.requests().stream().map(ReceivedRequest::text).toList();
  }

  private SourceException fault(Call failing) {
    return catchThrowableOfType(SourceException.class, () -> chains.rows(failing));
  }

  @Test
  void a1_reads_four_pages_and_changes_nothing_but_the_token() {
    chains.api.script(
        next("1", "a", "b", "c"),
        next("2", "d", "e", "f"),
        next("3", "g", "h", "i"),
        page("", "j"));
    Call wide = Chains.with(call, Map.of("Names", List.of("x")), OptionalInt.of(3));
    assertThat(chains.names(wide))
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    assertThat(bodies())
        .containsExactly(
            "{\"Kind\":\"a b\",\"Names\":[\"x\"],\"MaxResults\":3}",
            "{\"Kind\":\"a b\",\"Names\":[\"x\"],\"MaxResults\":3,\"NextToken\":\"1\"}",
            "{\"Kind\":\"a b\",\"Names\":[\"x\"],\"MaxResults\":3,\"NextToken\":\"2\"}",
            "{\"Kind\":\"a b\",\"Names\":[\"x\"],\"MaxResults\":3,\"NextToken\":\"3\"}");
    ReceivedRequest last = chains.api.lastRequest();
    assertThat(last.method() + " " + last.target()).isEqualTo("POST /");
    assertThat(last.header("X-Amz-Target")).contains("AWSThings.ListThings");
    assertThat(last.header("Content-Type")).contains("application/x-amz-json-1.1");
  }

  private void assertEndsAfter(Reply reply) {
    chains.api.script(reply);
    assertThat(chains.names(call)).containsExactly("a");
    assertThat(chains.api.requests()).hasSize(1);
  }

  @Test
  void a2_an_empty_token_is_the_end() {
    assertEndsAfter(page(",\"NextToken\":\"\"", "a"));
  }

  @Test
  void a3_a_null_token_is_the_end() {
    assertEndsAfter(page(",\"NextToken\":null", "a"));
  }

  @Test
  void a4_an_absent_token_is_the_end() {
    assertEndsAfter(page("", "a"));
  }

  @Test
  void a5_the_same_token_on_two_pages_running_is_an_error_that_names_it() {
    chains.api.script(next("again", "a"), next("again", "b"), next("again", "c"));
    SourceException fault = fault(call);
    assertThat(fault.kind()).isEqualTo(ErrorKind.LOOP);
    assertThat(fault).hasMessageContaining("again").hasMessageContaining("after 2 rows");
    assertThat(chains.api.requests()).hasSize(2);
  }

  @Test
  void a6_a_cycle_of_tokens_is_an_error_when_the_first_comes_again() {
    chains.api.script(next("A", "a"), next("B", "b"), next("A", "c"), next("B", "d"));
    assertThat(fault(call).kind()).isEqualTo(ErrorKind.LOOP);
    assertThat(chains.api.requests()).hasSize(3);
  }

  @Test
  void a7_a_repeated_token_is_the_end_where_the_service_means_it() {
    chains.api.script(next("A", "a"), next("B", "b"), next("B"));
    Call tail = Chains.call(Models.service(Protocol.JSON, Models.TOKEN.withRepeatedTokenEnds()));
    assertThat(chains.names(tail)).containsExactly("a", "b");
    assertThat(chains.api.requests()).hasSize(3);
  }

  @Test
  void a8_reads_past_an_empty_page_and_past_one_without_the_list() {
    chains.api.script(next("1"), Reply.json("{\"NextToken\":\"2\"}"), page("", "a"));
    assertThat(chains.names(call)).containsExactly("a");
    assertThat(chains.api.requests()).hasSize(3);
  }

  @Test
  void a10_a_token_is_not_followed_when_the_answer_says_that_it_is_the_last() {
    chains.api.script(page(",\"IsTruncated\":false,\"NextToken\":\"t\"", "a"));
    Call more =
        Chains.call(
            Models.service(Protocol.JSON, Models.TOKEN.withMoreResults(Path.parse("IsTruncated"))));
    assertThat(chains.names(more)).containsExactly("a");
    assertThat(chains.api.requests()).hasSize(1);
  }

  @Test
  void a11_more_results_without_a_token_are_an_error() {
    chains.api.script(page(",\"IsTruncated\":true", "a"));
    Call more =
        Chains.call(
            Models.service(Protocol.JSON, Models.TOKEN.withMoreResults(Path.parse("IsTruncated"))));
    SourceException fault = fault(more);
    assertThat(fault.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(fault).hasMessageContaining("IsTruncated");
  }

  @Test
  void a23_no_request_ever_carries_an_empty_token() {
    Paginator two =
        Models.paginator(
            List.of(token("NextToken", "NextToken"), token("Marker", "Marker")), Optional.empty());
    chains.api.script(
        page(",\"NextToken\":\"n\",\"Marker\":\"\"", "a"),
        page(",\"NextToken\":\"\",\"Marker\":\"m\"", "b"),
        page(",\"NextToken\":\"\",\"Marker\":null", "c"));
    assertThat(chains.names(Chains.call(Models.service(Protocol.JSON, two))))
        .containsExactly("a", "b", "c");
    assertThat(bodies())
        .containsExactly(
            "{\"Kind\":\"a b\"}",
            "{\"Kind\":\"a b\",\"NextToken\":\"n\"}",
            "{\"Kind\":\"a b\",\"Marker\":\"m\"}");
  }

  @Test
  void a_token_that_is_a_map_goes_back_as_it_came() {
    Paginator map = Models.paginator(List.of(token("Start", "Last")), Optional.empty());
    chains.api.script(
        page(",\"Last\":{\"k\":{\"Id\":7,\"Note\":\"é\\\"\"}}", "a"), page(",\"Last\":{}", "b"));
    assertThat(chains.names(Chains.call(Models.service(Protocol.JSON, map))))
        .containsExactly("a", "b");
    assertThat(bodies().get(1))
        .isEqualTo("{\"Kind\":\"a b\",\"Start\":{\"k\":{\"Id\":7,\"Note\":\"é\\\"\"}}}");
  }

  @Test
  void a_token_that_is_a_number_goes_back_as_a_number_and_zero_is_the_end() {
    Paginator number =
        Models.paginator(List.of(token("PartNumber", "NextPartNumber")), Optional.empty());
    chains.api.script(page(",\"NextPartNumber\":1000", "a"), page(",\"NextPartNumber\":0", "b"));
    assertThat(chains.names(Chains.call(Models.service(Protocol.JSON, number))))
        .containsExactly("a", "b");
    assertThat(bodies().get(1)).isEqualTo("{\"Kind\":\"a b\",\"PartNumber\":1000}");
  }

  @Test
  void the_last_row_gives_the_token_where_the_service_pages_by_keys() {
    Paginator keyset =
        Models.paginator(
            List.of(token("Marker", "Marker || Things[-1].Name")),
            Optional.of(Path.parse("IsTruncated")));
    chains.api.script(
        page(",\"IsTruncated\":true", "a", "b"),
        page(",\"IsTruncated\":true,\"Marker\":\"bb\"", "c"),
        page(",\"IsTruncated\":false", "d"));
    Call call =
        Chains.call(Models.service(Protocol.JSON, keyset), Chains.member("Count", DataType.BIGINT));
    assertThat(chains.rows(call)).hasSize(4);
    assertThat(bodies())
        .containsExactly(
            "{\"Kind\":\"a b\"}",
            "{\"Kind\":\"a b\",\"Marker\":\"b\"}",
            "{\"Kind\":\"a b\",\"Marker\":\"bb\"}");
  }

  @Test
  void a_dotted_token_is_found_in_its_structure() {
    Paginator dotted = Models.paginator(List.of(token("Marker", "Inner.Next")), Optional.empty());
    chains.api.script(
        Reply.json("{\"Inner\":{\"Next\":\"n\",\"X\":[1]},\"Things\":[{\"Name\":\"a\"}]}"),
        Reply.json("{\"Inner\":null,\"Things\":[{\"Name\":\"b\"}]}"));
    assertThat(chains.names(Chains.call(Models.service(Protocol.JSON, dotted))))
        .containsExactly("a", "b");
  }

  @Test
  void b1_a_limit_as_great_as_a_page_asks_for_one_page() {
    chains.api.script(next("1", "a", "b", "c"));
    assertThat(chains.read(call, Checkpoint.START, 3)).hasSize(3);
    assertThat(chains.api.requests()).hasSize(1);
  }

  @Test
  void b2_a_limit_inside_page_two_asks_for_two_pages() {
    chains.api.script(next("1", "a", "b", "c"), next("2", "d", "e", "f"));
    assertThat(chains.read(call, Checkpoint.START, 4)).hasSize(4);
    assertThat(chains.api.requests()).hasSize(2);
  }

  @Test
  void b11_goes_on_in_the_midst_of_a_page() {
    chains.api.script(next("1", "a", "b", "c"), next("2", "d", "e", "f"));
    Checkpoint place;
    try (PageChain chain = chains.chain(call, Checkpoint.START, 4)) {
      chain.next();
      chain.next();
      place = chain.checkpoint(1);
    }
    assertThat(place)
        .isEqualTo(new Checkpoint(Optional.of(new Continuation("{\"NextToken\":\"1\"}")), 1));
    chains.api.script(next("2", "d", "e", "f"), page("", "g"));
    assertThat(chains.read(call, place, Long.MAX_VALUE))
        .containsExactly(List.of("e"), List.of("f"), List.of("g"));
    assertThat(bodies().get(2)).contains("\"NextToken\":\"1\"");
  }

  @Test
  void an_order_ends_the_chain_at_the_first_page_that_lies_before_the_bound() {
    chains.api.script(times("1", 500, 400), times("2", 300, 299, 100), times("3", 50));
    Call stopping = Chains.stopping(ordered(), new EarlyStop("Created", true, at(300)));
    assertThat(chains.rows(stopping)).hasSize(5);
    assertThat(chains.api.requests()).hasSize(2);
    assertThat(chains.context.warnings()).isEmpty();
  }

  @Test
  void a_page_out_of_order_is_no_end_and_all_is_read() {
    chains.api.script(times("1", 100, 500), times("2", 300, 200), times("", 600));
    Call stopping = Chains.stopping(ordered(), new EarlyStop("Created", true, at(300)));
    assertThat(chains.rows(stopping)).hasSize(5);
    assertThat(chains.api.requests()).hasSize(3);
    assertThat(chains.context.warnings()).singleElement().asString().contains("Created");
  }

  @Test
  void a_row_without_the_moment_is_no_end() {
    chains.api.script(
        page(",\"NextToken\":\"1\"", "still starting"), times("2", 100), times("", 600));
    Call stopping = Chains.stopping(ordered(), new EarlyStop("Created", true, at(300)));
    assertThat(chains.rows(stopping)).hasSize(3);
  }

  private static Call ordered() {
    return Chains.call(
        Models.service(
            Protocol.JSON,
            Models.operation(
                Protocol.JSON, Models.TOKEN, Optional.of(new RowOrder("Created", true)))));
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  private static Reply times(String token, long... seconds) {
    StringBuilder json = new StringBuilder("{\"NextToken\":\"" + token + "\",\"Things\":[");
    for (long each : seconds) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      json.append("{\"Name\":\"t\",\"Created\":").append(each).append('}');
    }
    return Reply.json(json.append("]}").toString());
  }

  @Test
  void a_page_size_that_the_service_refuses_is_left_out_with_a_warning() {
    chains.api.script(
        Reply.json("{\"__type\":\"ValidationException\",\"message\":\"MaxResults not with Names\"}")
            .withStatus(400),
        next("1", "a"),
        page("", "b"));
    Call sized = Chains.with(call, Map.of(), OptionalInt.of(100));
    assertThat(chains.names(sized)).containsExactly("a", "b");
    assertThat(bodies().get(0)).contains("MaxResults");
    assertThat(bodies().subList(1, 3)).noneMatch(body -> body.contains("MaxResults"));
    assertThat(chains.context.warnings()).singleElement().asString().contains("page size");
  }

  @Test
  void the_first_request_is_shown_without_its_signature_and_sends_nothing() {
    RequestPreview preview =
        chains.pages(Chains.with(call, Map.of(), OptionalInt.of(200))).firstRequest();
    assertThat(preview.method()).isEqualTo("POST");
    assertThat(preview.headers()).containsOnly(Map.entry("X-Amz-Target", "AWSThings.ListThings"));
    assertThat(preview.body()).contains("{\"Kind\":\"a b\",\"MaxResults\":200}");
    assertThat(chains.api.requests()).isEmpty();
  }
}
