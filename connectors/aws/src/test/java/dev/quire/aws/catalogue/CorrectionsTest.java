package dev.quire.aws.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.aws.catalogue.Corrections.Correction;
import dev.quire.aws.catalogue.Corrections.What;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.SnakeName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CorrectionsTest {

  @Test
  void a_line_is_an_operation_what_and_details() {
    Corrections read =
        Corrections.parse("# a comment\n\nglue.GetJobRuns  largest-page  200  # as it says\n");
    assertThat(read.all())
        .containsExactly(new Correction("glue", "GetJobRuns", What.LARGEST_PAGE, List.of("200")));
  }

  @Test
  void a_line_that_is_none_is_an_error() {
    for (String line : new String[] {"glue", "glue order A", "a.B unheard-of C"}) {
      assertThatThrownBy(() -> Corrections.parse(line))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A correction whose operation AWS renamed or whose member is gone would say nothing. */
  @Test
  void every_correction_is_in_the_catalogue() {
    for (Correction each : Corrections.bundled().all()) {
      OperationModel operation =
          Catalogue.bundled()
              .findService(each.service())
              .orElseThrow()
              .findOperation(SnakeName.of(each.operation()))
              .orElseThrow();
      assertThat(isIn(each, operation)).as("%s", each).isTrue();
    }
  }

  private static boolean isIn(Correction correction, OperationModel operation) {
    Paginator paginator = operation.paginator();
    return switch (correction.what()) {
      case PAGES ->
          paginator.origin() == Paginator.Origin.CORRECTED
              && operation.input().findMember(correction.detail(0)).isPresent()
              && paginator.results().stream()
                  .allMatch(each -> each.findShape(operation.output()).isPresent());
      case REPEATED_TOKEN_ENDS -> paginator.repeatedTokenEnds();
      case LARGEST_PAGE ->
          paginator
              .limit()
              .orElseThrow()
              .max()
              .equals(OptionalLong.of(Long.parseLong(correction.detail(0))));
      case DEFAULT ->
          correction.detail(1).equals(operation.defaults().get(correction.detail(0)))
              && operation.input().findMember(correction.detail(0)).isPresent();
      case ORDER ->
          operation
              .order()
              .equals(
                  Optional.of(
                      new OperationModel.RowOrder(
                          correction.detail(0), correction.detail(1).equals("descending"))));
      case DOES_NOT_PAGE -> false;
    };
  }
}
