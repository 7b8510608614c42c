package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.SourceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private final AdjustableTable tasks =
      new AdjustableTable(
              "tasks",
              List.of(
                  Column.of("arn", DataType.VARCHAR),
                  Column.of("cluster", DataType.VARCHAR).withTraits(Trait.HIDDEN, Trait.PARAMETER)),
              List.of())
          .withFilters(ParametersTest::judge);
  private final Sample sample = new Sample();
  private final Planner planner =
      new Planner(new FakeSources(sample.crm, new FakeSource("ecs", tasks)));

  private static Fidelity judge(Expression filter) {
    boolean gives =
        filter instanceof Call call
            && (call.function() == Function.EQ || call.function() == Function.IN)
            && call.arguments().get(0) instanceof Expression.ColumnRef column
            && column.name().equals("cluster");
    return gives ? Fidelity.EXACT : Fidelity.NONE;
  }

  private String plan(String sql) {
    return String.join(
        "\n", PlanText.operators(planner.plan(sql, sample.options, Sample.context()).root()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster = 'a'",
        "cluster IN ('a', 'b') AND arn LIKE '%x'",
        "cluster = 'a' AND LOWER(cluster) = 'a'",
        "cluster IS NULL",
        "cluster IS NOT NULL",
        "arn = 'x'"
      })
  void a_value_may_be_given_or_not(String condition) {
    assertThat(plan("SELECT arn FROM ecs.tasks WHERE " + condition)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster LIKE 'a%'",
        "cluster <> 'a'",
        "cluster || 'x' = 'ax'",
        "cluster = 'a' OR arn = 'b'",
        "cluster = arn"
      })
  void a_condition_that_gives_no_value_is_refused(String condition) {
    assertThatThrownBy(() -> plan("SELECT arn FROM ecs.tasks WHERE " + condition))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_STATEMENT))
        .hasMessageContaining("ecs.tasks: cluster is a parameter of the request")
        .hasMessageContaining("Write AND cluster = '…'");
  }

  @Test
  void a_join_gives_its_values_by_look_ups() {
    assertThat(plan("SELECT t.arn FROM crm.accounts a JOIN ecs.tasks t ON t.cluster = a.name"))
        .contains("Bind join (inner) on cluster = name");
  }

  @Test
  void a_value_goes_to_the_source_even_when_nothing_else_does() {
    PlanOptions plain = sample.options.withPushdown(false);
    Plan plan =
        planner.plan("SELECT arn FROM ecs.tasks WHERE cluster = 'a'", plain, Sample.context());
    assertThat(Plans.scans(plan.root()).get(0).request().filters()).hasSize(1);
  }
}
