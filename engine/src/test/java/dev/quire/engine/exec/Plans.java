package dev.quire.engine.exec;

import dev.quire.chain.StatementContext;
import dev.quire.engine.fake.FakeTable;
import dev.quire.engine.rel.QuireTypeFactory;
import dev.quire.engine.rel.ScanRel;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Makes plans over fake tables, and runs them. */
final class Plans {
  static final Instant START = Instant.parse("2026-11-22T10:20:30.123456789Z");

  final QuireTypeFactory types = new QuireTypeFactory();
  final RelOptCluster cluster =
      RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
  final RelBuilder builder = RelBuilder.proto(Contexts.empty()).create(cluster, null);
  final StatementContext statement =
      new StatementContext(TimeSource.system(), StatementContext.Limits.NONE, report -> {});
  final ExecutionContext context =
      ExecutionContext.of(
          statement, ExecutionContext.newWorkers(), new MemoryGuard(256 << 20), START);

  ScanRel scan(FakeTable table) {
    List<String> names = table.schema().columns().stream().map(Column::name).toList();
    ScanRequest request = ScanRequest.of(names);
    RelDataTypeFactory.Builder row = types.builder();
    for (Column column : table.schema().columns()) {
      row.add(column.name(), SqlTypes.toSql(column.type(), column.nullable(), types));
    }
    return new ScanRel(
        cluster,
        cluster.traitSet(),
        row.build(),
        new ScanTarget("fake." + table.schema().name(), table),
        table.pushDown(request),
        request);
  }

  /** A builder over a scan of a table. */
  RelBuilder from(FakeTable table) {
    return builder.push(scan(table));
  }

  RowCursor open(RelNode plan) {
    return Executor.open(plan, context);
  }

  List<List<@Nullable Object>> run(RelNode plan) {
    try (RowCursor cursor = open(plan)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
        rows.add(new ArrayList<>(java.util.Arrays.asList(row)));
      }
      return rows;
    }
  }
}
