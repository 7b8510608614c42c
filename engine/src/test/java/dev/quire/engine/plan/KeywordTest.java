package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {

  private static List<String> run(String column, String sql) {
    AdjustableTable table =
        new AdjustableTable("t", List.of(Column.of(column, DataType.INTEGER)), List.of());
    Plan plan =
        new Planner(new FakeSources(new FakeSource("s", table)))
            .plan(sql, PlanOptions.at(Sample.NOW), Sample.context());
    return plan.columns().stream().map(Column::name).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value",
        "date",
        "time",
        "timestamp",
        "user",
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "start",
        "end",
        "result",
        "position",
        "language",
        "method",
        "period",
        "count",
        "order",
        "group",
        "limit",
        "offset",
        "key",
        "type",
        "name",
        "status",
        "state",
        "size",
        "length",
        "range",
        "rows",
        "row",
        "rank",
        "index",
        "level",
        "number",
        "percent",
        "version",
        "function",
        "interval",
        "default",
        "unique",
        "partition",
        "window",
        "table",
        "column",
        "comment",
        "label",
        "source",
        "target",
        "path",
        "action",
        "role",
        "owner",
        "member",
        "uuid",
        "text",
        "description",
        "domain",
        "element",
        "exists_",
        "filter",
        "first",
        "last",
        "next",
        "prior",
        "ref",
        "section",
        "sequence",
        "session",
        "share",
        "system",
        "translation",
        "usage",
        "values",
        "view",
        "work",
        "zone",
        "current",
        "cycle",
        "match",
        "measure",
        "references",
        "rollup",
        "set",
        "trim",
        "when",
        "parameter",
        "operator",
        "object",
        "module"
      })
  void a_column_may_be_called(String column) {
    assertThat(
            run(column, "SELECT t." + column + ", " + column + " FROM t WHERE " + column + " = 1"))
        .hasSize(2)
        .first()
        .isEqualTo(column);
  }
}
