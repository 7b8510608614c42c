package dev.quire.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a short statement must not do on its way to the first row, since each costs time. */
@Timeout(120)
class StartTest extends ProcessTrial {
  private static final List<String> TRACE =
      List.of(
          "-Djava.lang.invoke.MethodHandle.TRACE_METHOD_LINKAGE=true",
          "-Djdk.invoke.MethodHandle.TRACE_METHOD_LINKAGE=true");

  private static final String RUNS =
      "SELECT Id FROM aws.glue.get_job_runs WHERE JobName = 'etl' LIMIT 1";

  private static final String AWS =
      "  aws: {type: aws, region: us-east-1, endpoint: '%s', credentials: {access_key_id: a, secret_access_key: s}}%n";

  /** The equals, hashCode and toString that javac gives a record are made when they are called. */
  @ParameterizedTest
  @ValueSource(strings = {"SELECT name FROM crm.accounts WHERE statecode = 0 LIMIT 5", RUNS})
  void no_record_has_its_methods_made_for_it(String sql) throws Exception {
    List<String> linked = traced(TRACE, sql);
    assertThat(linked).anyMatch(line -> line.contains("linkCallSite dev.quire."));
    assertThat(linked).noneMatch(line -> line.contains("java.lang.runtime.ObjectMethods"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void what_makes_sockets_is_not_looked_for_in_every_jar() throws Exception {
    List<String> loaded =
        traced(List.of("-Xlog:class+load"), "SELECT name FROM crm.accounts LIMIT 5");
    assertThat(loaded).anyMatch(line -> line.contains(" sun.nio.ch.EPollSelectorProvider "));
    assertThat(loaded).noneMatch(line -> line.contains(" sun.nio.ch.DefaultSelectorProvider "));
  }

  @Test
  void libraries_have_nothing_to_say() throws Exception {
    assertThat(traced(List.of(), RUNS)).hasSize(2).first().isEqualTo("Id");
  }

  private List<String> traced(List<String> options, String sql)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      ProcessBuilder builder = quire(server, "query", sql, "--format=csv", "--quiet");
      Files.writeString(folder.resolve("quire.yaml"), AWS.formatted(server.origin()), APPEND);
      builder.command().addAll(1, options);
      Process process = start(builder.redirectErrorStream(true).redirectOutput(out.toFile()));
      assertThat(exitCode(process)).isZero();
    }
    return Files.readAllLines(out, StandardCharsets.UTF_8);
  }
}
