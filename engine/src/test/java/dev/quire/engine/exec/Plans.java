package dev.quire.engine.exec;

import dev.quire.chain.StatementContext;
import dev.quire.engine.fake.FakeTable;
import dev.quire.engine.rel.ScanRel;
import dev.quire.engine.rel.ScanTarget;
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
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Makes plans over fake tables, and runs them. */
final class Plans {
  static final Instant START = Instant.parse("2026-11-22T10:20:30.123456789Z");

  final SqlTypeFactoryImpl types = new SqlTypeFactoryImpl(new Types());
  final RelOptCluster cluster =
      RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
  final RelBuilder builder = RelBuilder.proto(Contexts.empty()).create(cluster, null);
  final StatementContext statement =
      new StatementContext(TimeSource.system(), StatementContext.Limits.NONE, report -> {});
  final ExecutionContext context =
      ExecutionContext.of(
          statement, ExecutionContext.newWorkers(), new MemoryGuard(256 << 20), START);

  /** Decimals of 38 digits, timestamps with nanoseconds. */
  private static final class Types extends RelDataTypeSystemImpl {
    @Override
    public int getMaxPrecision(SqlTypeName type) {
      return switch (type) {
        case DECIMAL -> 38;
        case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 9;
        default -> super.getMaxPrecision(type);
      };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
      return switch (type) {
        case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 9;
        default -> super.getDefaultPrecision(type);
      };
    }
  }

  ScanRel scan(FakeTable table) {
    List<String> names = table.schema().columns().stream().map(Column::name).toList();
    ScanRequest request = ScanRequest.of(names);
    RelDataTypeFactory.Builder row = types.builder();
    for (Column column : table.schema().columns()) {
      row.add(column.name(), type(column));
    }
    return new ScanRel(
        cluster,
        cluster.traitSet(),
        row.build(),
        new ScanTarget("fake." + table.schema().name(), table),
        table.pushDown(request),
        request);
  }

  private RelDataType type(Column column) {
    RelDataType type =
        switch (column.type().kind()) {
          case TIMESTAMP_TZ -> types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 9);
          case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, 9);
          case TIME -> types.createSqlType(SqlTypeName.TIME, 9);
          case DECIMAL -> types.createSqlType(SqlTypeName.DECIMAL, 38, 10);
          case JSON -> types.createSqlType(SqlTypeName.VARCHAR);
          default -> types.createSqlType(SqlTypeName.valueOf(column.type().kind().name()));
        };
    return types.createTypeWithNullability(type, column.nullable());
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
