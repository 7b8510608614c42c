package dev.quire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.aws.model.Protocol;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures of version 4 on what goes out. */
class SigningTest {

  private static ReceivedRequest request(Protocol protocol, String... settings) {
    try (Chains chains = new Chains(settings)) {
      chains.api.on(any -> Reply.json("{\"Things\":[]}"));
      chains.rows(Chains.call(Models.service(protocol)));
      return chains.api.lastRequest();
    }
  }

  @Test
  void a_request_is_signed_at_the_clocks_time_for_region_and_service() {
    ReceivedRequest request = request(Protocol.JSON);
    assertThat(request.header("X-Amz-Date")).contains("20260102T030405Z");
    assertThat(request.header("Authorization").orElseThrow())
        .startsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-central-1/things/aws4_request,"
                + " SignedHeaders=content-type;host;")
        .contains("x-amz-target")
        .containsPattern("Signature=[0-9a-f]{64}$");
    assertThat(request.header("X-Amz-Security-Token")).isEmpty();
    assertThat(request.headers("Host")).hasSize(1);
  }

  @Test
  void a_session_token_goes_along() {
    ReceivedRequest request = request(Protocol.JSON, "credentials.session_token", "FwoGZXIv");
    assertThat(request.header("X-Amz-Security-Token")).contains("FwoGZXIv");
    assertThat(request.header("Authorization").orElseThrow()).contains("x-amz-security-token");
  }

  @Test
  void anonymous_requests_carry_nothing() {
    try (Chains chains = new Chains("credentials", "anonymous")) {
      chains.api.on(any -> Reply.json("{\"Things\":[]}"));
      chains.rows(Chains.call(Models.service(Protocol.JSON)));
      assertThat(chains.api.lastRequest().header("Authorization")).isEqualTo(Optional.empty());
    }
  }

  @Test
  void no_secret_is_in_a_message() {
    try (Chains chains = new Chains("credentials.session_token", "FwoGZXIv")) {
      chains.api.on(
          request ->
              Reply.json(
                      "{\"__type\":\"SignatureDoesNotMatch\",\"message\":\"FwoGZXIv "
                          + "wJalrXUtnFEMI/K7MDENG "
                          + request.header("Authorization").orElse("")
                          + "\"}")
                  .withStatus(403));
      SourceException fault =
          catchThrowableOfType(
              SourceException.class, () -> chains.rows(Chains.call(Models.service(Protocol.JSON))));
      assertThat(fault)
          .hasMessageNotContaining("FwoGZXIv")
          .hasMessageNotContaining("wJalr")
          .hasMessageContaining("Signature=***");
    }
  }
}
