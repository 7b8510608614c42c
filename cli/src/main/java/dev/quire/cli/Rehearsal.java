package dev.quire.cli;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import dev.quire.spi.ConnectorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs what people run, over the sample server and without a word, so that the classes that this
 * loads can be archived for later starts.
 */
final class Rehearsal {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("query", "SELECT name, revenue FROM crm.accounts WHERE statecode = 0 LIMIT 5"),
          List.of("query", "SELECT Id FROM aws.glue.get_job_runs WHERE JobName = 'etl' LIMIT 5"),
          List.of("query", "SELECT * FROM crm.accounts ORDER BY name LIMIT 5", "--format", "csv"),
          List.of("query", "SELECT COUNT(*), MAX(revenue) FROM crm.accounts", "--format", "json"),
          List.of(
              "query",
              "SELECT j.Name, r.StartedOn FROM aws.glue.get_jobs j"
                  + " JOIN aws.glue.get_job_runs r ON r.JobName = j.Name LIMIT 300",
              "--format",
              "jsonl"),
          List.of("explain", "SELECT name FROM crm.accounts WHERE name LIKE 'A%' LIMIT 6000"),
          List.of("tables", "crm"),
          List.of("describe", "crm.accounts"),
          List.of("check", "crm"));

  private Rehearsal() {}

  /** Ends as the command does, so that what starts and ends a process is loaded, too. */
  public static void main(String[] args) throws IOException {
    Main.nameProviders();
    run();
    Main.main("--version");
  }

  /** Fails when a command does, so that no archive is made of half a run. */
  static void run() throws IOException {
    Path folder = Files.createTempDirectory("quire-rehearsal");
    Path file = folder.resolve("quire.yaml");
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      Files.writeString(file, configuration(server));
      for (List<String> command : COMMANDS) {
        String[] each = command.toArray(String[]::new);
        int code = Main.run(surroundings(folder, HeadStart.of(each)), each);
        if (code != ExitCodes.COMPLETE) {
          throw new IllegalStateException(command + " ended with " + code);
        }
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static String configuration(SampleServer server) {
    return """
        sources:
          crm:
            type: odata
            profile: dataverse
            url: %s
            auth: {type: bearer, token: "${env:TOKEN}"}
          aws:
            type: aws
            region: us-east-1
            endpoint: %s
            credentials: {access_key_id: demo, secret_access_key: demo}
        """
        .formatted(server.baseUrl(), server.origin());
  }

  private static Surroundings surroundings(Path folder, HeadStart start) {
    OutputStream nobody = OutputStream.nullOutputStream();
    PrintStream err = new PrintStream(nobody, true, StandardCharsets.UTF_8);
    return new Surroundings(
        new ByteArrayInputStream(new byte[0]),
        new StandardOutput(nobody),
        err,
        Map.of("TOKEN", "rehearsal"),
        folder,
        Terminals.NONE,
        ConnectorContext.system().withCache(Optional.empty()),
        start::open,
        new Interrupts(),
        new Notices(err, page -> {}));
  }
}
