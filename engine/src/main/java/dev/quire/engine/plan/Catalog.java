package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sources and tables that one statement names: each is opened and looked up when it is named,
 * and no table is ever listed to find another. One thread at a time.
 */
final class Catalog {
  private final Sources sources;
  private final CallContext context;
  private final Optional<String> home;
  private final Map<Asked, Optional<ScanTarget>> found = new LinkedHashMap<>();
  private final Map<Invocation, Optional<List<String>>> calls = new HashMap<>();

  /** A table function's full name and its arguments. */
  private record Invocation(List<String> names, List<@Nullable Object> arguments) {}

  /** A table as a statement names it. */
  private record Asked(String source, TableName table) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Asked that && source.equals(that.source) && table.equals(that.table);
    }

    @Override
    public int hashCode() {
      return 31 * source.hashCode() + table.hashCode();
    }
  }

  Catalog(Sources sources, CallContext context) {
    this(sources, context, Optional.empty());
  }

  /**
   * @param schema where a table without a schema is looked for: {@code crm} or {@code aws.glue}
   */
  Catalog(Sources sources, CallContext context, Optional<String> schema) {
    this.sources = sources;
    this.context = context;
    this.home = schema;
  }

  /**
   * Where a table without a schema is looked for: the statement's schema, else the only source, if
   * there is only one.
   */
  List<String> defaultSchema() {
    if (home.isPresent()) {
      return List.of(home.get().split("\\.", 2));
    }
    List<String> names = sources.names();
    return names.size() == 1 ? names : List.of();
  }

  Sources sources() {
    return sources;
  }

  CallContext context() {
    return context;
  }

  /** The tables that the statement has named so far. */
  Collection<ScanTarget> tables() {
    List<ScanTarget> tables = new ArrayList<>();
    found.values().forEach(each -> each.ifPresent(tables::add));
    return tables;
  }

  /**
   * The name under which the table is found that a source's function gives for these arguments: one
   * that nobody could have written without quotes. Empty when there is no such function.
   */
  Optional<List<String>> call(List<String> names, List<@Nullable Object> arguments) {
    return calls.computeIfAbsent(new Invocation(names, arguments), this::called);
  }

  private Optional<List<String>> called(Invocation call) {
    if (call.names().size() != 2) {
      return Optional.empty();
    }
    String function = call.names().get(1);
    return sources
        .find(call.names().get(0))
        .flatMap(
            source ->
                source
                    .tableFunction(function, call.arguments(), context)
                    .map(table -> named(source, function + "(" + calls.size() + ")", table)));
  }

  private List<String> named(Source source, String name, Table table) {
    found.put(
        key(source, TableName.of(name)), Optional.of(new ScanTarget(place(source, table), table)));
    return List.of(source.name(), name);
  }

  private static Asked key(Source source, TableName name) {
    return new Asked(source.name(), name);
  }

  /** A table that the statement names; null if there is none. */
  @Nullable ScanTarget find(Source source, TableName name) {
    return found
        .computeIfAbsent(
            key(source, name),
            any ->
                source
                    .findTable(name, context)
                    .map(table -> new ScanTarget(place(source, table), table)))
        .orElse(null);
  }

  /**
   * Gives a column to every table that can have it and does not list it; false if there is none.
   */
  boolean widen(String column) {
    boolean[] widened = {false};
    found.replaceAll(
        (asked, table) ->
            table
                .flatMap(each -> each.table().withColumn(column))
                .map(
                    wider -> {
                      widened[0] = true;
                      return new ScanTarget(table.orElseThrow().place(), wider);
                    })
                .or(() -> table));
    return widened[0];
  }

  /** Whether a source has a table below another one. */
  boolean hasBelow(String source, String table, String name) {
    return sources
        .find(source)
        .flatMap(found -> found.findTable(new TableName(table, name), context))
        .isPresent();
  }

  /** The statement names a table below this one, and not this one itself. */
  void forget(String source, String table) {
    found
        .keySet()
        .removeIf(
            each ->
                each.source().equalsIgnoreCase(source) && each.table().equals(TableName.of(table)));
  }

  /** The names of the columns that tables can have of the rows to which theirs refer. */
  List<String> relatedColumns() {
    List<String> names = new ArrayList<>();
    for (ScanTarget table : tables()) {
      String source = table.place().split("\\.", 2)[0];
      for (Reference reference : table.table().schema().references()) {
        reference
            .navigation()
            .ifPresent(behind -> names.addAll(columns(source, reference.target(), behind)));
      }
    }
    return names;
  }

  private List<String> columns(String source, TableName table, String behind) {
    return sources
        .find(source)
        .flatMap(found -> found.findTable(table, context))
        .map(target -> target.schema().columns())
        .orElse(List.of())
        .stream()
        .filter(column -> !column.has(Trait.HIDDEN))
        .map(column -> behind + "." + column.name())
        .toList();
  }

  private static String place(Source source, Table table) {
    return source.name() + "." + table.schema().name();
  }

  /** The table of a name, where there is only one way to read it. */
  Optional<ScanTarget> only(List<String> name) {
    List<String> home = defaultSchema();
    Optional<Source> alone = home.size() == 1 ? sources.find(home.get(0)) : Optional.empty();
    if (name.size() == 1) {
      return alone.flatMap(source -> found(source, "", name.get(0)));
    }
    Optional<String> below = alone.flatMap(source -> namespace(source, name.get(0)));
    Optional<Source> source = sources.find(name.get(0));
    if (name.size() == 2) {
      return below.isEmpty()
          ? source.flatMap(each -> found(each, "", name.get(1)))
          : source.isEmpty()
              ? found(alone.orElseThrow(), below.get(), name.get(1))
              : Optional.empty();
    }
    return name.size() == 3
        ? source.flatMap(
            each ->
                namespace(each, name.get(1))
                    .flatMap(namespace -> found(each, namespace, name.get(2))))
        : Optional.empty();
  }

  private Optional<ScanTarget> found(Source source, String namespace, String name) {
    return Optional.ofNullable(find(source, new TableName(namespace, name)));
  }

  /** A source's namespace by its name in any case. */
  static Optional<String> namespace(Source source, String name) {
    return source.namespaces().stream().filter(each -> each.equalsIgnoreCase(name)).findFirst();
  }
}
