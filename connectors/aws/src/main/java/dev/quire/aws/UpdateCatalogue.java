package dev.quire.aws;

import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.catalogue.CatalogueWriter;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Makes a catalogue from the service models of a botocore on the user's disk. */
final class UpdateCatalogue implements Task {

  @Override
  public String name() {
    return "update-catalogue";
  }

  /**
   * @param files {@code from}: the folder {@code botocore}, or {@code data} in it; {@code to}: the
   *     file to write
   */
  @Override
  public String run(Map<String, Path> files) {
    Path to = Objects.requireNonNull(files.get("to"), "to");
    byte[] bytes = CatalogueWriter.write(Objects.requireNonNull(files.get("from"), "from"));
    try {
      Files.write(to, bytes);
    } catch (IOException e) {
      throw new SourceException(
          ErrorKind.CONFIGURATION, to + " cannot be written: " + e.getMessage(), e);
    }
    Catalogue made = Catalogue.read(to);
    int operations = made.services().stream().mapToInt(made::operations).sum();
    return String.format(
        Locale.ROOT,
        "%s: %,d operations of %,d services, from %s, in %,d bytes",
        to,
        operations,
        made.services().size(),
        made.origin(),
        bytes.length);
  }
}
