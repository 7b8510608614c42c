package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows Quire at work on a server of its own. */
@Command(
    name = "demo",
    description = {
      "Starts a sample server, runs five statements against it, and stops.",
      "",
      "The server behaves as Dataverse and AWS Glue do and listens on the loopback address alone;"
          + " nothing leaves this machine. Each statement is shown with its requests and first rows."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  quire demo",
      "  quire demo --serve --port 8080",
      "",
      "Exit codes: 0 all as expected, 1 something is off."
    })
final class DemoCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--serve",
      description = "Run no statement; keep the server until Ctrl-C, and show how to use it.")
  private boolean serve;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The server's port on the loopback address. Default: a free one.")
  private int port;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of the table accounts, up to 10,000,000. Default: 12,001.")
  private long rows = SampleOptions.DEFAULT.accounts();

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    SampleOptions options = options();
    try (SampleServer server = start(options)) {
      if (serve) {
        return serve(server);
      }
      Configuration configuration =
          Configuration.of(
              Map.of(
                  "crm",
                  Map.of("type", "odata", "profile", "dataverse", "url", server.baseUrl()),
                  "aws",
                  Map.of(
                      "type", "aws",
                      "region", "us-east-1",
                      "endpoint", server.origin(),
                      "credentials.access_key_id", "demo",
                      "credentials.secret_access_key", "demo")));
      try (Engine engine = surroundings.engines().open(configuration, surroundings.context())) {
        return new Demo(surroundings, engine, options, server.baseUrl()).run();
      }
    }
  }

  private SampleOptions options() {
    if (port < 0 || port > 65_535) {
      throw wrong("--port must be 0 to 65535, not " + port);
    }
    if (rows < 1 || rows > 10_000_000) {
      throw wrong("--rows must be 1 to 10,000,000, not " + rows);
    }
    return SampleOptions.DEFAULT.withPort(port).withAccounts(rows);
  }

  private SampleServer start(SampleOptions options) {
    try {
      return SampleServer.start(options);
    } catch (UncheckedIOException e) {
      throw wrong("the sample server cannot use port " + port + ": " + e.getCause())
          .withHint("Leave --port out for a free one.");
    }
  }

  private static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }

  private int serve(SampleServer server) throws IOException {
    String text =
        """
        The sample server runs at %s until Ctrl-C.

        Put this into a file quire.yaml:

        sources:
          crm:
            type: odata
            profile: dataverse
            url: %s
          aws:
            type: aws
            region: us-east-1
            endpoint: %s
            credentials: {access_key_id: demo, secret_access_key: demo}

        Then, in the same folder:

        quire tables crm
        quire describe crm.accounts
        quire query "SELECT name, revenue FROM crm.accounts ORDER BY revenue DESC NULLS LAST LIMIT 10"
        quire explain "SELECT name FROM crm.accounts WHERE statecode = 0 LIMIT 6000"
        quire query "SELECT * FROM crm.accounts" --format csv --output accounts.csv --verbose
        quire query "SELECT * FROM aws.glue.get_job_runs WHERE JobName = 'etl'" --format jsonl
        """
            .formatted(server.origin(), server.baseUrl(), server.origin());
    surroundings.out().write(text.getBytes(StandardCharsets.UTF_8));
    surroundings.out().flush();
    CountDownLatch stopped = new CountDownLatch(1);
    try (Registration interest = surroundings.interrupts().onInterrupt(stopped::countDown)) {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCodes.INTERRUPTED;
  }
}
