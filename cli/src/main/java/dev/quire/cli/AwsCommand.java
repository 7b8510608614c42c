package dev.quire.cli;

import dev.quire.spi.Connector;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.Task;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What concerns AWS and is no statement. */
@Command(
    name = "aws",
    description = "Keeps the catalogue of AWS operations.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AwsCommand.UpdateCatalogue.class)
final class AwsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  AwsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }

  private int run(String name, Map<String, Path> files) {
    Task task =
        ServiceLoader.load(Connector.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(connector -> connector.type().equals("aws"))
            .flatMap(connector -> connector.tasks().stream())
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new SourceException(
                        ErrorKind.CONFIGURATION, "this build of Quire has no AWS connector"));
    surroundings.err().println(task.run(files));
    return ExitCodes.COMPLETE;
  }

  /** Makes a catalogue from models on the disk. */
  @Command(
      name = "update-catalogue",
      description = {
        "Makes a catalogue of AWS operations from the service models of an installed botocore.",
        "",
        "Nothing is sent. A source uses it with the key 'catalogue'."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Example:",
        "  quire aws update-catalogue --from /usr/lib/python3/dist-packages/botocore"
      })
  static final class UpdateCatalogue implements Callable<Integer> {
    @CommandLine.ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private AwsCommand parent;

    @Option(
        names = "--from",
        paramLabel = "DIR",
        required = true,
        description = "The folder 'botocore', or 'data' in it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path from;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        description = "The file to write. Default: aws-catalogue.bin.")
    private Path to = Path.of("aws-catalogue.bin");

    @Override
    public Integer call() {
      return parent.run(
          "update-catalogue", Map.of("from", parent.resolved(from), "to", parent.resolved(to)));
    }
  }

  private Path resolved(Path path) {
    return surroundings.folder().resolve(path);
  }
}
