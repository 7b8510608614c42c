package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to sources. */
final class CommonOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration. Default: QUIRE_CONFIG; else quire.yaml here, then quire/quire.yaml in the"
              + " user's configuration folder.")
  private @Nullable Path config;

  @Option(
      names = {"-v", "--verbose"},
      description = "A line for each request on standard error; twice: stack traces, too.")
  private boolean[] verbose = new boolean[0];

  @Option(
      names = {"-q", "--quiet"},
      description = "No footer below a complete result.")
  private boolean quiet;

  /** Whether each request gets a line. */
  boolean verbose() {
    return verbose.length > 0;
  }

  boolean quiet() {
    return quiet;
  }

  /** The progress line; request lines take its place. */
  ProgressDisplay progress(ProgressMode mode, Surroundings surroundings) {
    boolean wanted = !verbose() && !(quiet && mode == ProgressMode.AUTO);
    return wanted ? ProgressDisplay.of(mode, surroundings) : ProgressDisplay.none(surroundings);
  }

  Configuration configuration(Surroundings surroundings) {
    Path file =
        Configuration.locate(
            Optional.ofNullable(config), surroundings.environment(), surroundings.folder());
    return Configuration.read(file, surroundings.environment());
  }

  /** The file that a first configuration is written to: where it is looked for first. */
  Path newFile(Surroundings surroundings) {
    return config == null
        ? Configuration.usualPlaces(surroundings.environment(), surroundings.folder()).get(0)
        : surroundings.folder().resolve(config);
  }

  Engine open(Surroundings surroundings, Configuration configuration) {
    return surroundings.open(configuration);
  }

  /** Options with the listener that these options ask for. */
  StatementOptions statementOptions(Surroundings surroundings) {
    StatementOptions options = StatementOptions.DEFAULT;
    return verbose.length == 0
        ? options
        : options.withListener(new RequestLines(surroundings.err(), surroundings.context().time()));
  }
}
