package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Runs one command line from its arguments to its exit code. One thread at a time. */
final class CommandRunner {
  private static final int HELP_WIDTH = 100;

  /** In the order of the help. */
  private static final List<String> COMMANDS =
      List.of(
          "query",
          "export",
          "explain",
          "tables",
          "describe",
          "check",
          "init",
          "probe",
          "shell",
          "demo",
          "aws");

  static {
    // No option has a type of these packages, or Groovy's. To ask for the classes takes longer than
    // the parsing does.
    System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
    System.setProperty("picocli.disable.closures", "true");
  }

  private final Surroundings surroundings;
  private final FaultReport faults;

  CommandRunner(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.faults = new FaultReport(surroundings);
  }

  int run(String... args) {
    try {
      return flushed(commandLine(args).execute(StatementText.marked(args)));
    } catch (OutOfMemoryError e) {
      return faults.report(e, false);
    } finally {
      surroundings.err().flush();
    }
  }

  /** The code, unless the last bytes of what would be a success cannot be written. */
  private int flushed(int code) {
    try {
      surroundings.out().flush();
      return code;
    } catch (IOException e) {
      return code == ExitCodes.COMPLETE ? faults.report(e, false) : code;
    }
  }

  /**
   * The commands and their options; only the one that the first argument names, if it names one,
   * and none to say the version: each takes time to be made ready.
   */
  CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new QuireCommand(surroundings));
    needed(args).forEach(name -> line.addSubcommand(name, command(name)));
    return configured(line);
  }

  private static List<String> needed(String... args) {
    if (args.length > 0 && COMMANDS.contains(args[0])) {
      return List.of(args[0]);
    }
    boolean version = args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"));
    return version ? List.of() : COMMANDS;
  }

  private Object command(String name) {
    return switch (name) {
      case "query" -> new QueryCommand(surroundings);
      case "export" -> new ExportCommand(surroundings);
      case "explain" -> new ExplainCommand(surroundings);
      case "tables" -> new TablesCommand(surroundings);
      case "describe" -> new DescribeCommand(surroundings);
      case "check" -> new CheckCommand(surroundings);
      case "init" -> new InitCommand(surroundings);
      case "probe" -> new ProbeCommand(surroundings);
      case "shell" -> new ShellCommand(surroundings);
      case "demo" -> new DemoCommand(surroundings);
      case "aws" -> new AwsCommand(surroundings);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private CommandLine configured(CommandLine line) {
    return line.setOut(
            new PrintWriter(
                new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8), false))
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> misused(e))
        .setExecutionExceptionHandler((e, command, parsed) -> faults.report(e, isDebug(parsed)));
  }

  private int misused(ParameterException e) {
    surroundings.err().println(DisplayText.harmlessLines("quire: " + Misuse.of(e)));
    return ExitCodes.USAGE;
  }

  private static boolean isDebug(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.matchedOptionValue("--verbose", new boolean[0]).length > 1;
  }
}
