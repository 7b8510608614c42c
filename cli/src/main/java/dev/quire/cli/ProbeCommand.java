package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.Connector;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ProbeRequest;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the spec of an API that nobody has described. */
@Command(
    name = "probe",
    description = {
      "Asks an API for a few pages of a list, or reads its OpenAPI document, and prints the spec that"
          + " reads it.",
      "",
      "Finds the rows, the paging, the page size, the columns and a key, and reads the first pages"
          + " with what it found; what is unsure stands in the comments. Credentials come from a"
          + " source of the configuration, or from --auth, and stand in no spec."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  quire probe https://api.example.com/v1/items > items.yaml",
      "  quire probe https://api.example.com/v1/items --auth type=bearer --auth token=env:TOKEN",
      "  quire probe --source crm /v1/items",
      "  quire probe https://api.example.com/_search --body '{\"sort\": [\"id\"]}'",
      "  quire probe --openapi openapi.json > api.yaml",
      "",
      "Exit codes: 0 a spec was printed, 1 the API refused or has no list there, 2 usage, 130",
      "interrupted."
    })
final class ProbeCommand implements Callable<Integer> {
  private static final long USUAL_CALLS = 100;

  private final Surroundings surroundings;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // required, so set by picocli
  private What what;

  @Mixin private final ProbedList list = new ProbedList();
  @Mixin private final ProbeSignIn signIn = new ProbeSignIn();

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      converter = StatementFlags.Positive.class,
      description = "The most requests, retries included. Default: " + USUAL_CALLS + ".")
  private long maxCalls = USUAL_CALLS;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = StatementFlags.Time.class,
      description = "The most time, as 30s, 5m or 1h.")
  private @Nullable Duration timeout;

  @Mixin private final CommonOptions common = new CommonOptions();

  /** One of two. */
  private static final class What {
    @Parameters(
        paramLabel = "URL",
        description = "A list of rows, as a browser would open it; with --source, also a path.")
    private @Nullable String url;

    @Option(
        names = "--openapi",
        paramLabel = "FILE",
        description = "An OpenAPI 3 document, JSON or YAML. Nothing is sent.")
    private @Nullable Path document;
  }

  ProbeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connector connector = connector();
    String url = what.url;
    String spec = url == null ? described(connector) : probed(connector, url);
    surroundings.out().write(spec.getBytes(StandardCharsets.UTF_8));
    surroundings.out().flush();
    return ExitCodes.COMPLETE;
  }

  private String described(Connector connector) {
    Path document = surroundings.folder().resolve(java.util.Objects.requireNonNull(what.document));
    return connector.describe(document).orElseThrow(ProbeCommand::withoutConnector);
  }

  private String probed(Connector connector, String url) throws IOException {
    SourceConfig config = signIn.config(surroundings, common, connector);
    ProbeRequest request = list.request(url, surroundings.folder());
    Configuration none = Configuration.of(Map.of());
    StatementOptions options = common.statementOptions(surroundings).withMaxCalls(maxCalls);
    try (Engine engine = common.open(surroundings, none)) {
      StatementContext context =
          engine.newContext(timeout == null ? options : options.withTimeout(timeout));
      try (Registration interest = surroundings.interrupts().onInterrupt(context::cancel)) {
        return connector
                .probe(
                    request,
                    config,
                    surroundings.context().withNotices(surroundings.notices()),
                    context)
                .orElseThrow(ProbeCommand::withoutConnector)
            + signIn.source();
      }
    }
  }

  private static Connector connector() {
    return ServiceLoader.load(Connector.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.type().equals("rest"))
        .findFirst()
        .orElseThrow(ProbeCommand::withoutConnector);
  }

  private static SourceException withoutConnector() {
    return new SourceException(
        ErrorKind.CONFIGURATION, "this build of Quire has no REST connector");
  }
}
