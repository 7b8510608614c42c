package dev.quire.thirdparty;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.quire.chain.Verdict;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeClock;
import dev.quire.thirdparty.Statements.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 1,000 rows in ten pages of 100, read through a proxy that spoils chosen requests. */
class FaultsBetweenTest {
  private static final String SQL = "SELECT id, serial FROM shop.sales";

  private static TeiidServer server;
  private FaultyProxy proxy;
  private FakeClock clock;

  @BeforeAll
  static void start() throws Exception {
    server = TeiidServer.start(Views.SCRIPT);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void startProxy() {
    proxy = new FaultyProxy("http://127.0.0.1:" + server.port(), TeiidServer.path() + "/sales");
    clock = FakeClock.start();
  }

  @AfterEach
  void stopProxy() {
    proxy.close();
  }

  private Answer read() {
    try (Statements shop =
        Statements.over(proxy.origin() + TeiidServer.path(), clock.context(), "page_size", "100")) {
      return shop.run(SQL);
    }
  }

  private void assertExactlyTheRows(Answer answer, int faults) {
    assertThat(answer.column(0)).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    assertThat(answer.column(1))
        .isEqualTo(IntStream.range(0, 1_000).mapToObj(Views::serial).toList());
    assertThat(answer.verdict()).isEqualTo(Verdict.COMPLETE);
    assertThat(answer.costs().retries()).isEqualTo(faults);
    assertThat(proxy.requests()).isEqualTo(10 + faults);
  }

  private static ResponseDefinitionBuilder throttled(String retryAfter) {
    return aResponse().withStatus(429).withHeader("Retry-After", retryAfter);
  }

  private static ResponseDefinitionBuilder broken(Fault fault) {
    return aResponse().withFault(fault);
  }

  @Test
  void next_links_lead_through_the_proxy() {
    assertExactlyTheRows(read(), 0);
  }

  @Test
  void waits_as_long_as_a_throttled_page_asks() {
    proxy.fail(Map.of(4, throttled("17")));

    assertExactlyTheRows(read(), 1);
    assertThat(clock.sleeps()).anyMatch(sleep -> sleep.compareTo(Duration.ofSeconds(17)) >= 0);
  }

  @Test
  void reads_past_a_connection_that_is_reset() {
    proxy.fail(Map.of(3, broken(Fault.CONNECTION_RESET_BY_PEER)));

    assertExactlyTheRows(read(), 1);
  }

  @Test
  void reads_past_a_broken_chunk() {
    proxy.fail(Map.of(5, broken(Fault.MALFORMED_RESPONSE_CHUNK)));

    assertExactlyTheRows(read(), 1);
  }

  @Test
  void reads_past_an_answer_without_bytes_and_one_of_garbage() {
    proxy.fail(Map.of(2, broken(Fault.EMPTY_RESPONSE), 6, broken(Fault.RANDOM_DATA_THEN_CLOSE)));

    assertExactlyTheRows(read(), 2);
  }

  @Test
  void reads_past_a_server_that_fails_twice_on_one_page() {
    proxy.fail(Map.of(7, aResponse().withStatus(503), 8, aResponse().withStatus(502)));

    assertExactlyTheRows(read(), 2);
  }

  @Test
  void reads_past_a_fault_on_the_first_and_on_the_last_page() {
    proxy.fail(Map.of(1, throttled("1"), 11, broken(Fault.CONNECTION_RESET_BY_PEER)));

    assertExactlyTheRows(read(), 2);
  }

  @Test
  void reads_past_all_of_them_in_one_scan() {
    proxy.fail(
        Map.of(
            2, throttled("2.5"),
            4, broken(Fault.MALFORMED_RESPONSE_CHUNK),
            5, broken(Fault.CONNECTION_RESET_BY_PEER),
            8, aResponse().withStatus(503),
            10, throttled("0"),
            12, aResponse().withStatus(500)));

    assertExactlyTheRows(read(), 6);
  }

  @Test
  void a_page_that_never_comes_is_an_error_and_not_a_short_result() {
    Map<Integer, ResponseDefinitionBuilder> faults =
        IntStream.rangeClosed(4, 60)
            .boxed()
            .collect(java.util.stream.Collectors.toMap(i -> i, i -> aResponse().withStatus(503)));
    proxy.fail(faults);

    assertThatThrownBy(this::read)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("503")
        .hasMessageContaining("sales");
  }
}
