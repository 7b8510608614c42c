package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.testkit.CursorSource.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The conformance suite notices what it is there to notice. */
class SourceConformanceProofTest {
  private static volatile Set<Fault> planted = Set.of();
  private static volatile boolean proving;

  /** Whether the suites below run on behalf of this test, and not found by somebody else. */
  static boolean isProving() {
    return proving;
  }

  /** A source with tokens and a planted fault. */
  @EnabledIf("dev.quire.testkit.SourceConformanceProofTest#isProving")
  static final class FaultyTokens extends CursorTokenConformanceTest {
    @Override
    long promptlyMillis() {
      return 500;
    }

    @Override
    Set<Fault> faults() {
      return planted;
    }
  }

  /** A source with links and a planted fault. */
  @EnabledIf("dev.quire.testkit.SourceConformanceProofTest#isProving")
  static final class FaultyLinks extends CursorLinkConformanceTest {
    @Override
    Set<Fault> faults() {
      return planted;
    }
  }

  /** A source that can do what it says that it cannot. */
  @EnabledIf("dev.quire.testkit.SourceConformanceProofTest#isProving")
  static final class Modest extends CursorLinkConformanceTest {
    @Override
    protected boolean supports(Ability ability) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_planted_fault_is_noticed(Fault fault) {
    boolean needsLinks =
        fault == Fault.FOLLOWS_FOREIGN_LINKS || fault == Fault.REFUSES_PLACEHOLDERS;
    Class<?> suite = needsLinks ? FaultyLinks.class : FaultyTokens.class;

    planted = Set.of();
    assertThat(failures(suite, fault.noticedBy())).as("without the fault").isEmpty();
    planted = Set.of(fault);
    assertThat(failures(suite, fault.noticedBy())).as("with the fault").isNotEmpty();
  }

  @Test
  void an_ability_that_is_denied_and_there_is_noticed() {
    for (String test :
        List.of(
            "a_fault_that_passes_costs_one_more_request_and_no_row",
            "every_page_of_the_own_origin_gets_the_credential",
            "a_redirect_inside_the_origin_keeps_the_credential",
            "a_compressed_page_is_decoded_where_it_is_asked_for",
            "an_answer_without_the_list_of_rows_is_a_fault_unless_the_protocol_allows_it",
            "pushes_a_filter_on_the_id_or_none_at_all",
            "answers_order_limit_and_offset_and_stands_by_its_answer",
            "answers_a_count_and_stands_by_its_answer")) {
      assertThat(failures(Modest.class, test)).as(test).isNotEmpty();
    }
  }

  /** The failed runs of one test method; it is an error if there is no such method. */
  private static List<String> failures(Class<?> suite, String method) {
    PostDiscoveryFilter only =
        test ->
            FilterResult.includedIf(
                test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(MethodSource.class::cast)
                    .filter(source -> source.getMethodName().equals(method))
                    .isPresent());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(suite))
            .filters(only)
            .build();
    List<String> ran = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            ran.add(test.getDisplayName());
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
              failed.add(test.getDisplayName() + ": " + result.getThrowable());
            }
          }
        };
    proving = true;
    try {
      LauncherFactory.create().execute(request, listener);
    } finally {
      proving = false;
    }
    assertThat(ran).as("runs of " + method).hasSizeGreaterThan(2);
    return failed;
  }
}
