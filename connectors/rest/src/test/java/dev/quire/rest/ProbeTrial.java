package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.StatementContext;
import dev.quire.rest.spec.SpecReader;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.ProbeRequest;
import dev.quire.spi.SourceConfig;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Probes APIs that tests play. */
final class ProbeTrial {
  private ProbeTrial() {}

  /** A list that is asked for with a POST. */
  static ProbeRequest post(String path, String body) {
    return new ProbeRequest(path, true, Optional.of(body), Map.of(), Optional.empty());
  }

  /** The spec; URL stands for the server's. */
  static String spec(ProbeRequest request, Function<ReceivedRequest, Reply> answers) {
    return spec(request, Map.of(), answers, new ArrayList<>());
  }

  /**
   * The spec.
   *
   * @param config of the source; URL stands for the server's
   * @param requests gets what was asked
   */
  static String spec(
      ProbeRequest request,
      Map<String, String> config,
      Function<ReceivedRequest, Reply> answers,
      List<ReceivedRequest> requests) {
    try (FakeApi api = FakeApi.start()) {
      api.on(answers);
      FakeClock clock = FakeClock.start();
      StatementContext call =
          new StatementContext(
              clock, new StatementContext.Limits(60, Optional.empty()), report -> {});
      Map<String, String> settings =
          config.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, each -> each.getValue().replace("URL", api.url(""))));
      ProbeRequest there =
          new ProbeRequest(
              settings.containsKey("url") ? request.url() : api.url(request.url()),
              request.post(),
              request.body(),
              request.headers(),
              request.rows());
      try {
        return new RestConnector()
            .probe(there, SourceConfig.of("probe", settings), clock.context(), call)
            .orElseThrow()
            .replace(api.url(""), "URL");
      } finally {
        requests.addAll(api.requests());
      }
    }
  }

  /** Probes, and reads ids from 0 to a count with what was printed. */
  static String readsAll(
      Path folder,
      ProbeRequest request,
      Function<ReceivedRequest, Reply> answers,
      int count,
      String paging) {
    String spec = spec(request, answers);
    assertThat(spec).contains(paging).contains("none twice");
    TableSpec table = SpecReader.parse("probe.yaml", spec).tables().get(0);
    assertThat(table.key()).containsExactly("id");
    try (Api api = new Api(folder, spec, answers)) {
      assertThat(api.read(table.name().name(), List.of("id")))
          .extracting(row -> row.get(0))
          .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }
    return spec;
  }
}
