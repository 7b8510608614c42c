package dev.quire.jdbc;

import dev.quire.chain.StatementContext;
import dev.quire.engine.Engine;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import dev.quire.spi.TableSchema.Reference;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes rows of the metadata of the sources, in the order that JDBC wants. For one question. */
final class SchemaReader {
  static final String TABLE = "TABLE";
  static final String SYSTEM_TABLE = "SYSTEM TABLE";

  /** So many are described one by one; of more, the listing says what is known anyway. */
  private static final int FEW_TABLES = 3;

  private final Engine engine;
  private final JdbcTypes types;
  private final StatementContext context;

  SchemaReader(Engine engine, JdbcTypes types, StatementContext context) {
    this.engine = engine;
    this.types = types;
    this.context = context;
  }

  /** A table and where it is. */
  private record Found(SchemaName schema, Table remote, TableSchema table) {
    String name() {
      return table.name().name();
    }

    Found described(CallContext context) {
      return new Found(schema, remote, remote.described(context));
    }
  }

  private static String type(SchemaName schema) {
    return schema.source().equals("sys") ? SYSTEM_TABLE : TABLE;
  }

  List<@Nullable Object[]> schemas(Predicate<String> wanted) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (SchemaName schema : SchemaName.all(engine)) {
      if (wanted.test(schema.toString())) {
        rows.add(new @Nullable Object[] {schema.toString(), null});
      }
    }
    return rows;
  }

  /** The tables of the schemas, by schema and name. */
  private List<Found> tables(Predicate<String> schemas, Predicate<String> names) {
    List<Found> all = new ArrayList<>();
    for (SchemaName schema : SchemaName.all(engine)) {
      if (schemas.test(schema.toString())) {
        Source source = engine.source(schema.source());
        source.tables(schema.namespace(), context).stream()
            .filter(table -> names.test(table.name()))
            .sorted(Comparator.comparing(TableName::name))
            .map(table -> table(source, table, context))
            .forEach(table -> all.add(new Found(schema, table, table.schema())));
      }
    }
    return all;
  }

  /** As {@link #tables}, with what the service says of them if that is a matter of few requests. */
  private List<Found> describedTables(Predicate<String> schemas, Predicate<String> names) {
    List<Found> all = tables(schemas, names);
    return all.size() > FEW_TABLES
        ? all
        : all.stream().map(each -> each.described(context)).toList();
  }

  private static Table table(Source source, TableName name, CallContext context) {
    return source
        .findTable(name, context)
        .orElseThrow(
            () ->
                new SourceException(
                    ErrorKind.INTERNAL, "the table '" + name + "' is listed and not found"));
  }

  List<@Nullable Object[]> tables(
      Predicate<String> schemas, Predicate<String> names, Predicate<String> kinds) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Found each : describedTables(schemas, names)) {
      String kind = type(each.schema());
      if (kinds.test(kind)) {
        String remarks = each.table().remarks().orElse(null);
        rows.add(
            new @Nullable Object[] {
              null,
              each.schema().toString(),
              each.name(),
              kind,
              remarks,
              null,
              null,
              null,
              null,
              null
            });
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row[3])));
    return rows;
  }

  List<@Nullable Object[]> columns(
      Predicate<String> schemas, Predicate<String> names, Predicate<String> columns) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Found each : describedTables(schemas, names)) {
      int position = 0;
      for (Column column : each.table().columns()) {
        if (column.has(Column.Trait.HIDDEN)) {
          continue;
        }
        position++;
        if (columns.test(column.name())) {
          rows.add(columnRow(each, column, position));
        }
      }
    }
    return rows;
  }

  private @Nullable Object[] columnRow(Found table, Column column, int position) {
    DataType type = column.type();
    return new @Nullable Object[] {
      null,
      table.schema().toString(),
      table.name(),
      column.name(),
      types.code(type),
      types.name(type),
      size(type),
      null,
      digits(type),
      radix(type),
      nullability(column),
      column.remarks().orElse(null),
      null,
      null,
      null,
      octets(type),
      position,
      yesNo(column.nullable()),
      null,
      null,
      null,
      null,
      "NO",
      "NO"
    };
  }

  private @Nullable Integer size(DataType type) {
    int precision = types.precision(type);
    return precision == 0 ? null : precision;
  }

  private @Nullable Integer digits(DataType type) {
    return switch (type.kind()) {
      case DECIMAL -> type.scale() < 0 || type.precision() < 0 ? null : types.scale(type);
      case SMALLINT, INTEGER, BIGINT -> 0;
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> types.scale(type);
      default -> null;
    };
  }

  private static @Nullable Integer radix(DataType type) {
    return JdbcTypes.isNumber(type) ? 10 : null;
  }

  private @Nullable Integer octets(DataType type) {
    return switch (type.kind()) {
      case VARCHAR, JSON, VARBINARY -> types.precision(type);
      default -> null;
    };
  }

  private static int nullability(Column column) {
    return column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls;
  }

  private static String yesNo(boolean is) {
    return is ? "YES" : "NO";
  }

  /** Columns that {@code SELECT *} leaves out. */
  List<@Nullable Object[]> hiddenColumns(
      Predicate<String> schemas, Predicate<String> names, Predicate<String> columns) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Found each : tables(schemas, names)) {
      each.table().columns().stream()
          .filter(column -> column.has(Column.Trait.HIDDEN) && columns.test(column.name()))
          .sorted(Comparator.comparing(Column::name))
          .forEach(column -> rows.add(hiddenRow(each, column)));
    }
    return rows;
  }

  private @Nullable Object[] hiddenRow(Found table, Column column) {
    DataType type = column.type();
    return new @Nullable Object[] {
      null,
      table.schema().toString(),
      table.name(),
      column.name(),
      types.code(type),
      size(type),
      digits(type),
      radix(type),
      "NO_USAGE_RESTRICTIONS",
      column.remarks().orElse(null),
      octets(type),
      yesNo(column.nullable())
    };
  }

  private static @Nullable String keyName(TableSchema table) {
    return table.key().isEmpty() ? null : "pk_" + table.name().name();
  }

  List<@Nullable Object[]> primaryKeys(Predicate<String> schemas, Predicate<String> names) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Found each : tables(schemas, names)) {
      List<String> key = each.table().key();
      for (int i = 0; i < key.size(); i++) {
        rows.add(
            new @Nullable Object[] {
              null, each.schema().toString(), each.name(), key.get(i), i + 1, keyName(each.table())
            });
      }
    }
    rows.sort(Comparator.comparing(row -> String.valueOf(row[3])));
    return rows;
  }

  /** The columns of the key, which are the best way to tell rows apart. */
  List<@Nullable Object[]> rowIdentifiers(Predicate<String> schemas, Predicate<String> names) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Found each : tables(schemas, names)) {
      for (String name : each.table().key()) {
        each.table()
            .findColumn(name)
            .ifPresent(
                column ->
                    rows.add(
                        new @Nullable Object[] {
                          DatabaseMetaData.bestRowSession,
                          name,
                          types.code(column.type()),
                          types.name(column.type()),
                          size(column.type()),
                          null,
                          digits(column.type()),
                          DatabaseMetaData.bestRowNotPseudo
                        }));
      }
    }
    return rows;
  }

  /** Where a foreign key comes from and where it leads. */
  interface KeyFilter {
    boolean test(SchemaName schema, String foreignTable, TableName primaryTable);
  }

  /**
   * The foreign keys that the filter wants.
   *
   * @param foreignTables only tables with these names are looked at
   * @param byForeign whether they are ordered by the table that has the key, else by the one that
   *     it leads to
   */
  List<@Nullable Object[]> foreignKeys(
      Predicate<String> schemas,
      Predicate<String> foreignTables,
      KeyFilter wanted,
      boolean byForeign) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Found each : tables(schemas, foreignTables)) {
      for (Reference reference : each.table().references()) {
        if (wanted.test(each.schema(), each.name(), reference.target())) {
          add(rows, each, reference);
        }
      }
    }
    int schema = byForeign ? 5 : 1;
    rows.sort(
        Comparator.comparing((@Nullable Object[] row) -> String.valueOf(row[schema]))
            .thenComparing(row -> String.valueOf(row[schema + 1]))
            .thenComparing(row -> (Integer) row[8])
            .thenComparing(row -> String.valueOf(row[11])));
    return rows;
  }

  private static void add(List<@Nullable Object[]> rows, Found table, Reference reference) {
    SchemaName target = new SchemaName(table.schema().source(), reference.target().namespace());
    for (int i = 0; i < reference.columns().size(); i++) {
      rows.add(
          new @Nullable Object[] {
            null,
            target.toString(),
            reference.target().name(),
            reference.targetColumns().get(i),
            null,
            table.schema().toString(),
            table.name(),
            reference.columns().get(i),
            i + 1,
            DatabaseMetaData.importedKeyNoAction,
            DatabaseMetaData.importedKeyNoAction,
            "fk_" + table.name() + "_" + String.join("_", reference.columns()),
            "pk_" + reference.target().name(),
            DatabaseMetaData.importedKeyNotDeferrable
          });
    }
  }
}
