package dev.quire.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Code that makes sources of one kind; found with {@link java.util.ServiceLoader}. Immutable and
 * thread-safe.
 */
public interface Connector {

  /** The value of {@code type:} in the configuration, for example {@code odata}. */
  String type();

  /** Every configuration key that a source of this kind understands; any other key is refused. */
  List<Property> properties();

  /**
   * Makes a source. Sends nothing: the first request comes with the first question about its
   * tables.
   *
   * @throws SourceException of kind CONFIGURATION when a value cannot be used
   */
  Source open(SourceConfig config, ConnectorContext context);

  /**
   * Asks an API for a few pages and writes the description that reads it, with what is unsure in
   * its comments; empty for connectors that need none.
   *
   * @param config has {@code auth.*} and {@code http.*}, and the {@code url} that the description
   *     leaves to the source, if there is one
   * @throws SourceException when the API refuses, or answers without rows
   */
  default Optional<String> probe(
      ProbeRequest request, SourceConfig config, ConnectorContext context, CallContext call) {
    return Optional.empty();
  }

  /**
   * Writes the description of an API from a document that its makers published (OpenAPI), with what
   * is unsure in its comments. Sends nothing; empty for connectors that need none.
   *
   * @throws SourceException CONFIGURATION with file and place
   */
  default Optional<String> describe(Path document) {
    return Optional.empty();
  }

  /**
   * Whether a source of this kind is there without any configuration, under the type's name, unless
   * a configured source has that name. It is not among the listed sources.
   */
  default boolean unconfigured() {
    return false;
  }

  /** What it can do besides making sources; most have nothing. */
  default List<Task> tasks() {
    return List.of();
  }
}
