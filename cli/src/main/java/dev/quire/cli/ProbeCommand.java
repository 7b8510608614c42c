package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.Connector;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the spec of an API that nobody has described. */
@Command(
    name = "probe",
    description = {
      "Asks an API for a few pages of a list, and prints the spec that reads it.",
      "",
      "Finds the rows, the paging, the page size, the columns and a key; what is unsure stands in"
          + " the comments. Sends no credentials."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  quire probe https://api.example.com/v1/items > items.yaml",
      "",
      "Exit codes: 0 a spec was printed, 1 the API refused, 2 usage."
    })
final class ProbeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "URL", description = "A list of rows, as a browser would open it.")
  @SuppressWarnings("NullAway.Init") // required, so set by picocli
  private String url;

  @Mixin private final CommonOptions common = new CommonOptions();

  ProbeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Configuration none = Configuration.of(Map.of());
    try (Engine engine = common.open(surroundings, none)) {
      StatementContext context = engine.newContext(common.statementOptions(surroundings, none));
      try (Registration interest = surroundings.interrupts().onInterrupt(context::cancel)) {
        surroundings.out().write(spec(context).getBytes(StandardCharsets.UTF_8));
        surroundings.out().flush();
      }
    }
    return ExitCodes.COMPLETE;
  }

  private String spec(StatementContext context) {
    SourceConfig config = SourceConfig.of("probe", Map.of("url", url));
    return ServiceLoader.load(Connector.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(each -> each.probe(config, surroundings.context(), context).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new SourceException(
                    ErrorKind.CONFIGURATION, "this build of Quire has no REST connector"));
  }
}
