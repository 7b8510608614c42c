package dev.quire.cli;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that keeps a statement's summary. */
final class StatsOption {
  @Option(
      names = "--stats",
      paramLabel = "FILE",
      description =
          "Write the summary as JSON: verdict, rows, calls, costs of each table, what is left of"
              + " budgets and quotas. Also when the statement fails.")
  private @Nullable Path file;

  /**
   * Where the summary goes, if anywhere.
   *
   * @throws FileSystemException for a folder that is not there, before anything is asked for
   */
  StatsFile open(Surroundings surroundings) throws FileSystemException {
    Optional<Path> target = Optional.ofNullable(file).map(surroundings.folder()::resolve);
    if (target.isPresent() && !Files.isDirectory(target.get().resolveSibling(""))) {
      throw new FileSystemException(target.get().toString(), null, "its folder does not exist");
    }
    return new StatsFile(target, surroundings);
  }
}
