package dev.quire.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many rows, every column of them, through a small heap: the command in a process of its own.
 * {@code -Dquire.rows=10000000} is the long form.
 */
class BoundedMemoryTest {
  private static final int ROWS = Integer.getInteger("quire.rows", 400_000);

  /** As long as a slow and busy machine takes. */
  private static final long SECONDS = Math.max(300, ROWS / 1_000);

  @Test
  void a_million_rows_go_through_64_megabytes(@TempDir Path folder) throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(1_000_000))) {
      Files.writeString(
          folder.resolve("quire.yaml"),
          "sources: {crm: {type: odata, profile: dataverse, url: '" + server.baseUrl() + "'}}\n");
      Path footer = folder.resolve("footer");
      Process quire = start(folder, footer, "-Xmx64m", "SELECT * FROM crm.accounts");
      assertThat(lines(quire)).isEqualTo(1_000_000);
      assertThat(quire.waitFor()).isZero();
      assertThat(Files.readString(footer)).startsWith("complete: 1,000,000 rows, 200 calls");
    }
  }

  @Test
  void chains_side_by_side_do_not_need_more(@TempDir Path folder) throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(ROWS))) {
      Files.writeString(
          folder.resolve("quire.yaml"),
          "sources: {crm: {type: odata, profile: dataverse, url: '" + server.baseUrl() + "'}}\n");
      Path footer = folder.resolve("footer");
      String sql = "SELECT * FROM crm.accounts";
      Process quire = start(folder, footer, "-Xmx128m", sql, "--parallel", "8");
      assertThat(lines(quire)).isEqualTo(ROWS);
      assertThat(quire.waitFor()).isZero();
      assertThat(Files.readString(footer))
          .startsWith("complete: %s rows".formatted(String.format(Locale.ROOT, "%,d", ROWS)));
      assertThat(server.requests())
          .anySatisfy(request -> assertThat(request.target()).contains("createdon%20ge"));
    }
  }

  private static Process start(Path folder, Path footer, String heap, String sql, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.quire.cli.Main",
                "query",
                sql,
                "--format",
                "jsonl"));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(footer.toFile())
            .start();
    CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    return process;
  }

  private static long lines(Process process) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      return reader.lines().count();
    }
  }
}
