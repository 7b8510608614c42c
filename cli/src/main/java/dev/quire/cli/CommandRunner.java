package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Runs one command line from its arguments to its exit code. One thread at a time. */
final class CommandRunner {
  private static final int HELP_WIDTH = 100;

  private final Surroundings surroundings;
  private final FaultReport faults;

  CommandRunner(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.faults = new FaultReport(surroundings);
  }

  int run(String... args) {
    try {
      return flushed(commandLine().execute(StatementText.marked(args)));
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

  /** The commands and their options. */
  CommandLine commandLine() {
    return new CommandLine(new QuireCommand(surroundings))
        .addSubcommand(new QueryCommand(surroundings))
        .addSubcommand(new ExportCommand(surroundings))
        .addSubcommand(new ExplainCommand(surroundings))
        .addSubcommand(new TablesCommand(surroundings))
        .addSubcommand(new DescribeCommand(surroundings))
        .addSubcommand(new CheckCommand(surroundings))
        .addSubcommand(new InitCommand(surroundings))
        .addSubcommand(new ProbeCommand(surroundings))
        .addSubcommand(new ShellCommand(surroundings))
        .addSubcommand(new DemoCommand(surroundings))
        .addSubcommand(new AwsCommand(surroundings))
        .setOut(
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
