package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries the configured sources. */
@Command(
    name = "check",
    description = {
      "Tries one source or all, and says what is wrong and what to do.",
      "",
      "Each is asked for its tables, and one of those for a row. A line a source is written to"
          + " standard output; secrets are never shown."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  quire check",
      "  quire check crm --verbose",
      "",
      "Exit codes: 0 every source is well, 1 one is not, 2 usage or configuration."
    })
final class CheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(arity = "0..1", paramLabel = "SOURCE", description = "Default: every source.")
  private @Nullable String wanted;

  @Mixin private final CommonOptions common = new CommonOptions();

  CheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = common.configuration(surroundings);
    try (Engine engine = common.open(surroundings, configuration)) {
      return new SourceCheck(surroundings, engine, common.statementOptions(surroundings))
          .run(names(engine));
    }
  }

  private List<String> names(Engine engine) {
    if (wanted == null) {
      return engine.sourceNames();
    }
    List<String> named = engine.sourceNames().stream().filter(wanted::equalsIgnoreCase).toList();
    return named.isEmpty() ? List.of(engine.source(wanted).name()) : named;
  }
}
