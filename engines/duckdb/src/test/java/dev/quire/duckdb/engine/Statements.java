package dev.quire.duckdb.engine;

import dev.quire.chain.StatementContext;
import dev.quire.engine.exec.ExecutionContext;
import dev.quire.engine.exec.Executor;
import dev.quire.engine.exec.MemoryGuard;
import dev.quire.engine.exec.RowCursor;
import dev.quire.engine.plan.PlanOptions;
import dev.quire.engine.plan.Planner;
import dev.quire.engine.plan.Sources;
import dev.quire.spi.CallContext;
import dev.quire.spi.Source;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Runs SQL over tables of the source {@code s}. */
final class Statements implements Sources, AutoCloseable {
  private static final Instant START = Instant.parse("2026-11-22T10:20:30.123456789Z");

  private final List<Table> tables;
  private final ExecutorService workers = ExecutionContext.newWorkers();

  Statements(Table... tables) {
    this.tables = List.of(tables);
  }

  static StatementContext statement(StatementContext.Limits limits) {
    return new StatementContext(TimeSource.system(), limits, report -> {});
  }

  RowCursor open(String sql, MemoryGuard memory, StatementContext statement) {
    return Executor.open(
        new Planner(this).plan(sql, PlanOptions.at(START), statement).root(),
        ExecutionContext.of(statement, workers, memory, START));
  }

  List<Object[]> rows(String sql, MemoryGuard memory) {
    try (RowCursor cursor = open(sql, memory, statement(StatementContext.Limits.NONE))) {
      List<Object[]> rows = new ArrayList<>();
      for (Object[] row = cursor.next(); row != null; row = cursor.next()) {
        rows.add(row);
      }
      return rows;
    }
  }

  @Override
  public List<String> names() {
    return List.of("s");
  }

  @Override
  public Optional<Source> find(String name) {
    return name.equalsIgnoreCase("s") ? Optional.of(new TablesSource(tables)) : Optional.empty();
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  private record TablesSource(List<Table> tables) implements Source {
    @Override
    public String name() {
      return "s";
    }

    @Override
    public List<TableName> tables(String namespace, CallContext context) {
      return tables.stream().map(table -> table.schema().name()).toList();
    }

    @Override
    public Optional<Table> findTable(TableName name, CallContext context) {
      return tables.stream()
          .filter(table -> table.schema().name().name().equalsIgnoreCase(name.name()))
          .findFirst();
    }

    @Override
    public void close() {}
  }
}
