package dev.quire.cli;

import dev.quire.spi.Nearest;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and how it is meant to be. */
final class Misuse {
  private Misuse() {}

  /** The problem, advice where there is any, and where to read on. */
  static String of(ParameterException e) {
    String problem =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return problem + "\n  '" + command + " --help' shows what there is.";
  }

  private static String unmatched(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    String first = e.getUnmatched().get(0);
    boolean option = first.startsWith("-");
    if (!command.getSubcommands().isEmpty()) {
      return option
          ? option(first, command)
          : "unknown command '" + first + "'" + near(first, command.getSubcommands().keySet());
    }
    return option
        ? option(first, command)
        : "one argument too many: '"
            + first
            + "'\n  A statement is one argument: put it in quotes.";
  }

  private static String option(String given, CommandLine command) {
    String name = given.split("=", 2)[0];
    for (CommandLine below : command.getSubcommands().values()) {
      if (below.getCommandSpec().findOption(name) != null) {
        return "the option " + name + " stands after the command: quire COMMAND " + name + " …";
      }
    }
    return "unknown option '" + name + "'" + near(name, names(command.getCommandSpec()));
  }

  private static List<String> names(CommandSpec spec) {
    return spec.options().stream().map(CommandLine.Model.OptionSpec::longestName).toList();
  }

  private static String near(String name, java.util.Collection<String> known) {
    return Nearest.question(name, known).map(question -> "\n  " + question).orElse("");
  }
}
