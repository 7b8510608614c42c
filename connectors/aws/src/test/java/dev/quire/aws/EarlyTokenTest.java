package dev.quire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.wire.EarlyToken;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The token is told when the body is there, and the rows are not. */
class EarlyTokenTest {
  private static final Continuation NEXT = new Continuation("{\"NextToken\":\"t/\\\"1\"}");

  private final Chains chains = new Chains();
  private final List<Continuation> told = new ArrayList<>();

  @AfterEach
  void close() {
    chains.close();
  }

  private Page fetch(Call call, String body) {
    chains.api.script(Reply.json(body));
    return chains.pages(call).fetch(Optional.empty(), told::add);
  }

  private static Call call(Protocol protocol) {
    return Chains.call(Models.service(protocol));
  }

  @Test
  void is_told_before_the_rows_are_read() {
    assertThatThrownBy(
            () ->
                fetch(
                    call(Protocol.JSON),
                    "{\"Things\":[{\"Name\":{}}],\"NextToken\":\"t\\/\\\"1\"}"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_VALUE));
    assertThat(told).containsExactly(NEXT);
  }

  @Test
  void is_the_one_that_the_page_has() {
    Page page =
        fetch(call(Protocol.JSON), "{\"NextToken\":\"t/\\\"1\",\"Things\":[{\"Name\":\"a\"}]}");
    assertThat(page.next()).contains(NEXT);
    assertThat(told).containsExactly(NEXT);
  }

  @Test
  void is_not_told_at_the_end() {
    for (String end :
        List.of("", ",\"NextToken\":null", ",\"NextToken\":\"\"", ",\"x\":{\"NextToken\":\"t\"}")) {
      fetch(call(Protocol.JSON), "{\"Things\":[{\"Name\":\"NextToken\"}]" + end + "}");
    }
    assertThat(told).isEmpty();
  }

  @Test
  void is_not_told_where_the_rows_may_end_the_chain() {
    EarlyStop stop = new EarlyStop("Created", true, Instant.EPOCH);
    fetch(Chains.stopping(call(Protocol.JSON), stop), "{\"Things\":[],\"NextToken\":\"t\"}");
    assertThat(told).isEmpty();
  }

  @Test
  void is_known_only_for_a_single_text_of_a_json_answer() {
    Catalogue catalogue = Catalogue.bundled();
    assertThat(isEarly(catalogue, "glue", "get_job_runs")).isTrue();
    assertThat(isEarly(catalogue, "lambda", "list_functions")).isTrue();
    assertThat(isEarly(catalogue, "iam", "list_users")).as("XML").isFalse();
    assertThat(isEarly(catalogue, "dynamodb", "scan")).as("a token that is a map").isFalse();
    assertThat(isEarly(catalogue, "kinesis", "list_streams")).as("HasMoreStreams").isFalse();
  }

  private static boolean isEarly(Catalogue catalogue, String service, String operation) {
    ServiceModel model = catalogue.findService(service).orElseThrow();
    return EarlyToken.find(model, model.findOperation(operation).orElseThrow()).isPresent();
  }
}
