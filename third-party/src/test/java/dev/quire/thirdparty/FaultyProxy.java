package dev.quire.thirdparty;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.List;
import java.util.Map;

/**
 * WireMock in front of another server. Passes everything on with the client's own Host header, so
 * that next links lead back through it, and puts faults in the place of chosen requests for rows.
 * Thread-safe.
 */
final class FaultyProxy implements AutoCloseable {
  private static final String SCENARIO = "pages";

  private final WireMockServer proxy =
      new WireMockServer(
          wireMockConfig().bindAddress("127.0.0.1").dynamicPort().preserveHostHeader(true));
  private final String target;
  private final String rowsPath;

  /**
   * @param target the origin behind it
   * @param rowsPath the path whose requests are counted
   */
  FaultyProxy(String target, String rowsPath) {
    this.target = target;
    this.rowsPath = rowsPath;
    proxy.start();
    proxy.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().proxiedFrom(target)));
  }

  String origin() {
    return "http://127.0.0.1:" + proxy.port();
  }

  /** The requests for rows that arrived, with those that met a fault. */
  int requests() {
    return (int)
        proxy.getAllServeEvents().stream()
            .filter(event -> event.getRequest().getUrl().contains(rowsPath))
            .count();
  }

  /**
   * Answers the n-th request for rows with the n-th fault, where there is one, and passes on the
   * others.
   *
   * @param faults by the number of the request, from 1
   */
  void fail(Map<Integer, ResponseDefinitionBuilder> faults) {
    int last = faults.keySet().stream().max(Integer::compare).orElse(0);
    List<String> states =
        java.util.stream.IntStream.rangeClosed(0, last)
            .mapToObj(
                i ->
                    i == 0
                        ? com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED
                        : "after " + i)
            .toList();
    for (int number = 1; number <= last; number++) {
      proxy.stubFor(
          any(urlPathMatching(".*" + rowsPath))
              .atPriority(1)
              .inScenario(SCENARIO)
              .whenScenarioStateIs(states.get(number - 1))
              .willSetStateTo(states.get(number))
              .willReturn(faults.getOrDefault(number, aResponse().proxiedFrom(target))));
    }
  }

  @Override
  public void close() {
    proxy.stop();
  }
}
