package dev.quire.engine.fake;

import dev.quire.spi.CallContext;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A source of {@link AdjustableTable}s that counts how often its tables were listed. Add functions
 * before use; then thread-safe.
 */
public final class FakeSource implements Source {
  private final String name;
  private final List<AdjustableTable> tables;
  private final AtomicInteger listed = new AtomicInteger();
  private final Map<String, Function<List<@Nullable Object>, Table>> functions = new TreeMap<>();
  private volatile boolean closed;

  public FakeSource(String name, AdjustableTable... tables) {
    this.name = name;
    this.tables = List.of(tables);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<TableName> tables(String namespace, CallContext context) {
    listed.incrementAndGet();
    return tables.stream()
        .map(table -> table.schema().name())
        .filter(table -> table.namespace().equals(namespace))
        .toList();
  }

  @Override
  public Optional<Table> findTable(TableName wanted, CallContext context) {
    return tables.stream()
        .filter(table -> table.schema().name().name().equalsIgnoreCase(wanted.name()))
        .filter(table -> table.schema().name().namespace().equalsIgnoreCase(wanted.namespace()))
        .findFirst()
        .map(table -> (Table) table);
  }

  /** Adds a table function. */
  public FakeSource withFunction(String function, Function<List<@Nullable Object>, Table> made) {
    functions.put(function, made);
    return this;
  }

  @Override
  public Optional<Table> tableFunction(
      String wanted, List<@Nullable Object> arguments, CallContext context) {
    return Optional.ofNullable(functions.get(wanted)).map(function -> function.apply(arguments));
  }

  /** How often the tables were listed. */
  public int listed() {
    return listed.get();
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
