package dev.quire.engine.plan;

import dev.quire.chain.StatementContext;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.TimeSource;
import java.time.Instant;
import java.util.List;

/** The tables that the tests of this package plan over. */
final class Sample {
  static final Instant NOW = Instant.parse("2026-11-22T10:11:12.345678Z");

  final AdjustableTable accounts = accounts();
  final AdjustableTable contacts = contacts();
  final AdjustableTable runs = runs();
  final FakeSource crm = new FakeSource("crm", accounts, contacts);
  final FakeSource aws = new FakeSource("aws", runs);
  final FakeSources sources = new FakeSources(crm, aws);
  PlanOptions options = PlanOptions.at(NOW);

  static AdjustableTable accounts() {
    return new AdjustableTable(
        "accounts",
        List.of(
            Column.of("accountid", DataType.UUID).notNull(),
            Column.of("name", DataType.varchar(160)),
            Column.of("statecode", DataType.INTEGER),
            Column.of("revenue", DataType.DECIMAL),
            Column.of("score", DataType.DOUBLE),
            Column.of("employees", DataType.BIGINT),
            Column.of("createdon", DataType.TIMESTAMP_TZ),
            Column.of("founded", DataType.DATE),
            Column.of("active", DataType.BOOLEAN),
            Column.of("address.city", DataType.VARCHAR),
            Column.of("extra", DataType.JSON),
            Column.of("secret", DataType.VARCHAR).withTraits(Column.Trait.HIDDEN)),
        List.of());
  }

  static AdjustableTable contacts() {
    return new AdjustableTable(
        "contacts",
        List.of(
            Column.of("contactid", DataType.UUID).notNull(),
            Column.of("fullname", DataType.VARCHAR),
            Column.of("parentid", DataType.UUID),
            Column.of("age", DataType.INTEGER)),
        List.of());
  }

  static AdjustableTable runs() {
    return new AdjustableTable(
        "get_job_runs",
        List.of(
            Column.of("Id", DataType.VARCHAR).notNull(),
            Column.of("JobName", DataType.VARCHAR).withTraits(Column.Trait.REQUIRED_FILTER),
            Column.of("StartedOn", DataType.TIMESTAMP_TZ)),
        List.of());
  }

  Plan plan(String sql) {
    return new Planner(sources).plan(sql, options, context());
  }

  /** The scans of a statement in short form, in the order in which they are opened. */
  List<String> scans(String sql) {
    return Plans.scans(plan(sql).root()).stream()
        .map(scan -> ((AdjustableTable) scan.target().table()).text(scan.request()))
        .toList();
  }

  /** The engine's own work, one line per operator. */
  List<String> operators(String sql) {
    return PlanText.operators(plan(sql).root());
  }

  /** All tables accept everything, exactly. */
  Sample acceptingAll() {
    accounts.withEverything();
    contacts.withEverything();
    runs.withEverything();
    return this;
  }

  static StatementContext context() {
    return new StatementContext(TimeSource.system(), StatementContext.Limits.NONE, report -> {});
  }
}
