package dev.quire.spi;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PushdownTest {
  private static final Expression EXACT = filter("exact");
  private static final Expression NARROWING = filter("narrowing");
  private static final Expression NONE = filter("none");
  private static final ScanRequest SCAN =
      ScanRequest.of(List.of("id")).withPageSize(OptionalInt.of(7));
  private static final List<ScanRequest.SortKey> BY_ID =
      List.of(new ScanRequest.SortKey("id", false, true));

  @Test
  void accepts_what_is_not_answered_none_and_leaves_what_is_not_exact() {
    Pushdown answer = answer(SCAN.withFilters(List.of(NONE, EXACT, NARROWING)));
    assertThat(answer.filters()).containsExactly(Fidelity.NONE, Fidelity.EXACT, Fidelity.NARROWING);
    assertThat(answer.accepted()).isEqualTo(SCAN.withFilters(List.of(EXACT, NARROWING)));
    assertThat(answer.residualFilters()).containsExactly(NONE, NARROWING);
    assertThat(answer.filtersAreExact()).isFalse();
  }

  @Test
  void a_source_that_only_reads_accepts_columns_and_page_size() {
    ScanRequest wanted =
        SCAN.withFilters(List.of(EXACT)).withOrder(BY_ID).withLimit(OptionalLong.of(5));
    Pushdown answer = Pushdown.nothing(wanted);
    assertThat(answer.accepted()).isEqualTo(SCAN);
    assertThat(answer.residualFilters()).containsExactly(EXACT);
  }

  @Test
  void everything_may_be_pushed_over_exact_filters() {
    ScanRequest wanted =
        SCAN.withFilters(List.of(EXACT))
            .withOrder(BY_ID)
            .withOffset(10)
            .withLimit(OptionalLong.of(5));
    Pushdown answer = answer(wanted).withOrder().withOffset().withLimit(Fidelity.EXACT);
    assertThat(answer.accepted()).isEqualTo(wanted);
    assertThat(answer.withPageSize(100).pageSize()).hasValue(100);
    assertThat(answer.withNote("a").withNote("b").notes()).containsExactly("a", "b");
  }

  @Test
  void a_limit_over_a_residual_part_is_refused() {
    ScanRequest limited = SCAN.withLimit(OptionalLong.of(5));
    for (ScanRequest wanted :
        List.of(
            limited.withFilters(List.of(NONE)),
            limited.withFilters(List.of(NARROWING)),
            limited.withOrder(BY_ID),
            limited.withOffset(3))) {
      Pushdown answer = answer(wanted);
      assertThatThrownBy(() -> answer.withLimit(Fidelity.EXACT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("loses rows");
      assertThat(answer.withLimit(Fidelity.NARROWING).accepted().limit()).hasValue(5);
      assertThat(answer.withLimit(Fidelity.NONE).accepted().limit()).isEmpty();
    }
  }

  @Test
  void an_offset_over_a_residual_filter_or_order_is_refused() {
    ScanRequest skipping = SCAN.withOffset(3);
    for (ScanRequest wanted :
        List.of(skipping.withFilters(List.of(NARROWING)), skipping.withOrder(BY_ID))) {
      Pushdown answer = answer(wanted);
      assertThatThrownBy(answer::withOffset).hasMessageContaining("wrong rows");
    }
  }

  @Test
  void an_aggregation_over_a_residual_filter_is_refused() {
    ScanRequest count = SCAN.withAggregation(Optional.of(ScanRequest.Aggregation.countAll()));
    Pushdown narrowed = answer(count.withFilters(List.of(NARROWING)));
    assertThatThrownBy(narrowed::withAggregation).hasMessageContaining("counts wrong rows");
    Pushdown exact = answer(count.withFilters(List.of(EXACT))).withAggregation();
    assertThat(exact.pushedAggregation()).contains(ScanRequest.Aggregation.countAll());
    assertThat(exact.accepted().columns()).isEmpty();
  }

  @Test
  void every_filter_has_its_answer() {
    assertThatThrownBy(
            () ->
                new Pushdown(
                    SCAN.withFilters(List.of(EXACT)),
                    SCAN,
                    List.of(),
                    Fidelity.NONE,
                    Fidelity.NONE,
                    Fidelity.NONE,
                    Fidelity.NONE,
                    OptionalInt.empty(),
                    List.of()))
        .hasMessage("one answer per filter");
  }

  private static Expression filter(String column) {
    return call(
        Function.EQ, new ColumnRef(column, DataType.BIGINT), new Constant(1L, DataType.BIGINT));
  }

  private static Pushdown answer(ScanRequest wanted) {
    return Pushdown.filtering(
        wanted,
        filter ->
            filter == EXACT
                ? Fidelity.EXACT
                : filter == NARROWING ? Fidelity.NARROWING : Fidelity.NONE);
  }
}
