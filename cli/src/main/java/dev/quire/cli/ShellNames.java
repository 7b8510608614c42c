package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.Column;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Names for completion. They are asked for when they are first wanted; a source that does not
 * answer soon is silently taken for one without names, until {@link #forget}. One thread at a time.
 */
final class ShellNames {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Engine engine;
  private final Map<String, List<String>> known = new HashMap<>();

  ShellNames(Engine engine) {
    this.engine = engine;
  }

  List<String> sources() {
    return engine.sourceNames();
  }

  /** The qualified tables of a source; empty if there is no such source. */
  List<String> tables(String source) {
    if (sources().stream().noneMatch(source::equalsIgnoreCase)) {
      return List.of();
    }
    return known(source, context -> MetadataRows.tables(engine.source(source), context));
  }

  /** The columns of a table, as a statement writes them. */
  List<String> columns(String table) {
    return known(
        table,
        context ->
            engine.table(table, context).schema().columns().stream()
                .map(Column::name)
                .map(SqlNames::quoted)
                .toList());
  }

  private List<String> known(String name, Function<StatementContext, List<String>> question) {
    return known.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> asked(question));
  }

  private List<String> asked(Function<StatementContext, List<String>> question) {
    try {
      StatementOptions options = StatementOptions.DEFAULT.withTimeout(PATIENCE);
      return question.apply(engine.newContext(options));
    } catch (SourceException e) {
      return List.of();
    }
  }

  /** Asks again next time. */
  void forget() {
    known.clear();
  }
}
