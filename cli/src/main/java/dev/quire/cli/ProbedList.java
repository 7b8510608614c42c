package dev.quire.cli;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.ProbeRequest;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a list is asked for. */
final class ProbedList {
  @Option(names = "--post", description = "Ask with a POST.")
  private boolean post;

  @Option(
      names = "--body",
      paramLabel = "JSON",
      description = "The body of the POST, or @FILE with it.")
  private @Nullable String body;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = "A header of each request; it stands in the spec, so no secret.")
  private List<String> headers = List.of();

  @Option(
      names = "--rows",
      paramLabel = "POINTER",
      description =
          "Where the rows are, as /data/items. Default: the list that looks most like it.")
  private @Nullable String rows;

  ProbeRequest request(String url, Path folder) throws IOException {
    Map<String, String> named = new LinkedHashMap<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw fault("a header is given as 'NAME: VALUE'");
      }
      named.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return new ProbeRequest(
        url, post || body != null, body(folder), named, Optional.ofNullable(rows));
  }

  private Optional<String> body(Path folder) throws IOException {
    if (body == null || !body.startsWith("@")) {
      return Optional.ofNullable(body);
    }
    Path file = folder.resolve(body.substring(1));
    if (!Files.isRegularFile(file)) {
      throw fault("there is no file " + file);
    }
    return Optional.of(Files.readString(file));
  }

  private static SourceException fault(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}
