package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.cli.format.DisplayText;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tries sources: opens each, lists its tables, and asks one of them for a row, because metadata is
 * often public where data is not. One line a source on standard output. One thread at a time.
 */
final class SourceCheck {
  /** A user may lack the right to some tables; of so many, one must answer. */
  private static final int MOST_TABLES_TRIED = 5;

  private final Surroundings surroundings;
  private final Engine engine;
  private final StatementOptions options;

  SourceCheck(Surroundings surroundings, Engine engine, StatementOptions options) {
    this.surroundings = surroundings;
    this.engine = engine;
    this.options = options;
  }

  /** A table, named as in a statement, and a statement that asks it for one row. */
  private record Trial(String table, String select) {}

  /** Tries each, whatever became of those before; the exit code. */
  int run(List<String> names) throws IOException {
    int code = ExitCodes.COMPLETE;
    for (String name : names) {
      if (!isWell(name)) {
        code = ExitCodes.FAILED;
      }
    }
    return code;
  }

  private boolean isWell(String name) throws IOException {
    long started = surroundings.context().time().nanoTime();
    try {
      String found = found(name);
      long nanos = surroundings.context().time().nanoTime() - started;
      say(name + ": ok, " + found + ", " + Amounts.seconds(nanos));
      return true;
    } catch (SourceException e) {
      if (surroundings.interrupts().raised()) {
        throw e;
      }
      say(name + ": failed: " + problem(name, e));
      return false;
    }
  }

  /** The message, without the source's name where that is all it says of the place. */
  private static String problem(String name, SourceException fault) {
    String place = fault.place().filter(where -> !where.equals(name)).orElse("");
    return (place.isEmpty() ? "" : place + ": ")
        + fault.problem()
        + fault.hint().map(hint -> "\n  " + hint).orElse("");
  }

  private void say(String text) throws IOException {
    String line = DisplayText.harmlessLines(text) + "\n";
    surroundings.out().write(line.getBytes(StandardCharsets.UTF_8));
    surroundings.out().flush();
  }

  private String found(String name) {
    List<Trial> trials = new ArrayList<>();
    List<TableName> tables;
    StatementContext context = engine.newContext(options);
    try (Registration interest = surroundings.interrupts().onInterrupt(context::cancel)) {
      Source source = engine.source(name);
      tables = tables(source, context);
      for (int i = 0; i < tables.size() && trials.size() < MOST_TABLES_TRIED; i++) {
        trial(source, tables.get(i), context).ifPresent(trials::add);
      }
    }
    String count = Amounts.of(tables.size(), "table");
    return trials.isEmpty() ? count : count + ", " + answering(trials) + " answers";
  }

  private static List<TableName> tables(Source source, StatementContext context) {
    List<TableName> tables = new ArrayList<>(source.tables("", context));
    for (String namespace : source.namespaces()) {
      tables.addAll(source.tables(namespace, context));
    }
    return tables;
  }

  /** Empty for a table that answers only where a statement gives values. */
  private Optional<Trial> trial(Source source, TableName table, StatementContext context) {
    String qualified = SqlNames.qualified(source.name(), table);
    List<Column> columns = engine.table(qualified, context).schema().columns();
    return columns.stream().anyMatch(column -> column.has(Trait.REQUIRED_FILTER))
        ? Optional.empty()
        : columns.stream()
            .filter(column -> !column.has(Trait.HIDDEN))
            .findFirst()
            .map(column -> "SELECT \"" + column.name().replace("\"", "\"\"") + "\" FROM ")
            .map(select -> new Trial(qualified, select + qualified + " LIMIT 1"));
  }

  /** The name of the first table that answers; what the first said if none does. */
  private String answering(List<Trial> trials) {
    SourceException first = null;
    for (Trial trial : trials) {
      try {
        read(trial.select());
        return trial.table();
      } catch (SourceException e) {
        if (!isOfOneTable(e.kind())) {
          throw e;
        }
        first = first == null ? e : first;
      }
    }
    throw java.util.Objects.requireNonNull(first);
  }

  private void read(String select) {
    try (Result result = engine.query(select, options);
        Registration interest = surroundings.interrupts().onInterrupt(result::cancel)) {
      @Nullable Object @Nullable [] row = result.next();
      while (row != null) {
        row = result.next();
      }
    }
  }

  /** Whether another table of the source may answer all the same. */
  private static boolean isOfOneTable(ErrorKind kind) {
    return switch (kind) {
      case PERMISSION, NOT_FOUND, REJECTED, REMOTE_FAILURE, MALFORMED_RESPONSE, UNSUPPORTED -> true;
      default -> false;
    };
  }
}
