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
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * Sources as schemas, for one statement: each is opened and each table looked up when the statement
 * names it, and no table is ever listed to find another. One thread at a time.
 */
final class Catalog {
  private final Sources sources;
  private final CallContext context;
  private final Optional<String> home;
  private final Map<Asked, Optional<SourceTable>> found = new LinkedHashMap<>();
  private final Map<Invocation, Optional<List<String>>> calls = new HashMap<>();

  /** A table function's full name and its arguments. */
  private record Invocation(List<String> names, List<@Nullable Object> arguments) {}

  /** A table as a statement names it. */
  private record Asked(String source, TableName table) {}

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

  /** What the validator and the converter read. */
  CalciteCatalogReader reader(RelDataTypeFactory factory) {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", new RootSchema());
    return new CalciteCatalogReader(
        root, defaultSchema(), factory, new CalciteConnectionConfigImpl(properties));
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
  Collection<SourceTable> tables() {
    List<SourceTable> tables = new ArrayList<>();
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
        key(source, TableName.of(name)),
        Optional.of(new SourceTable(new ScanTarget(place(source, table), table))));
    return List.of(source.name(), name);
  }

  private static Asked key(Source source, TableName name) {
    return new Asked(source.name(), name);
  }

  private @Nullable SourceTable find(Source source, TableName name) {
    return found
        .computeIfAbsent(
            key(source, name),
            any ->
                source
                    .findTable(name, context)
                    .map(table -> new SourceTable(new ScanTarget(place(source, table), table))))
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
                      String place = table.orElseThrow().target().place();
                      return new SourceTable(new ScanTarget(place, wider));
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
    for (SourceTable table : tables()) {
      String source = table.target().place().split("\\.", 2)[0];
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

  /** Looks a thing up by its name in any case; lists nothing. */
  private abstract static class LazyLookup<T> implements Lookup<T> {
    @Override
    public @Nullable Named<T> getIgnoreCase(String name) {
      T entry = get(name);
      return entry == null ? null : new Named<>(name, entry);
    }

    @Override
    public Set<String> getNames(LikePattern pattern) {
      return Set.of();
    }
  }

  private final class RootSchema extends AbstractSchema {
    @Override
    public Lookup<? extends Schema> subSchemas() {
      return new LazyLookup<Schema>() {
        @Override
        public @Nullable Schema get(String name) {
          return sources
              .find(name)
              .map(source -> new SourceSchema(source, ""))
              .orElseGet(() -> namespace(name));
        }

        /** A namespace as tools quote it that know one level of schemas: {@code "aws.glue"}. */
        private @Nullable SourceSchema namespace(String name) {
          int dot = name.indexOf('.');
          return dot < 0
              ? null
              : sources
                  .find(name.substring(0, dot))
                  .map(source -> new SourceSchema(source, "").below(name.substring(dot + 1)))
                  .orElse(null);
        }
      };
    }
  }

  private final class SourceSchema extends AbstractSchema {
    private final Source source;
    private final String namespace;

    SourceSchema(Source source, String namespace) {
      this.source = source;
      this.namespace = namespace;
    }

    @Nullable SourceSchema below(String name) {
      return namespace.isEmpty()
          ? source.namespaces().stream()
              .filter(each -> each.equalsIgnoreCase(name))
              .findFirst()
              .map(each -> new SourceSchema(source, each))
              .orElse(null)
          : null;
    }

    @Override
    public Lookup<org.apache.calcite.schema.Table> tables() {
      return new LazyLookup<>() {
        @Override
        public org.apache.calcite.schema.@Nullable Table get(String name) {
          SourceTable table = find(source, new TableName(namespace, name));
          int dot = namespace.isEmpty() ? name.indexOf('.') : -1;
          return table != null || dot < 0
              ? table
              : find(source, new TableName(name.substring(0, dot), name.substring(dot + 1)));
        }
      };
    }

    @Override
    public Lookup<? extends Schema> subSchemas() {
      return new LazyLookup<Schema>() {
        @Override
        public @Nullable Schema get(String name) {
          return below(name);
        }
      };
    }
  }
}
