package dev.quire.engine.sys;

import dev.quire.engine.plan.Sources;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The source that is always there: tables about the configured sources and about what this process
 * has done. Thread-safe.
 */
public final class SysSource implements Source {
  /** Its name, which no configured source may have. */
  public static final String NAME = "sys";

  private final List<SysTable> tables;

  /**
   * @param sources the configured ones
   * @param entries what {@code sys.sources} shows, asked for when it is read
   */
  public SysSource(Sources sources, Supplier<List<SourceEntry>> entries, Journal journal) {
    this.tables =
        List.of(
            sourcesTable(entries, journal),
            tablesTable(sources),
            columnsTable(sources),
            JournalTables.requests(journal),
            JournalTables.statements(journal));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    return namespace.isEmpty()
        ? tables.stream().map(table -> table.schema().name()).toList()
        : List.of();
  }

  @Override
  public Optional<Table> findTable(TableName wanted, CallContext context) {
    return tables.stream()
        .filter(table -> wanted.namespace().isEmpty())
        .filter(table -> table.schema().name().name().equalsIgnoreCase(wanted.name()))
        .<Table>map(table -> table)
        .findFirst();
  }

  @Override
  public void close() {}

  private static SysTable sourcesTable(Supplier<List<SourceEntry>> entries, Journal journal) {
    TableSchema schema =
        schema(
            "sources",
            "The configured sources.",
            column("name", DataType.VARCHAR, "The schema in SQL.").notNull(),
            column("type", DataType.VARCHAR, "The connector.").notNull(),
            column("url", DataType.VARCHAR, "Without credentials and query."),
            column("opened", DataType.BOOLEAN, "Whether a statement has named it so far.")
                .notNull(),
            column("quota", DataType.VARCHAR, "What it said last of what is left of quotas."));
    return new SysTable(
        schema,
        Set.of(),
        (wanted, from, context) -> {
          List<@Nullable Object[]> rows = new ArrayList<>();
          for (SourceEntry entry : entries.get()) {
            rows.add(
                new @Nullable Object[] {
                  entry.name(),
                  entry.type(),
                  entry.url().orElse(null),
                  entry.opened(),
                  journal.quota(entry.name())
                });
          }
          return new Page(rows, Optional.empty());
        });
  }

  private static SysTable tablesTable(Sources sources) {
    TableSchema schema =
        schema(
            "tables",
            "The tables of every configured source.",
            column("source", DataType.VARCHAR, "The source's name.").notNull(),
            column("namespace", DataType.VARCHAR, "The schema below the source; empty for none.")
                .notNull(),
            column("name", DataType.VARCHAR, "The API's own name.").notNull());
    return new SysTable(
        schema,
        Set.of("source", "namespace", "name"),
        new MetadataRows(
            sources,
            "name",
            (source, table, wanted, context) ->
                List.<@Nullable Object[]>of(
                    new @Nullable Object[] {source.name(), table.namespace(), table.name()})));
  }

  private static SysTable columnsTable(Sources sources) {
    TableSchema schema =
        schema(
            "columns",
            "The columns of every table of every configured source.",
            column("source", DataType.VARCHAR, "The source's name.").notNull(),
            column("namespace", DataType.VARCHAR, "The schema below the source; empty for none.")
                .notNull(),
            column("table_name", DataType.VARCHAR, "The table.").notNull(),
            column("position", DataType.INTEGER, "From 1.").notNull(),
            column("name", DataType.VARCHAR, "The API's own name.").notNull(),
            column("type", DataType.VARCHAR, "The SQL type.").notNull(),
            column("nullable", DataType.BOOLEAN, "Whether a row may lack it.").notNull(),
            column("key", DataType.BOOLEAN, "Whether it is part of the key.").notNull(),
            column("remarks", DataType.VARCHAR, "The service's own description."));
    return new SysTable(
        schema,
        Set.of("source", "namespace", "table_name"),
        new MetadataRows(sources, "table_name", SysSource::columnRows));
  }

  /** Remarks that cost a request are asked for only where the statement names its tables. */
  private static List<@Nullable Object[]> columnRows(
      Source source, TableName name, NameFilter wanted, CallContext context) {
    Table table =
        source
            .findTable(name, context)
            .orElseThrow(
                () ->
                    new SourceException(
                        ErrorKind.INTERNAL, "the table '" + name + "' is listed and not found"));
    boolean described = wanted.wants("remarks") && wanted.names("table_name");
    TableSchema schema = described ? table.described(context) : table.schema();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Column column : schema.columns()) {
      rows.add(
          new @Nullable Object[] {
            source.name(),
            name.namespace(),
            name.name(),
            rows.size() + 1,
            column.name(),
            column.type().sqlName(),
            column.nullable(),
            schema.key().contains(column.name()),
            column.remarks().orElse(null)
          });
    }
    return rows;
  }

  static Column column(String name, DataType type, String remarks) {
    return Column.of(name, type).withRemarks(remarks);
  }

  static TableSchema schema(String name, String remarks, Column... columns) {
    return new TableSchema(
        TableName.of(name), List.of(columns), List.of(), List.of(), Optional.of(remarks));
  }
}
