package dev.quire.engine.exec;

import dev.quire.chain.StatementContext;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** Runs SQL text over tables in the source {@code s}. */
final class Sql implements Sources {
  static final Instant START = Instant.parse("2026-11-22T10:20:30.123456789Z");

  final StatementContext statement =
      new StatementContext(TimeSource.system(), StatementContext.Limits.NONE, report -> {});
  final MemoryGuard memory;
  private final List<Table> tables;

  Sql(Table... tables) {
    this(new MemoryGuard(256 << 20), tables);
  }

  Sql(MemoryGuard memory, Table... tables) {
    this.memory = memory;
    this.tables = List.of(tables);
  }

  @Override
  public List<String> names() {
    return List.of("s");
  }

  @Override
  public Optional<Source> find(String name) {
    return name.equalsIgnoreCase("s") ? Optional.of(new TablesSource(tables)) : Optional.empty();
  }

  RelNode plan(String sql) {
    return new Planner(this).plan(sql, PlanOptions.at(START), statement).root();
  }

  RowCursor open(String sql) {
    return open(plan(sql));
  }

  RowCursor open(RelNode plan) {
    return Executor.open(
        plan, ExecutionContext.of(statement, ExecutionContext.newWorkers(), memory, START));
  }

  /** All rows. */
  List<List<@Nullable Object>> rows(String sql) {
    try (RowCursor cursor = open(sql)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
        rows.add(new ArrayList<>(Arrays.asList(row)));
      }
      return rows;
    }
  }

  /** All rows as one line of text. */
  String text(String sql) {
    StringBuilder text = new StringBuilder();
    for (List<@Nullable Object> row : rows(sql)) {
      text.append(text.isEmpty() ? "" : " ").append(row);
    }
    return text.toString();
  }

  /** The one value of an expression. */
  @Nullable Object value(String expression) {
    return rows("SELECT " + expression + " AS r").get(0).get(0);
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
