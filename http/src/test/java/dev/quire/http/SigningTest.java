package dev.quire.http;

import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A connector's own signature on each attempt. */
class SigningTest {
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  /** Signs with a number that grows, and has so many credentials to offer. */
  private final class Counting implements RequestSigner {
    private final int lives;
    private int signed;
    private int life = 1;

    Counting(int lives) {
      this.lives = lives;
    }

    @Override
    public Signature sign(HttpRequest request, CallContext context) {
      signed++;
      String body = request.body().map(b -> new String(b, StandardCharsets.UTF_8)).orElse("-");
      String text = String.join(" ", request.method(), request.headers().get("X-Target"), body);
      return new Signature(
          Map.of("Authorization", "key" + life + " " + signed + " " + text + " " + time.now()),
          "key" + life,
          List.of("key" + life));
    }

    @Override
    public boolean refresh(Signature rejected, CallContext context) {
      assertThat(rejected.credential()).isEqualTo("key" + life);
      return life++ < lives;
    }
  }

  private HttpDoor open(StubServer server, RequestSigner signer) {
    return open(server, signer, Map.of());
  }

  private HttpDoor open(StubServer server, RequestSigner signer, Map<String, String> settings) {
    return HttpDoor.open(
        SourceConfig.of("aws", settings),
        new ConnectorContext(time, () -> 0.5),
        server.url(),
        signer);
  }

  private static HttpRequest post(StubServer server) {
    return new HttpRequest(
        CallContext.Purpose.DATA,
        "POST",
        server.url() + "/",
        Map.of("X-Target", "Glue.GetJobRuns"),
        Optional.of("{}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void each_attempt_is_signed_anew_over_the_whole_request() {
    try (StubServer server = StubServer.answering(reply(503, "", ""), ok("rows"));
        HttpDoor door = open(server, new Counting(1))) {
      assertThat(door.exchange(post(server), call, FaultReader.standard(), Doors::text))
          .isEqualTo("rows");
      assertThat(server.requests())
          .extracting(seen -> seen.header("Authorization"))
          .containsExactly(
              "key1 1 POST Glue.GetJobRuns {} " + FakeTime.START,
              "key1 2 POST Glue.GetJobRuns {} " + FakeTime.START.plusMillis(250));
      assertThat(server.requests()).extracting(StubServer.Seen::body).containsExactly("{}", "{}");
    }
  }

  @Test
  void a_request_that_was_held_back_for_long_is_signed_again() {
    Counting signer = new Counting(1);
    try (StubServer server = StubServer.answering(reply(429, "Retry-After: 200", ""), ok("rows"));
        HttpDoor door = open(server, signer, Map.of("http.attempts", "1"))) {
      Doors.fault(() -> door.exchange(post(server), call, FaultReader.standard(), Doors::text));
      door.exchange(post(server), call, FaultReader.standard(), Doors::text);
      assertThat(server.requests().get(1).header("Authorization"))
          .startsWith("key1 3 ")
          .endsWith(FakeTime.START.plusSeconds(200).toString());
    }
  }

  @Test
  void credentials_that_a_code_calls_expired_are_renewed_once() {
    FaultReader codes =
        refusal ->
            refusal.header("x-amzn-errortype").equals(Optional.of("ExpiredTokenException"))
                ? new SourceException(ErrorKind.AUTHENTICATION, "expired: " + refusal.body())
                : refusal.standard();
    StubServer.Reply expired =
        reply(400, "X-Amzn-ErrorType: ExpiredTokenException", "not key1, not key2");
    try (StubServer server = StubServer.answering(expired, ok("rows"));
        HttpDoor door = open(server, new Counting(2))) {
      assertThat(door.exchange(post(server), call, codes, Doors::text)).isEqualTo("rows");
    }
    try (StubServer server = StubServer.answering(expired);
        HttpDoor door = open(server, new Counting(9))) {
      SourceException fault =
          Doors.fault(() -> door.exchange(post(server), call, codes, Doors::text));
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault).hasMessageNotContaining("key1").hasMessageNotContaining("key2");
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void a_wait_in_milliseconds_is_kept() {
    try (StubServer server =
            StubServer.answering(reply(429, "x-amz-retry-after: 1500", ""), ok("rows"));
        HttpDoor door = open(server, new Counting(1))) {
      door.exchange(post(server), call, FaultReader.standard(), Doors::text);
      assertThat(time.sleeps()).containsExactly(Duration.ofMillis(1500));
    }
  }

  @Test
  void what_is_signed_for_one_endpoint_goes_to_no_other() {
    Counting signer = new Counting(1);
    try (StubServer server = StubServer.answering(ok("rows"));
        StubServer other = StubServer.answering(ok("rows"));
        HttpDoor door = open(server, signer)) {
      SourceException fault =
          Doors.fault(() -> door.exchange(post(other), call, FaultReader.standard(), Doors::text));
      assertThat(fault.kind()).isEqualTo(ErrorKind.FOREIGN_ORIGIN);
      assertThat(signer.signed).isZero();
      assertThat(other.requests()).isEmpty();
    }
  }
}
