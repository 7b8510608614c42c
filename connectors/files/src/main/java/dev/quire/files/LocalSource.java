package dev.quire.files;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.spi.CallContext;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results that are kept, as tables. Thread-safe. */
final class LocalSource implements Source {
  private final String name;
  private final LocalStore store;

  LocalSource(String name, LocalStore store) {
    this.name = name;
    this.store = store;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    return store.kept().stream().map(kept -> TableName.of(kept.name())).toList();
  }

  @Override
  public Optional<Table> findTable(TableName wanted, CallContext context) {
    return wanted.namespace().isEmpty()
        ? store.find(wanted.name()).map(this::table)
        : Optional.empty();
  }

  private Table table(TableStore.Kept kept) {
    Relation relation =
        new Relation(
            DuckDatabase.identifier(kept.name()),
            name + "." + kept.name(),
            () -> Long.toHexString(kept.made().toEpochMilli()));
    return new RelationTable(
        store::database,
        relation,
        kept.name(),
        Optional.of(remarks(kept)),
        store.types(kept.name()));
  }

  private static String remarks(TableStore.Kept kept) {
    return String.format(
        Locale.ROOT,
        "%s, %,d rows, made %s: %s",
        kept.missing().map(reason -> "partial (" + reason + ")").orElse("complete"),
        kept.rows(),
        kept.made(),
        kept.statement());
  }

  @Override
  public Optional<TableStore> store() {
    return Optional.of(store);
  }

  LocalStore localStore() {
    return store;
  }

  @Override
  public void close() {
    store.close();
  }
}
