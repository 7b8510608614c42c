package dev.quire.engine.sys;

import dev.quire.engine.plan.Sources;
import dev.quire.spi.CallContext;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows made of the metadata of the configured sources. A page ends where a source ends, so that a
 * limit that is met asks no further source; a source that cannot be read is an error, because a
 * listing without it would look complete. Immutable and thread-safe.
 */
final class MetadataRows implements SysTable.RowMaker {
  /** A page of a source with many tables ends after the table that reaches this many rows. */
  private static final int FULL_PAGE = 1_000;

  private final Sources sources;
  private final String tableColumn;
  private final TableRows rows;

  /** The rows of one table. */
  interface TableRows {
    List<@Nullable Object[]> of(
        Source source, TableName table, NameFilter wanted, CallContext context);
  }

  /**
   * @param tableColumn the column that holds the table's name
   */
  MetadataRows(Sources sources, String tableColumn, TableRows rows) {
    this.sources = sources;
    this.tableColumn = tableColumn;
    this.rows = rows;
  }

  /** A source and a table of it, both by their place in their list. */
  private record Position(int source, int table) {
    static Position of(Optional<Continuation> from) {
      if (from.isEmpty()) {
        return new Position(0, 0);
      }
      String[] parts = from.get().value().split(":", 2);
      return new Position(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    Continuation continuation() {
      return new Continuation(source + ":" + table);
    }
  }

  @Override
  public Page page(NameFilter wanted, Optional<Continuation> from, CallContext context) {
    List<String> names = sources.names();
    List<@Nullable Object[]> page = new ArrayList<>();
    Position at = Position.of(from);
    while (at.source() < names.size() && page.isEmpty()) {
      String name = names.get(at.source());
      if (wanted.canHold(Map.of("source", name))) {
        at = read(name, at, new Sink(wanted, context, page));
      } else {
        at = new Position(at.source() + 1, 0);
      }
    }
    return new Page(
        page, at.source() < names.size() ? Optional.of(at.continuation()) : Optional.empty());
  }

  private record Sink(NameFilter wanted, CallContext context, List<@Nullable Object[]> page) {}

  /** Reads tables of one source until the page is full, and says where to go on. */
  private Position read(String name, Position from, Sink sink) {
    Source source = asking(name, () -> sources.find(name).orElseThrow());
    List<TableName> tables = asking(name, () -> tables(source, sink.context()));
    for (int i = from.table(); i < tables.size(); i++) {
      if (sink.page().size() >= FULL_PAGE) {
        return new Position(from.source(), i);
      }
      TableName table = tables.get(i);
      if (sink.wanted().canHold(names(name, table))) {
        sink.page()
            .addAll(asking(name, () -> rows.of(source, table, sink.wanted(), sink.context())));
      }
    }
    return new Position(from.source() + 1, 0);
  }

  private Map<String, String> names(String source, TableName table) {
    return Map.of("source", source, "namespace", table.namespace(), tableColumn, table.name());
  }

  private static List<TableName> tables(Source source, CallContext context) {
    List<TableName> tables = new ArrayList<>(source.tables("", context));
    for (String namespace : source.namespaces()) {
      tables.addAll(source.tables(namespace, context));
    }
    return tables;
  }

  private static <T> T asking(String name, Supplier<T> question) {
    try {
      return question.get();
    } catch (SourceException e) {
      throw isOfTheStatement(e.kind()) ? e : named(name, e);
    }
  }

  private static boolean isOfTheStatement(ErrorKind kind) {
    return switch (kind) {
      case CANCELLED, DEADLINE_EXCEEDED, BUDGET_EXCEEDED -> true;
      default -> false;
    };
  }

  /** The fault with the source's name and the way around it. */
  private static SourceException named(String name, SourceException fault) {
    String place = fault.place().orElse(name);
    String advice = "WHERE source <> '" + name + "' leaves this source out.";
    return new SourceException(fault.kind(), fault.problem(), fault)
        .withPlace(place.startsWith(name) ? place : "source " + name + ", " + place)
        .withHint(fault.hint().map(hint -> hint + "\n  " + advice).orElse(advice));
  }
}
