package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.Connector;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a first configuration. */
@Command(
    name = "init",
    description = {
      "Asks what to connect to, writes quire.yaml, and tries it as 'quire check' does.",
      "",
      "Asks for the names of environment variables or files that hold secrets, never for a secret."
          + " A file that exists is not overwritten. Questions go to standard error, answers are"
          + " read from standard input, a line each."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  quire init",
      "  quire init --config other.yaml",
      "",
      "Exit codes: 0 the source is well, 1 it is not, 2 nothing was written, 130 interrupted."
    })
final class InitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  InitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Path file = common.newFile(surroundings);
    refuseToOverwrite(file);
    surroundings
        .err()
        .println("Enter takes what stands in brackets. Nothing is written before the last answer.");
    try {
      Questions questions = new Questions(surroundings.in(), surroundings.err());
      write(new SourceInterview(questions, connectors(), folder(file)).ask().yaml(), file);
    } catch (SourceException e) {
      if (surroundings.interrupts().raised()) {
        surroundings.err().println("interrupted; nothing was written");
        return ExitCodes.INTERRUPTED;
      }
      throw e;
    }
    surroundings.err().println(file + " is written; now it is tried.");
    return check(file);
  }

  /** Those that need a configuration. */
  private static Map<String, Connector> connectors() {
    Map<String, Connector> connectors = new TreeMap<>();
    ServiceLoader.load(Connector.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> !each.unconfigured())
        .forEach(each -> connectors.put(each.type(), each));
    return connectors;
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
  }

  private static void refuseToOverwrite(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SourceException(ErrorKind.CONFIGURATION, file + " exists, and is not overwritten")
          .withHint("Add the source to it by hand, or name another file with --config.");
    }
  }

  /** The file gets its name when it is whole. */
  private void write(String yaml, Path file) throws IOException {
    Path unfinished =
        file.resolveSibling(file.getFileName() + ".unfinished-" + ProcessHandle.current().pid());
    try {
      Files.writeString(unfinished, yaml);
      if (surroundings.interrupts().raised()) {
        throw new SourceException(ErrorKind.CANCELLED, "interrupted");
      }
      Files.move(unfinished, file);
    } catch (FileAlreadyExistsException e) {
      refuseToOverwrite(file);
      throw e;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private int check(Path file) throws IOException {
    Configuration configuration = Configuration.read(file, surroundings.environment());
    try (Engine engine = common.open(surroundings, configuration)) {
      int code =
          new SourceCheck(surroundings, engine, common.statementOptions(surroundings))
              .run(engine.sourceNames());
      if (code != ExitCodes.COMPLETE) {
        surroundings
            .err()
            .println("Set what is missing, or correct " + file + ", and try again: quire check");
      }
      return code;
    }
  }
}
