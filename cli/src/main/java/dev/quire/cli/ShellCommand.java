package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Opens the interactive shell. */
@Command(
    name = "shell",
    description = {
      "Opens the interactive shell; 'quire' alone on a terminal does the same.",
      "",
      "Statements end with a semicolon; \\? in the shell shows its commands. The limits given here"
          + " are those of each statement."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Examples:", "  quire", "  quire shell --config sales.yaml --max-calls 100"})
final class ShellCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final StatementFlags flags = new StatementFlags();
  @Mixin private final CommonOptions common = new CommonOptions();

  ShellCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = common.configuration(surroundings);
    StatementOptions options = flags.apply(common.statementOptions(surroundings));
    try (Engine engine = common.open(surroundings, configuration)) {
      return SystemTerminal.runShell(surroundings, engine, options);
    }
  }
}
