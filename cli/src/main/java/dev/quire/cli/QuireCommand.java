package dev.quire.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: opens the shell, or says what there is. */
@Command(
    name = "quire",
    description = {
      "Reads paginated web APIs with SQL.",
      "Without a command it opens the interactive shell, if it runs on a terminal."
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = QuireCommand.Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  quire",
      "  quire demo",
      "  quire tables crm",
      "  quire query \"SELECT name, revenue FROM crm.accounts ORDER BY revenue DESC LIMIT 10\"",
      "  quire query -f report.sql --format csv --output report.csv",
      "",
      "Sources stand in quire.yaml (here, or named with --config or QUIRE_CONFIG); 'quire init'",
      "writes a first one.",
      "Exit codes: 0 complete, 1 failed, 2 usage or configuration, 3 partial, 130 interrupted."
    })
final class QuireCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  QuireCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (surroundings.terminals().interactive()) {
      return spec.commandLine().execute("shell");
    }
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = QuireCommand.class.getPackage().getImplementationVersion();
      return new String[] {"quire " + (version == null ? "(not packaged)" : version)};
    }
  }
}
