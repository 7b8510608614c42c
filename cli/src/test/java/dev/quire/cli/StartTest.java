package dev.quire.cli;

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

/** What a short statement must not do on its way to the first row, since each costs time. */
@Timeout(120)
class StartTest extends ProcessTrial {
  private static final List<String> TRACE =
      List.of(
          "-Djava.lang.invoke.MethodHandle.TRACE_METHOD_LINKAGE=true",
          "-Djdk.invoke.MethodHandle.TRACE_METHOD_LINKAGE=true");

  /** The equals, hashCode and toString that javac gives a record are made when they are called. */
  @Test
  void no_record_has_its_methods_made_for_it() throws Exception {
    List<String> linked =
        traced(TRACE, "SELECT name FROM crm.accounts WHERE statecode = 0 LIMIT 5");
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

  private List<String> traced(List<String> options, String sql)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      ProcessBuilder builder = quire(server, "query", sql);
      builder.command().addAll(1, options);
      Process process = start(builder.redirectErrorStream(true).redirectOutput(out.toFile()));
      assertThat(exitCode(process)).isZero();
    }
    return Files.readAllLines(out, StandardCharsets.UTF_8);
  }
}
