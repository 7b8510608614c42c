package dev.quire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.aws.model.Protocol;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS's error codes become. */
class FaultsTest {
  private final Chains chains = new Chains();
  private final Call call = Chains.call(Models.service(Protocol.JSON));

  @AfterEach
  void close() {
    chains.close();
  }

  private static Reply error(int status, String code) {
    return Reply.json("{\"__type\":\"com.amazon#" + code + "\",\"message\":\"said so\"}")
        .withStatus(status);
  }

  private static Reply rows() {
    return Reply.json("{\"Things\":[{\"Name\":\"a\"}]}");
  }

  private SourceException fault() {
    return catchThrowableOfType(SourceException.class, () -> chains.rows(call));
  }

  @ParameterizedTest
  @CsvSource({
    "400, EntityNotFoundException, NOT_FOUND",
    "404, NoSuchBucket, NOT_FOUND",
    "400, AccessDeniedException, PERMISSION",
    "403, UnauthorizedOperation, PERMISSION",
    "400, UnrecognizedClientException, AUTHENTICATION",
    "403, SignatureDoesNotMatch, AUTHENTICATION",
    "403, InvalidClientTokenId, AUTHENTICATION",
    "400, ValidationException, REJECTED",
  })
  void a_code_says_more_than_the_status(int status, String code, ErrorKind kind) {
    chains.api.script(error(status, code));
    SourceException fault = fault();
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.problem())
        .isEqualTo(
            "things ListThings in eu-central-1 answered " + status + " " + code + ": said so");
    assertThat(chains.api.requests()).hasSize(1);
  }

  @Test
  void the_code_may_be_in_a_header_or_in_xml() {
    Reply header =
        Reply.json("{\"Message\":\"gone\"}")
            .withStatus(400)
            .withHeader("X-Amzn-ErrorType", "EntityNotFoundException:http://internal/")
            .withHeader("x-amzn-RequestId", "r-1");
    Reply xml =
        Reply.status(404)
            .withBody(
                "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code>"
                    + "<Message>gone</Message></Error><RequestId>x</RequestId></ErrorResponse>");
    Reply ec2 =
        Reply.status(400)
            .withBody(
                "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code>"
                    + "<Message>gone</Message></Error></Errors></Response>");
    for (Reply reply : List.of(header, xml, ec2)) {
      chains.api.script(reply);
      SourceException fault = fault();
      assertThat(fault.kind()).isEqualTo(ErrorKind.NOT_FOUND);
      assertThat(fault).hasMessageContaining(": gone");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ThrottlingException",
        "RequestLimitExceeded",
        "SlowDown",
        "PriorRequestNotComplete"
      })
  void h33_throttling_in_a_400_is_tried_again_by_its_code(String code) {
    chains.api.script(error(400, code), error(400, code), rows());
    assertThat(chains.names(call)).containsExactly("a");
    assertThat(chains.api.requests()).hasSize(3);
  }

  @Test
  void the_services_own_wait_in_milliseconds_is_kept() {
    chains.api.script(
        error(400, "ThrottlingException").withHeader("x-amz-retry-after", "1234"), rows());
    chains.names(call);
    assertThat(chains.clock.sleeps()).containsExactly(Duration.ofMillis(1234));
  }

  @Test
  void an_expired_session_says_how_to_go_on() {
    chains.api.script(error(400, "ExpiredTokenException"));
    SourceException fault = fault();
    assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(fault.hint().orElseThrow()).contains("log in again").contains("session_token");
  }

  @Test
  void a_token_that_the_service_forgot_is_explained() {
    chains.api.script(error(400, "InvalidNextTokenException"));
    SourceException fault = fault();
    assertThat(fault.kind()).isEqualTo(ErrorKind.REJECTED);
    assertThat(fault.hint().orElseThrow()).contains("no longer knows the token");
  }

  @Test
  void a_wrong_clock_is_called_so() {
    chains.api.script(
        error(403, "RequestTimeTooSkewed").withHeader("Date", "Fri, 02 Jan 2026 09:00:00 GMT"));
    assertThat(fault().hint().orElseThrow())
        .contains("2026-01-02T03:04:05Z")
        .contains("09:00:00 GMT")
        .contains("clock");
  }

  @Test
  void a_bucket_elsewhere_names_its_region() {
    chains.api.script(
        Reply.status(301)
            .withBody("<Error><Code>PermanentRedirect</Code></Error>")
            .withHeader("x-amz-bucket-region", "eu-west-3"),
        Reply.status(400)
            .withBody(
                "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>"));
    for (int i = 0; i < 2; i++) {
      SourceException fault = fault();
      assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
      assertThat(fault).hasMessageContaining("the region eu-west-3");
      assertThat(fault.hint().orElseThrow()).contains("sources.aws.region to eu-west-3");
    }
  }

  @Test
  void what_is_no_error_of_the_service_is_shown_by_its_beginning() {
    chains.api.script(Reply.html("<html>Unknown action</html>").withStatus(404));
    assertThat(fault()).hasMessageContaining("404").hasMessageContaining("Unknown action");
  }
}
