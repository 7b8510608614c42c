package dev.quire.rest.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The specs that Quire brings, by name. */
public final class ShippedSpecs {
  /** Their names. */
  public static final List<String> NAMES =
      List.of(
          "azure-tables",
          "docker-registry",
          "elasticsearch",
          "github",
          "gitlab",
          "jira",
          "rabbitmq",
          "salesforce",
          "servicenow",
          "slack",
          "stripe");

  private ShippedSpecs() {}

  /** The spec of a name; empty if there is none. */
  public static Optional<Spec> find(String name) {
    return NAMES.contains(name)
        ? Optional.of(SpecReader.parse(name + ".yaml", text(name)))
        : Optional.empty();
  }

  /** The file of one of the names, a start for one's own. */
  public static String text(String name) {
    String resource = "/dev/quire/rest/specs/" + name + ".yaml";
    try (InputStream file =
        Objects.requireNonNull(ShippedSpecs.class.getResourceAsStream(resource), resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
