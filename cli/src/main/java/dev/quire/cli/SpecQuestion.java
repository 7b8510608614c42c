package dev.quire.cli;

import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Asks for the spec of a REST source, and whether the spec brings the URL. */
final class SpecQuestion {
  static final String SPEC = "spec";

  private final Connector connector;
  private final Path folder;

  /**
   * @param folder of the configuration, where the spec's path starts
   */
  SpecQuestion(Connector connector, Path folder) {
    this.connector = connector;
    this.folder = folder;
  }

  String ask(Questions questions) {
    return questions.ask(
        "Spec, a file or the name of one that Quire brings; 'quire probe URL > FILE' makes one",
        Optional.empty(),
        answer -> wrong(Map.of(SPEC, answer, "url", "http://localhost")));
  }

  /** Whether a source with this spec needs no URL of its own. */
  boolean bringsUrl(String spec) {
    return wrong(Map.of(SPEC, spec)).isEmpty();
  }

  /** What the connector says to it; nothing is sent. */
  private Optional<String> wrong(Map<String, String> keys) {
    SourceConfig config = SourceConfig.of(SPEC, keys).withFolder(folder);
    try (Source source = connector.open(config, ConnectorContext.system())) {
      return Optional.empty();
    } catch (SourceException e) {
      return Optional.of(e.problem() + e.hint().map(hint -> ". " + hint).orElse(""));
    }
  }
}
