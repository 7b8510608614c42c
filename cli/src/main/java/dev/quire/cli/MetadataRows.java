package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.engine.Engine;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.Source;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables and columns as rows of text. */
final class MetadataRows {
  static final List<String> COLUMN_HEADER = List.of("column", "type", "null", "notes");

  private MetadataRows() {}

  /** The tables of a source, as a statement names them. */
  static List<String> tables(Source source, StatementContext context) {
    List<String> names = new ArrayList<>();
    List<String> namespaces = new ArrayList<>(List.of(""));
    namespaces.addAll(source.namespaces());
    for (String namespace : namespaces) {
      for (TableName table : source.tables(namespace, context)) {
        names.add(SqlNames.qualified(source.name(), table));
      }
    }
    return names;
  }

  /**
   * The tables of a source, or those below {@code source.table}.
   *
   * @throws dev.quire.spi.SourceException UNKNOWN_NAME where there is no such table
   */
  static List<String> tables(Engine engine, String wanted, StatementContext context) {
    int dot = wanted.indexOf('.');
    if (dot < 0 || engine.sourceNames().contains(wanted)) {
      return tables(engine.source(wanted), context);
    }
    Source source = engine.source(wanted.substring(0, dot));
    String place = wanted.substring(dot + 1);
    List<TableName> tables = source.tables(place, context);
    if (tables.isEmpty() && !source.namespaces().contains(place)) {
      engine.table(wanted, context);
    }
    return tables.stream().map(table -> SqlNames.qualified(source.name(), table)).toList();
  }

  /** The columns of a table, under {@link #COLUMN_HEADER}. */
  static List<@Nullable String[]> columns(TableSchema schema) {
    List<@Nullable String[]> rows = new ArrayList<>();
    for (Column column : schema.columns()) {
      rows.add(row(schema, column));
    }
    return rows;
  }

  private static String[] row(TableSchema schema, Column column) {
    List<String> notes = new ArrayList<>();
    if (schema.key().contains(column.name())) {
      notes.add("key");
    }
    if (column.has(Trait.REQUIRED_FILTER)) {
      notes.add("must be given");
    }
    if (column.has(Trait.PARAMETER)) {
      notes.add("parameter");
    } else if (column.has(Trait.HIDDEN)) {
      notes.add("not in SELECT *");
    }
    for (TableSchema.Reference reference : schema.references()) {
      if (reference.columns().equals(List.of(column.name()))) {
        String navigation =
            reference.navigation().map(each -> ", as \"" + each + ".…\"").orElse("");
        notes.add("-> " + reference.target() + "." + reference.targetColumns().get(0) + navigation);
      }
    }
    column.remarks().filter(text -> !text.isBlank()).ifPresent(notes::add);
    return new String[] {
      column.name(),
      column.type().sqlName(),
      column.nullable() ? "yes" : "no",
      String.join("; ", notes)
    };
  }
}
