package dev.quire.aws.catalogue;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder in which botocore keeps its service models: {@code SERVICE/VERSION/service-2.json} and
 * its companions. Immutable.
 */
final class ModelFolder {
  private static final Pattern VERSION = Pattern.compile("__version__ = '([^']+)'");

  private final Path folder;

  /**
   * @param folder {@code botocore/data}, or the folder {@code botocore} around it
   * @throws SourceException CONFIGURATION when there are no models
   */
  ModelFolder(Path folder) {
    this.folder = Files.isDirectory(folder.resolve("data")) ? folder.resolve("data") : folder;
    if (services().isEmpty()) {
      throw new SourceException(ErrorKind.CONFIGURATION, "no service models in " + folder)
          .withHint("Name the folder 'botocore/data' of an installed botocore.");
    }
  }

  /** {@code botocore 1.40.72}; without a number where the package around the folder has none. */
  String origin() {
    Path init = folder.resolveSibling("__init__.py");
    try {
      if (Files.isReadable(init)) {
        Matcher version = VERSION.matcher(Files.readString(init));
        if (version.find()) {
          return "botocore " + version.group(1);
        }
      }
      return "botocore";
    } catch (IOException e) {
      throw unreadable(init, e);
    }
  }

  /** The names of all services, sorted. */
  List<String> services() {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(each -> newest(each).isPresent())
          .map(each -> each.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static Optional<Path> newest(Path service) {
    if (!Files.isDirectory(service)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(service)) {
      return versions
          .filter(each -> find(each, "service-2").isPresent())
          .max(Comparator.comparing(each -> each.getFileName().toString()));
    } catch (IOException e) {
      throw unreadable(service, e);
    }
  }

  /** The shapes and operations of a service, in its newest version. */
  Node service(String name) {
    return withExtras(name, "service-2");
  }

  /** The paginators of a service by operation; empty when it has none. */
  Node paginators(String name) {
    return withExtras(name, "paginators-1").node("pagination");
  }

  Node endpointRules(String name) {
    return file(name, "endpoint-rule-set-1");
  }

  /** What botocore's own additions change in a file of AWS. */
  private Node withExtras(String service, String file) {
    return file(service, file).merged(file(service, file + ".sdk-extras").node("merge"));
  }

  private Node file(String service, String name) {
    Optional<Path> file = find(newest(folder.resolve(service)).orElseThrow(), name);
    try {
      return file.isPresent() ? Node.read(file.get()) : Node.EMPTY;
    } catch (IOException e) {
      throw unreadable(file.get(), e);
    }
  }

  /** Installed packages have some or all files compressed. */
  private static Optional<Path> find(Path version, String name) {
    return Stream.of(name + ".json", name + ".json.gz")
        .map(version::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static SourceException unreadable(Path path, IOException cause) {
    return new SourceException(
        ErrorKind.CONFIGURATION, path + " cannot be read: " + cause.getMessage(), cause);
  }
}
